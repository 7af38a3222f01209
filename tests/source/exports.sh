#!/usr/bin/env bash
# exports.sh LIBRARY - the public headers, lib/symbols.txt and the shared library name the
# same functions, and the list is sorted.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C
library=$1

# Declarations that macros make count too, so the preprocessor's output is read.
declared() {
    cc -E -P -DPOUPA_API=POUPA_EXPORTED -Iinclude include/poupa/poupa.h | tr '\n' ' ' |
        grep -oE 'POUPA_EXPORTED [^(]*\(' | grep -oE '\w+ *\($' | tr -d ' (' | sort
}

# The version of the symbols is listed too, as an absolute symbol.
exported() {
    nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort
}

sort --check --unique lib/symbols.txt
declared | diff -u --label lib/symbols.txt --label 'public headers' lib/symbols.txt -
exported | diff -u --label lib/symbols.txt --label "$library" lib/symbols.txt -
echo "exports: $(wc -l <lib/symbols.txt) names agree"
