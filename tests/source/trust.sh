#!/usr/bin/env bash
# trust.sh BUILD - the tests that docs/trust.md says keep the promises are there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Asked in BUILD itself, ctest would overwrite the log of the ctest that runs this.
asked=$(mktemp -d)
trap 'rm -r "$asked"' EXIT
echo "subdirs(\"$1\")" >"$asked/CTestTestfile.cmake"
mapfile -t tests < <(ctest --test-dir "$asked" --show-only | sed -n 's/^ *Test *#[0-9]*: //p')
count=0
# The second column names tests, and files by a dot and a slash; * stands for the rest of a name.
while IFS='|' read -r _ _ kept _; do
    while read -r name; do
        [[ $name == */* ]] && continue
        for test in "${tests[@]}" ''; do
            # shellcheck disable=SC2053 # names are patterns
            [[ $test == $name ]] && break
        done
        [[ $test ]] || {
            echo "trust: there is no test $name"
            exit 1
        }
        count=$((count + 1))
    done < <(grep -oP '\x60\K[a-z][a-z0-9_.*-]*(?=\x60)' <<<"$kept")
done < <(sed '/^## Speed/,$d' docs/trust.md)
((count >= 30))
echo "trust: $count names are those of tests"
