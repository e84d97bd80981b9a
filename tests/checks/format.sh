#!/usr/bin/env bash
# Every tracked C++ file is as .clang-format has it.  --fix rewrites instead of complaining.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mode=(--dry-run -Werror)
[ "${1:-}" = --fix ] && mode=(-i)
git ls-files -z -- '*.cpp' '*.h' | xargs -0 -r clang-format "${mode[@]}"
