#!/usr/bin/env bash
# Every C++ file that git does not ignore is as .clang-format has it; names those that are not.  --fix rewrites them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mapfile -d '' -t files < <(git ls-files -z -co --exclude-standard -- '*.cpp' '*.h')
if [ "${1:-}" = --fix ]; then
    printf '%s\0' "${files[@]}" | xargs -0 -r clang-format -i
    exit
fi
# Read to the end before it is judged: grep -q would stop the others with a broken pipe.
bad=$(printf '%s\0' "${files[@]}" | { xargs -0 -r -n 16 -P "$(nproc)" clang-format --dry-run 2>&1 || true; } |
    sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: .*code should be clang-formatted.*/\1/p' | sort | uniq -c)
if [ -n "$bad" ]; then
    echo "places to format, and the file (tests/checks/format.sh --fix mends them):"
    echo "$bad"
    exit 1
fi
echo "clang-format: ${#files[@]} files, nothing found"
