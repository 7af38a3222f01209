# The library: its sources are compiled once, as objects, of which the shared library, the
# static one and the archive for unit tests are made.
find_package(PkgConfig REQUIRED)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET GLOBAL jansson>=2.14)
find_package(Threads REQUIRED)

# Compressed streams are read with what is there: gzip with zlib, zstd with libzstd.
option(POUPA_ZLIB "Read gzip, with zlib" ON)
option(POUPA_ZSTD "Read zstd, with libzstd" ON)
set(codec_libraries)
set(codec_modules)
foreach(codec "ZLIB zlib" "ZSTD libzstd")
    separate_arguments(codec)
    list(GET codec 0 name)
    list(GET codec 1 module)
    if(POUPA_${name})
        pkg_check_modules(${module} IMPORTED_TARGET GLOBAL ${module})
        if(${module}_FOUND)
            list(APPEND codec_libraries PkgConfig::${module})
            list(APPEND codec_modules ${module})
            list(APPEND codec_definitions POUPA_HAVE_${name})
        endif()
    endif()
endforeach()

file(GLOB sources CONFIGURE_DEPENDS lib/*/*.c)
file(GLOB headers CONFIGURE_DEPENDS include/poupa/*.h)

add_library(poupa_objects OBJECT ${sources})
target_include_directories(poupa_objects PRIVATE include lib)
target_link_libraries(poupa_objects PRIVATE poupa_flags ${codec_libraries})
target_compile_definitions(poupa_objects PRIVATE ${codec_definitions})
set_target_properties(poupa_objects PROPERTIES POSITION_INDEPENDENT_CODE ON)

# Documents go through jansson; no other module sees it.
file(GLOB json_sources CONFIGURE_DEPENDS lib/json/*.c)
set_property(SOURCE ${json_sources} APPEND
    PROPERTY INCLUDE_DIRECTORIES ${jansson_INCLUDE_DIRS})

# What is exported is what lib/symbols.txt names.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS lib/symbols.txt)
file(STRINGS lib/symbols.txt symbols)
list(JOIN symbols ";\n        " symbols)
configure_file(cmake/poupa.map.in poupa.map @ONLY)

# Makes a library of the objects that users link to as poupa::<export_name>.
function(poupa_add_library target kind export_name)
    add_library(${target} ${kind} $<TARGET_OBJECTS:poupa_objects>)
    add_library(poupa::${export_name} ALIAS ${target})
    target_sources(${target} PUBLIC
        FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${headers})
    target_link_libraries(${target} PRIVATE PkgConfig::jansson ${codec_libraries} Threads::Threads m)
    set_target_properties(${target} PROPERTIES
        OUTPUT_NAME poupa
        EXPORT_NAME ${export_name}
        LINKER_LANGUAGE C)
endfunction()

poupa_add_library(poupa SHARED poupa)
target_link_libraries(poupa PRIVATE poupa_flags)
target_link_options(poupa PRIVATE LINKER:--version-script=${CMAKE_CURRENT_BINARY_DIR}/poupa.map)
set_target_properties(poupa PROPERTIES
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}
    LINK_DEPENDS ${CMAKE_CURRENT_BINARY_DIR}/poupa.map)

if(POUPA_STATIC)
    poupa_add_library(poupa_static STATIC static)
endif()
