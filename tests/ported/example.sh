#!/usr/bin/env bash
# example.sh [EMULATOR] PROGRAM - the example of the single header prints what it is to print.
set -euo pipefail
"$@" | diff -u expected.txt -
