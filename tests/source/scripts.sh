#!/usr/bin/env bash
# scripts.sh - shellcheck finds nothing in the scripts.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mapfile -t scripts < <(grep -rlE '^#!.*\b(ba)?sh$' .ci scripts tests --include='*')
shellcheck --external-sources "${scripts[@]}"
echo "scripts: ${#scripts[@]} checked"
