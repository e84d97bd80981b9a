#!/usr/bin/env bash
# clang-tidy over engine, lessons and app, with the compile commands of a configured build folder.
# usage: lint.sh BUILD [FILE...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=${1:?usage: lint.sh BUILD [FILE...]}
shift
if [ ! -e "$build/compile_commands.json" ]; then
    echo "$build has no compile_commands.json: run ./tests/run first"
    exit 1
fi
[ $# -gt 0 ] || mapfile -t files < <(git ls-files -- 'engine/*.cpp' 'lessons/*.cpp' 'app/*.cpp')
[ $# -eq 0 ] || files=("$@")
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A file with a finding makes clang-tidy fail, and xargs with it.
if ! printf '%s\0' "${files[@]}" | xargs -0 -r -n 2 -P "$(nproc)" clang-tidy -p "$build" --quiet >"$log" 2>/dev/null; then
    cat "$log"
    exit 1
fi
echo "clang-tidy: ${#files[@]} files, nothing found"
