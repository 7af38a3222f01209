# Flags for our own targets, which link poupa_flags privately: nothing reaches the project
# around us, or those who link to poupa::poupa.
include(CheckCCompilerFlag)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)

add_library(poupa_flags INTERFACE)
target_compile_options(poupa_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes
    -Wwrite-strings -Wvla -Wformat=2
    $<$<BOOL:${POUPA_WERROR}>:-Werror>)

# What is built does not depend on the folder that it is built in.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
target_compile_options(poupa_flags INTERFACE
    $<$<NOT:$<CONFIG:Debug>>:-ffile-prefix-map=${PROJECT_BINARY_DIR}=.;-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.>)

# 32-bit x86 computes doubles with more bits than they are stored with, unless told otherwise;
# results would depend on what stays in a register.
if(CMAKE_SIZEOF_VOID_P EQUAL 4)
    check_c_compiler_flag("-Werror -msse2 -mfpmath=sse" poupa_has_sse2)
    if(poupa_has_sse2)
        target_compile_options(poupa_flags INTERFACE -msse2 -mfpmath=sse)
    endif()
endif()

# What modules of other languages take part in, too: they have undefined symbols by nature.
add_library(poupa_hardening INTERFACE)
target_link_libraries(poupa_flags INTERFACE poupa_hardening)
if(POUPA_HARDENING)
    # Not every processor has the last two.
    foreach(flag stack-protector-strong stack-clash-protection cf-protection)
        string(MAKE_C_IDENTIFIER "poupa_has_${flag}" known)
        check_c_compiler_flag("-Werror -f${flag}" ${known})
        if(${known})
            target_compile_options(poupa_hardening INTERFACE -f${flag})
        endif()
    endforeach()
    # Fortifying needs an optimising compiler; distributions define it themselves.
    target_compile_options(poupa_hardening INTERFACE
        $<$<NOT:$<CONFIG:Debug>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>)
    target_link_options(poupa_hardening INTERFACE LINKER:-z,relro,-z,now,-z,noexecstack)
    target_link_options(poupa_flags INTERFACE LINKER:-z,defs)
endif()
