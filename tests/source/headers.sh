#!/usr/bin/env bash
# headers.sh - each public header compiles alone, without a warning, in every language that
# it is meant for, and includes nothing but the C library and its own kind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

combinations=(
    'gcc -x c -std=c99' 'gcc -x c -std=c11' 'g++ -x c++ -std=c++11'
    'clang -x c -std=c99' 'clang -x c -std=c11' 'clang++ -x c++ -std=c++11'
)
standard='<(std(bool|def|int|io|arg)|limits|float|math|string)\.h>'

failures=0
compiled=0
for header in include/poupa/*.h; do
    if grep -nE '^ *# *include' "$header" | grep -vE "$standard|\"[a-z]+\.h\"\$"; then
        echo "$header: includes more than the C library and its own kind"
        failures=$((failures + 1))
    fi
    for combination in "${combinations[@]}"; do
        read -ra compile <<<"$combination"
        if ! printf '#include <poupa/%s>\n' "$(basename "$header")" |
            "${compile[@]}" -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -; then
            echo "$header: not clean with $combination"
            failures=$((failures + 1))
        fi
        compiled=$((compiled + 1))
    done
done
echo "headers: $compiled compiled alone, $failures failures"
((failures == 0))
