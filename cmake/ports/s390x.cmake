# Compiles for IBM Z, which has the highest byte first.
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(port_compiler s390x-linux-gnu-gcc)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-s390x)
include(${CMAKE_CURRENT_LIST_DIR}/port.cmake)
