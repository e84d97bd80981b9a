# Sourced by app/run and tests/run.

# install_packages FILE...: installs with apt what the lists name and the machine lacks. Silent where nothing is missing.
install_packages() {
    local file line name alternatives installed missing=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "This system has no apt; what these lists name must be installed already: $*" >&2
        return 0
    fi
    # Names and what they provide, each between spaces: one call instead of one a package.
    installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package} ${Provides}\n' 2>/dev/null |
        sed -n 's/^installed //p' | sed 's/([^)]*)//g; s/,/ /g; s/:[a-z0-9]*//g' | tr '\n' ' ') "
    for file in "$@"; do
        while IFS= read -r line; do
            line=${line%%#*}
            line=${line//[[:space:]]/}
            [ -n "$line" ] || continue
            IFS='|' read -ra alternatives <<<"$line"
            for name in "${alternatives[@]}"; do
                [[ $installed == *" $name "* ]] && continue 2
            done
            missing+=("$line")
        done <"$file"
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing, and neither root nor sudo is here to install them: ${missing[*]}" >&2
            return 1
        fi
        root=(sudo)
    fi
    echo "Installing ${#missing[@]} packages with apt: ${missing[*]}" >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2 || return 1
    local chosen=()
    for line in "${missing[@]}"; do
        IFS='|' read -ra alternatives <<<"$line"
        for name in "${alternatives[@]}"; do
            # Read to its end: under pipefail a grep -q that leaves early would make a known package unknown.
            if [[ $(apt-cache policy "$name" 2>/dev/null) =~ Candidate:\ [^\(] ]]; then
                chosen+=("$name")
                continue 2
            fi
        done
        echo "apt knows none of: ${alternatives[*]}" >&2
        return 1
    done
    # dpkg prints a line a file it unpacks; that is of use only when something fails.
    local log
    log=$(mktemp)
    if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends \
        -o Dpkg::Use-Pty=0 install "${chosen[@]}" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}
