#!/usr/bin/env bash
# example.sh DIST WORK - examples/vendored builds with each line that its README gives, in a folder
# that has nothing but a copy of it and of the single header, and prints what it is to print.
set -euo pipefail
example=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/vendored" && pwd)
dist=$1
work=$2

mapfile -t lines < <(sed -n 's/^    \(cc .*\)/\1/p' "$example/README.md")
for line in "${lines[@]}"; do
    rm -rf "$work"
    cp -r "$example" "$work"
    cp "$dist/poupa.h" "$work"
    (cd "$work" && bash -c "$line -Wall -Wextra -Werror" && ./counters) |
        diff -u "$example/expected.txt" -
done
echo "example: ${#lines[@]} lines build it"
((${#lines[@]} == 2))
