#!/usr/bin/env bash
# generated.sh COMMAND - what is generated and kept in the tree is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# check FILE COMMAND... - whether a file is what a command prints.
check() {
    if ! "${@:2}" | diff -u --label "$1" --label "${*:2}" "$1" -; then
        echo "generated: $1 is stale: run scripts/generate"
        exit 1
    fi
}

check docs/rules.md "$1" rules --markdown
check tests/fuzz/fuzz_catalog.dict tests/fuzz/dictionary.sh "$1"
echo 'generated: docs/rules.md and tests/fuzz/fuzz_catalog.dict are up to date'
