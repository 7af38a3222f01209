#!/usr/bin/env bash
# analyse.sh TOOL - an analyser finds in the library and the command what accepted.txt explains,
# and nothing else; what is explained there and not found any more is to be taken out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tool=$1
here=tests/analysis
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# known.h includes system headers before the sources could say which names they need of those.
flags=(-std=c11 -Iinclude -Ilib -DPOUPA_HAVE_ZLIB -DPOUPA_HAVE_ZSTD
    -D_DEFAULT_SOURCE= -D_FILE_OFFSET_BITS=64 -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700)
mapfile -t sources < <(find lib tools -name '*.c' ! -path lib/base/error.c | sort)

# each COMMAND... - runs a command with each source for {}, as many at once as there are processors.
each() {
    printf '%s\n' "${sources[@]}" | xargs -P "$(nproc)" -I {} "$@"
}

# The paths of the static analyser are cut short: it finds the same in a tenth of the time.
find_with_clang-tidy() {
    each clang-tidy --quiet {} -- "${flags[@]}" -include $here/known.h \
        -Xclang -analyzer-config -Xclang max-nodes=20000
}

# Some of what gcc finds has no place; it gets the name of the source at least.
# shellcheck disable=SC2016 # what is expanded by the inner bash
find_with_gcc() {
    each bash -o pipefail -c '"$@" 2>&1 | sed "s#^cc1:#$0:#"' {} gcc "${flags[@]}" \
        -include $here/known.h -O1 -fanalyzer -fdiagnostics-plain-output -c {} -o /dev/null
}

find_with_cppcheck() {
    cppcheck --quiet -j "$(nproc)" --enable=warning,performance,portability \
        --template='{file}:{line}: warning: {message} [{id}]' \
        --include=$here/known.h --std=c11 "${flags[@]:1}" "${sources[@]}"
}

# Findings as "file check", without lines, which move.
findings() {
    sed -nE "s#^($PWD/)?([^: ]+):.* warning: .*\[([^]]+)\]\$#\2 \3#p" | sort -u
}

"find_with_$tool" >"$work/all.txt" 2>&1 || {
    cat "$work/all.txt"
    exit 1
}
findings <"$work/all.txt" >"$work/found.txt"
sed -nE "s/^$tool +(\S+) +(\S+) .*/\1 \2/p" $here/accepted.txt | sort >"$work/accepted.txt"
if ! diff "$work/accepted.txt" "$work/found.txt" >"$work/changes.txt"; then
    sed -nE 's/^< (.*)/accepted, but not found any more: \1/p' "$work/changes.txt"
    sed -nE 's/^> (\S+) (\S+)/\1.*\2/p' "$work/changes.txt" >"$work/new.txt"
    grep -A12 -f "$work/new.txt" "$work/all.txt" || true
    exit 1
fi
[[ -s $work/accepted.txt ]]
echo "$tool: ${#sources[@]} sources, $(wc -l <"$work/found.txt") findings, all accepted"
