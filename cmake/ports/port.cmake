# What toolchain files of ports have in common. Programs are static, so that they run without
# the other system around them; the libraries are those that scripts/deps unpacked.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_C_COMPILER ${port_compiler})
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)

cmake_path(SET port_root NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../../build/ports/${CMAKE_SYSTEM_PROCESSOR})
set(port_libraries ${port_root}/usr/lib/${CMAKE_SYSTEM_PROCESSOR}-linux-gnu)
set(ENV{PKG_CONFIG_SYSROOT_DIR} ${port_root})
set(ENV{PKG_CONFIG_LIBDIR} ${port_libraries}/pkgconfig)
# libzstd.pc names a folder that is not its own.
set(CMAKE_LIBRARY_PATH ${port_libraries})
