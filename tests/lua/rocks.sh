#!/usr/bin/env bash
# rocks.sh FOLDER - `luarocks make` for each Lua into a tree of its own below a folder, with no
# server to ask, and an example that runs with what was installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

work=$1
unset LUA_PATH LUA_CPATH
for lua in lua5.1 luajit lua5.3 lua5.4; do
    tree=$work/$lua
    rm -rf "$tree"
    arguments=()
    version=${lua#lua}
    if [[ $lua == luajit ]]; then
        version=5.1
        arguments=("LUA_INCDIR=$(pkg-config --variable=includedir luajit)")
    fi
    if ! luarocks "--lua-version=$version" --only-server="$work" --tree="$tree" \
        make poupa-dev-1.rockspec "${arguments[@]}" >"$work/$lua.txt" 2>&1; then
        cat "$work/$lua.txt"
        exit 1
    fi
    LUA_PATH="$tree/share/lua/$version/?/init.lua;$tree/share/lua/$version/?.lua" \
        LUA_CPATH="$tree/lib/lua/$version/?.so" \
        $lua examples/lua/targets.lua | diff -u examples/lua/expected/targets.txt -
    echo "$lua: installed, and the example runs"
done
