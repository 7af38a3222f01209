-- `luarocks make` builds and installs the Lua module from this folder, without the network. It
-- needs a C compiler, CMake, pkg-config, SWIG and jansson; zlib and libzstd where they are there.
-- For LuaJIT: `luarocks --lua-version=5.1 make LUA_INCDIR=/usr/include/luajit-2.1`.
rockspec_format = "3.0"
package = "poupa"
-- The number of the version is in include/poupa/base.h, which a release is named after.
version = "dev-1"
source = {
    url = "file://.",
}
description = {
    summary = "A typed model of public services, units, channels and attendance metrics",
    detailed = [[
Catalogues of public services read, checked, searched, edited and written; published figures as
intervals, claims judged, progress towards targets; attendance records by the hundred million.]],
    license = "Apache-2.0",
}
supported_platforms = {"linux"}
dependencies = {
    "lua >= 5.1, ~= 5.2, < 5.5", -- 5.2 is not tested
}
external_dependencies = {
    JANSSON = {header = "jansson.h"},
}
build = {
    type = "command",
    build_command = [[cmake -S . -B build/rock -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        -DPOUPA_WERROR=OFF -DPOUPA_LUA=ON -DPOUPA_LUA_BUNDLE=ON \
        "-DPOUPA_LUA_INCLUDE_DIR=$(LUA_INCDIR)" \
        "-DPOUPA_LUA_DIR=$(LUADIR)" "-DPOUPA_LUA_CDIR=$(LIBDIR)" \
        && cmake --build build/rock --target lua]],
    install_command = "cmake --install build/rock --component lua",
    copy_directories = {"docs"},
}
