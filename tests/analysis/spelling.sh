#!/usr/bin/env bash
# spelling.sh - no word is misspelled as words often are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

codespell .
# That it looks is seen from a word that is wrong, and not written here.
if tr x e <<<'rxcixvx' | codespell - >/dev/null; then
    echo 'spelling: what is wrong passes'
    exit 1
fi
echo 'spelling: nothing found'
