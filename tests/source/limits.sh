#!/usr/bin/env bash
# limits.sh - the limits in SECURITY.md are those that the public headers name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

count=0
while IFS='|' read -r _ _ default most where _; do
    [[ $where =~ \`([a-z]+\.h)\`,\ \`([^\`]+)\` ]] || continue
    header=${BASH_REMATCH[1]} name=${BASH_REMATCH[2]}
    # What the header says where it names the limit. Commas of large numbers are for readers.
    said=$(grep -h -w -C2 -e "$name" "include/poupa/$header" | tr -d ,)
    for limit in "$default" "$most"; do
        limit=$(tr -d ', ' <<<"$limit")
        [[ -z $limit || ${said// /} =~ (^|[^0-9])"$limit"([^0-9]|$) ]] || {
            echo "limits: $header does not say $limit of $name"
            exit 1
        }
    done
    count=$((count + 1))
done <SECURITY.md
((count >= 11))
echo "limits: $count agree"
