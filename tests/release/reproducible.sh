#!/usr/bin/env bash
# reproducible.sh WORK - the same sources in two folders, of different names and depths, become
# the same library, archive and command, byte by byte, where each is built as the preset does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=scripts/quiet.sh
source scripts/quiet.sh
work=$1
unset CMAKE_C_COMPILER_LAUNCHER # a cache would say that they are the same

# make_in FOLDER
make_in() {
    mkdir -p "$1"
    cp -r CMakeLists.txt CMakePresets.json LICENSE cmake include lib tools "$1"
    quietly "$work/configure.txt" cmake -S "$1" --preset release -DPOUPA_STATIC=ON
    quietly "$work/build.txt" cmake --build "$1/build/release"
}

rm -rf "$work/first" "$work/in"
make_in "$work/first"
make_in "$work/in/another/folder"

made=(libpoupa.so libpoupa.a tools/poupa/poupa tools/poupa/poupa.1)
for file in "${made[@]}"; do
    cmp "$work"/{first,in/another/folder}/build/release/"$file"
done
cd "$work/first/build/release"
if grep -lF "$work" "${made[@]}"; then
    echo 'reproducible: the files above name the folder that they were made in'
    exit 1
fi
echo 'reproducible: two builds are the same'
