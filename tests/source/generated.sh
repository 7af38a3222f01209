#!/usr/bin/env bash
# generated.sh COMMAND - what is generated and kept in the tree is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! "$1" rules --markdown | diff -u --label docs/rules.md --label 'poupa rules --markdown' docs/rules.md -; then
    echo 'generated: docs/rules.md is stale: run scripts/generate'
    exit 1
fi
echo 'generated: docs/rules.md is up to date'
