#!/usr/bin/env bash
# dictionary.sh COMMAND - prints the words of catalogue documents as a dictionary of libFuzzer:
# those that the JSON Schema has, which the library makes of its tables.
set -euo pipefail

"$1" schema | grep -oE '"[A-Za-z0-9_.-]+"' | LC_ALL=C sort -u | sed -E 's/"(.*)"/"\\"\1\\""/'
