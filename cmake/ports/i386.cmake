# Compiles for 32-bit x86, where sizes and pointers have 32 bits, and doubles are computed with
# more of them than they are stored with.
set(CMAKE_SYSTEM_PROCESSOR i386)
set(port_compiler i686-linux-gnu-gcc)
if(NOT CMAKE_HOST_SYSTEM_PROCESSOR MATCHES "x86_64|i[3-6]86")
    set(CMAKE_CROSSCOMPILING_EMULATOR qemu-i386)
endif()
include(${CMAKE_CURRENT_LIST_DIR}/port.cmake)
