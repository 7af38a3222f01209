#!/usr/bin/env bash
# hardening.sh LIBRARY ARCHIVE COMMAND - what cmake/Flags.cmake asks for is in what was built; and
# what looks for it finds out when it is not.
set -euo pipefail
library=$1 archive=$2 command=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

dynamic() { readelf --dynamic --wide "$1"; }
segments() { readelf --program-headers --wide "$1"; }
imports() { nm --dynamic --undefined-only "$1"; }
# Reads all that it is given, whose writer would otherwise fail.
says() { grep -E "$1" >/dev/null; }

relro() { segments "$1" | says GNU_RELRO; }
now() { dynamic "$1" | says 'FLAGS.*(BIND_)?NOW'; }
stack() { segments "$1" | says 'GNU_STACK.* RW +0x'; }
text() { ! dynamic "$1" | grep -q TEXTREL; }
canary() { imports "$1" | says '__stack_chk_fail'; }
fortify() { imports "$1" | says '__[a-z]+_chk(@|$)'; }
position() { readelf --file-header "$1" | says 'Type: *DYN'; }

properties=(relro now stack text canary fortify position)

for file in "$library" "$command"; do
    for property in "${properties[@]}"; do
        "$property" "$file" || { echo "hardening: $file lacks: $property" && exit 1; }
    done
done

# Targets of jumps and returns are marked in each of our objects. Whether the linker says so of
# all depends on the startup files of the system's compiler, which are not ours.
if [[ $(uname -m) == x86_64 ]]; then
    objects=$(ar t "$archive" | wc -l)
    marked=$(readelf --notes --wide "$archive" | grep -cE 'x86 feature:.*IBT.*SHSTK' || true)
    ((objects > 0 && marked == objects)) || {
        echo "hardening: $marked of $objects objects have marked targets of jumps" && exit 1
    }
    properties+=(cet)
fi

# A program without any of it. A relocation in its text needs a compiler that is asked for one.
cat >"$work/weak.c" <<'SOURCE'
#include <string.h>
int main(int count, char **words)
{
    char copy[64];
    strcpy(copy, words[count - 1]);
    return copy[0];
}
SOURCE
cc -O2 -no-pie -fno-stack-protector -fcf-protection=none -U_FORTIFY_SOURCE \
    -Wl,-z,norelro,-z,lazy,-z,execstack "$work/weak.c" -o "$work/weak" 2>"$work/warnings.txt"
for property in "${properties[@]}"; do
    [[ $property =~ ^(text|cet)$ ]] || ! "$property" "$work/weak" ||
        { echo "hardening: $property is seen where it is not" && exit 1; }
done
echo "hardening: ${properties[*]}"
