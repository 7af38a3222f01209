#!/usr/bin/env bash
# sizes.sh - files of at most 500 lines, functions of at most 60, examples of at most 80.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# A function is what stands between a `{` and a `}` in the first column.
measure() {
    awk -v file_limit="$1" -v function_limit=60 '
        FNR == 1 { name = "" }
        /^[A-Za-z].*\(/ { name = $0 }
        /^{/ { start = FNR }
        /^}/ && start {
            if (FNR - start + 1 > function_limit)
                report(FILENAME ":" start ": " FNR - start + 1 " lines: " name)
            start = 0
        }
        { lines[FILENAME] = FNR }
        END {
            for (file in lines)
                if (lines[file] > file_limit)
                    report(file ": " lines[file] " lines")
            exit failed
        }
        function report(text) { print text; failed = 1 }' "${@:2}"
}

mapfile -t sources < <(find include lib bindings tools tests -name '*.[ch]')
mapfile -t examples < <(find examples -name '*.c')
measure 500 "${sources[@]}"
measure 80 "${examples[@]}"
echo "sizes: ${#sources[@]} sources and ${#examples[@]} examples measured"
