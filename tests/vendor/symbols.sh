#!/usr/bin/env bash
# symbols.sh NAMESPACE OBJECT ... - a copy of the library gives the linker the names of
# lib/symbols.txt with the copy's namespace before them, and no other. It has all of them, or all
# but those of documents, which POUPA_NO_JSON leaves out.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export LC_ALL=C

documents=$(grep -ohE '\bpoupa_[a-z_]+\(' "$root"/include/poupa/{document,json}.h |
    tr -d '(' | sort -u)

# The names that an object defines; the weak ones are what C++ has in its own headers.
defined() {
    nm --extern-only --defined-only --format=posix "$1" | awk '$2 !~ /[VWu]/ { print $1 }'
}

while (($# > 0)); do
    namespace=$1 object=$2
    shift 2
    if others=$(defined "$object" | grep -v "^$namespace"); then
        echo "$object: more than $namespace…:"
        echo "$others"
        exit 1
    fi
    names=$(defined "$object" | cut -c "$((${#namespace} + 1))-" | sort)
    missing=$(comm -13 <(echo "$names") "$root/lib/symbols.txt")
    if [[ $missing ]] && ! diff <(echo "$documents") <(echo "$missing"); then
        echo "$object: the above is there or missing without a reason"
        exit 1
    fi
    echo "symbols: $(wc -l <<<"$names") names of $namespace"
done
