#!/usr/bin/env bash
# format.sh - every C file is laid out as .clang-format says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mapfile -t sources < <(find include lib bindings tools tests examples -name '*.[ch]')
clang-format --dry-run -Werror "${sources[@]}"
echo "format: ${#sources[@]} files"
