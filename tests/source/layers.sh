#!/usr/bin/env bash
# layers.sh - a module includes only what lies below it: see docs/architecture.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Modules of one layer do not include each other. Those on top put the public headers of the
# others together, as poupa.h does for users.
declare -A layer=(
    [base]=0
    [model]=1 [table]=1
    [diag]=2
    [json]=3 [validate]=3 [ndjson]=3 [metrics]=3 [rollup]=3 [search]=3
    [document]=4 [arrow]=4
    [poupa]=5
)
# Public headers that are not named after their module.
declare -A module_of=([catalog]=model)
# The table of rules is ground, because findings of all layers name rules, but its public
# face is diag.h.
grounded='^lib/base/rule\.[ch] poupa/diag\.h$'

failures=0
refuse() {
    echo "$1: includes $2, $3"
    failures=$((failures + 1))
}

# includes FOLDER - every include below it, as lines of "file name".
includes() {
    grep -rE --include='*.[ch]' '^ *# *include' "$1" |
        sed -E 's/^([^:]+): *# *include *[<"]([^>"]+)[>"].*/\1 \2/'
}

# check_layer FILE NAME MODULE OTHER - whether a file of one module may include of another.
check_layer() {
    local file=$1 name=$2 module=$3 other=$4
    [[ $module == "$other" || "$file $name" =~ $grounded ]] && return
    if [[ ! -v layer[$module] || ! -v layer[$other] ]]; then
        refuse "$file" "$name" "but one of the two has no layer yet"
    elif ((layer[$other] >= layer[$module])); then
        refuse "$file" "$name" "which is not below $module"
    elif ((layer[$module] == 4 && layer[$other] == 3)) && [[ $name != poupa/* ]]; then
        refuse "$file" "$name" "an internal of another module"
    fi
}

while read -r file name; do
    module=${file#lib/} module=${module%%/*}
    case $name in
    poupa/*) other=$(basename "$name" .h) ;;
    */*) other=${name%%/*} ;;
    *) other= ;;
    esac
    if [[ $name == jansson.h ]]; then
        [[ $module == json ]] || refuse "$file" "$name" "which only lib/json may"
    elif [[ $name == poupa/* || -e lib/$name ]]; then
        check_layer "$file" "$name" "$module" "${module_of[$other]:-$other}"
    fi
done < <(includes lib)

while read -r file name; do
    module=$(basename "$file" .h) other=${name%.h}
    if [[ -e include/poupa/$name ]]; then
        check_layer "$file" "poupa/$name" "${module_of[$module]:-$module}" \
            "${module_of[$other]:-$other}"
    elif [[ $name == *jansson* ]]; then
        refuse "$file" "$name" "which no public header may"
    fi
done < <(includes include)

# Those who use the library see only what is public.
while read -r file name; do
    [[ ! -e lib/$name && $name != jansson.h ]] || refuse "$file" "$name" "which is not public"
done < <(includes tools; includes examples)

echo "layers: $failures failures"
((failures == 0))
