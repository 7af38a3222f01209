#!/usr/bin/env bash
# abi.sh LIBRARY - programs that were linked with the release of docs/abi/ still run with the
# library; and what tells is not blind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# compatible BEFORE AFTER HEADERS - types that HEADERS do not define are nobody's business. What
# allowed.suppr lets pass are structs whose new fields, if any, are the last ones; that the
# others are where they were is asked besides.
compatible() {
    local compare=(abidiff --no-added-syms --no-architecture --headers-dir2 "$3")
    "${compare[@]}" --suppressions docs/abi/allowed.suppr "$1" "$2" >"$work/changes.txt" 2>&1 ||
        return
    "${compare[@]}" "$1" "$2" >"$work/changes.txt" 2>&1 ||
        ! grep -qE 'data member (change|deletion)|alignment' "$work/changes.txt"
}

# variant NAME HEADER SED - a library that hands out and takes structs of a header as it would
# be after an edit, which must be one.
variant() {
    mkdir -p "$work/$1"
    cp -r include/poupa "$work/$1"
    sed -i -E "$3" "$work/$1/poupa/$2"
    [[ $1 == same ]] || ! cmp --silent "include/poupa/$2" "$work/$1/poupa/$2" ||
        { echo "nothing was edited for $1" && exit 1; }
    cc -g -shared -fPIC -I"$work/$1" -o "$work/$1.so" tests/source/abi.c
}

# expect YES_OR_NO NAME
expect() {
    local found=no
    compatible "$work/same.so" "$work/$2.so" "$work/$2/poupa" && found=yes
    [[ $found == "$1" ]] || {
        echo "is $2 compatible? $1 was expected, $found found"
        cat "$work/changes.txt"
        exit 1
    }
}

variant same model.h ''
variant appended model.h 's/^\} poupa_channel;/    double appended;\n&/'
variant inserted model.h 's/^typedef struct poupa_channel \{/&\n    double inserted;/'
variant reordered model.h '/^typedef struct poupa_channel/,/^\}/{/\*id;/{h;d};/\*name;/{G}}'
variant swapped model.h '/^typedef struct poupa_channel/,/^\}/{/\*id;/{h;d};/\*name;/{G};s/^\}/double appended;\n&/}'
variant shortened model.h '/^typedef struct poupa_channel/,/^\}/{/\*note;/d}'
variant retyped base.h '/^typedef struct poupa_write_options/,/^\}/s/bool/int64_t/'
variant options base.h 's/^\} poupa_write_options;/    double appended;\n&/'
variant word base.h 's/^\} poupa_status;/    , POUPA_ERR_APPENDED\n&/'
variant renumbered base.h 's/POUPA_ERR_LIMIT = 6/POUPA_ERR_LIMIT = 60/'

expect yes same
expect yes appended
expect yes word
for change in inserted reordered swapped shortened retyped options renumbered; do
    expect no $change
done

compatible docs/abi/libpoupa.abi "$1" include/poupa || {
    cat "$work/changes.txt"
    echo "the library is not compatible with docs/abi/libpoupa.abi; see docs/stability.md"
    exit 1
}
echo "abi: $(grep -c '<function-decl' docs/abi/libpoupa.abi) functions as they were"
