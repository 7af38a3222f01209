#!/usr/bin/env bash
# relocated.sh BUILD WORK - what is staged with DESTDIR and then moved elsewhere is complete,
# names no folder of its own making, and is found and used through CMake and pkg-config.
set -euo pipefail
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$1
work=$2
root=$tests/../..
# shellcheck source=scripts/quiet.sh
source "$root/scripts/quiet.sh"

rm -rf "$work"
mkdir -p "$work"
DESTDIR=$work/stage quietly "$work/install.txt" cmake --install "$build" --prefix /usr/local
prefix=$work/moved
mv "$work/stage/usr/local" "$prefix"

# Where a library goes differs between systems, what is installed does not.
libdir=$(dirname "$(find "$prefix" -name libpoupa.so)")
(cd "$prefix" && find . ! -type d) |
    sed -E "s#^\./${libdir#"$prefix"/}/#LIB/#; s#/man1/(.*)\.gz#/man1/\1#" |
    sed -E 's#\.so\.[0-9]+\.[0-9]+\.[0-9]+$#.so.VERSION#; s#Targets-.*\.cmake#Targets-CONFIG.cmake#' |
    LC_ALL=C sort | diff -u "$tests/installed.txt" -

if grep -rlI -e "$work" -e "$build" -e /usr/local "$prefix/lib"* "$prefix/include"; then
    echo 'relocated: the files above name the folder that they were made or staged in'
    exit 1
fi

# expect_version COMMAND... - whether a consumer says the version that was installed.
expect_version() {
    local said
    said=$("$@")
    [[ $said == "libpoupa $version" ]] || { echo "relocated: $* said $said"; exit 1; }
}
export PKG_CONFIG_PATH=$libdir/pkgconfig
version=$(pkg-config --modversion poupa)

for project in "$root/examples/find_package" "$tests/static"; do
    name=$(basename "$project")
    quietly "$work/$name.txt" cmake -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
        -S "$project" -B "$work/$name"
    quietly "$work/$name.txt" cmake --build "$work/$name"
    expect_version "$work/$name/consumer"
done

for linking in --shared --static; do
    read -ra flags <<<"$(pkg-config --cflags --libs $linking poupa)"
    [[ $linking == --static ]] && flags+=(-static)
    cc "$root/examples/find_package/main.c" "${flags[@]}" -o "$work/with_pkg_config"
    LD_LIBRARY_PATH=$libdir expect_version "$work/with_pkg_config"
done

# The command finds the library that lies beside it.
"$prefix/bin/poupa" --version >/dev/null
man --warnings -E UTF-8 -l "$prefix/share/man/man1/poupa.1" 2>&1 >/dev/null | (! grep .)

echo 'relocated: complete, found by CMake and by pkg-config'
