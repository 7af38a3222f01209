#!/usr/bin/env bash
# contents.sh PACKAGES WORK - the packages say of themselves and hold what control.txt and
# contents.txt list, and what they hold is fit for others: whole, stripped, with what debuggers
# need apart, and without a trace of the folder that it was built in.
set -euo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$tests/../.." && pwd)
packages=$(cd "$1" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)
export LC_ALL=C.UTF-8

fail() {
    echo "contents: $*"
    exit 1
}

rm -rf "${work:?}"/*
cd "$work"
for package in "$packages"/*deb; do
    name=$(basename "$package")
    dpkg-deb --raw-extract "$package" "${name%%_*}"
done
version=$(sed -n 's/^#define POUPA_VERSION "\(.*\)"/\1/p' "$root/include/poupa/base.h")
names=(libpoupa0 libpoupa-dev poupa python3-poupa lua-poupa)

# What others depend on follows the version; what ours need of others is theirs to say.
next=${version%.*}
next=${next%.*}.$((${next#*.} + 1))
for name in "${names[@]}"; do
    echo "== $name"
    cd "$name/DEBIAN"
    grep -E '^(Depends|Multi-Arch|Package|Provides|Section|Source|Suggests|Version):' control
    find . -type f -printf '%P\n' | sort | paste -sd' '
    find . -name shlibs -exec cat {} + -o -name triggers -exec cat {} +
    cd "$work"
done | sed -E "s/(= |: )${version//./\\.}\b/\1VERSION/g; s/<< ${next//./\\.}~/<< NEXT~/
    s/\b(libc6|libjansson4|libzstd1|zlib1g) \(>= [^)]*\)/\1/g" |
    diff -u "$tests/control.txt" - || fail 'control.txt says otherwise'

# Modes and owners too; of sources the kinds alone.
for name in "${names[@]}"; do
    echo "== $name"
    dpkg-deb --contents "$packages/$name"_*.deb | sed -E 's/ +[0-9]+ \S+ \S+ \.(.*)/ \1/' |
        grep -v '^d.*/$' |
        sed -E "s#/[a-z0-9_]+-linux-gnu[a-z0-9]*/#/MULTIARCH/#; s#${version//./\\.}#VERSION#g
            s#cpython-[0-9]+-[a-z0-9_-]+\.so#cpython.so#
            s#/[a-z_]+(\.(c|h|lua|pyi?|txt|md|json))\b#/*\1#g" | sort -u
done | diff -u "$tests/contents.txt" - || fail 'contents.txt says otherwise'

for name in *; do
    [[ -d $name ]] || continue
    # Every file has its sum.
    (cd "$name" && md5sum --check --quiet DEBIAN/md5sums)
    diff <(cd "$name" && find usr -type f | sort) <(cut -c35- "$name/DEBIAN/md5sums" | sort) ||
        fail "$name: files without a sum"
    # Whatever the umask was.
    odd=$(find "$name" -not -type l -not -perm 644 -not -perm 755)
    [[ -z $odd ]] || fail "odd modes: $odd"
done

for name in "${names[@]}"; do
    zcat "$name/usr/share/doc/$name/changelog.Debian.gz" >changelog
    said=$(dpkg-parsechangelog -l changelog --show-field Version)
    [[ $said == "$version-1" ]] || fail "$name: the changelog starts with $said"
    [[ $(grep -c '^    - ' changelog) == $(grep -c '^- ' "$root/CHANGELOG.md") ]] ||
        fail "$name: the changelog lacks changes"
done

count=0
while IFS= read -r -d '' file; do
    readelf --file-header "$file" >/dev/null 2>&1 || continue
    [[ $file == *.a ]] && continue
    name=${file#./}
    name=${name%%/*}
    sections=$(readelf --wide --sections "$file")
    dynamic=$(readelf --wide --dynamic "$file")
    [[ $sections != *.symtab* && $sections != *.debug_info* ]] || fail "$file is not stripped"
    [[ $dynamic != *RPATH* && $dynamic != *RUNPATH* ]] || fail "$file looks for libraries itself"
    id=$(readelf --notes "$file" | sed -n 's/.*Build ID: //p')
    debug=$name-dbgsym/usr/lib/debug/.build-id/${id::2}/${id:2}.debug
    readelf --wide --sections "$debug" | grep -q '\.debug_info' || fail "$file: nothing to debug"
    ((++count))
done < <(find . -path '*-dbgsym' -prune -o -type f -print0)
((count == 6)) || fail "$count programs and libraries, not 6"

if grep -rl --fixed-strings -e "$root" .; then
    fail 'the files above name the folder that they were made in'
fi
echo "contents: ${#names[@]} packages are what they should be"
