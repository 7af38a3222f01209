# Debian packages, one for each component that is installed: `scripts/package` makes them, with
# CPack. What is written here is what Debian asks for besides. See docs/packaging.md.
set(POUPA_DEBIAN_REVISION 1 CACHE STRING "Which packaging of this version it is")
if(NOT POUPA_PYTHON OR NOT POUPA_LUA OR NOT POUPA_STATIC)
    message(FATAL_ERROR "POUPA_PACKAGES needs POUPA_PYTHON, POUPA_LUA and POUPA_STATIC: "
        "configure with `cmake --preset package`")
endif()

find_package(Python 3.11 REQUIRED COMPONENTS Interpreter)

set(debian ${PROJECT_SOURCE_DIR}/cmake/debian)
set(generated ${PROJECT_BINARY_DIR}/debian)
file(MAKE_DIRECTORY ${generated})

# Who answers for the packages, as Debian's tools are told.
set(maintainer "The libpoupa maintainers <maintainers@libpoupa.invalid>")
if(DEFINED ENV{DEBEMAIL})
    set(maintainer "$ENV{DEBFULLNAME} <$ENV{DEBEMAIL}>")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME poupa)
set(CPACK_PACKAGE_CONTACT ${maintainer})
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
# Each package has its own.
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(CPACK_COMPONENTS_ALL)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SOURCE poupa)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${POUPA_DEBIAN_REVISION})
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR})
set(CPACK_DEBIAN_DEBUGINFO_PACKAGE ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_POST_BUILD_SCRIPTS ${debian}/finish.cmake)
# Whatever the umask is.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# -- what all packages have ----------------------------------------------------------------

# Compresses a file as Debian wants it: as much as can be, and the same every time.
function(poupa_gzip source target)
    add_custom_command(OUTPUT ${target} COMMAND gzip -9nc ${source} > ${target}
        DEPENDS ${source} VERBATIM)
endfunction()

add_custom_command(OUTPUT ${generated}/changelog
    COMMAND ${Python_EXECUTABLE} ${debian}/changelog.py ${PROJECT_SOURCE_DIR}/CHANGELOG.md
        ${CPACK_PACKAGE_NAME} ${PROJECT_VERSION} ${POUPA_DEBIAN_REVISION} ${maintainer}
        > ${generated}/changelog
    DEPENDS ${debian}/changelog.py ${PROJECT_SOURCE_DIR}/CHANGELOG.md VERBATIM)
poupa_gzip(${generated}/changelog ${generated}/changelog.Debian.gz)
poupa_gzip(${PROJECT_BINARY_DIR}/tools/poupa/poupa.1 ${generated}/poupa.1.gz)
add_custom_target(poupa_debian ALL
    DEPENDS ${generated}/changelog.Debian.gz ${generated}/poupa.1.gz)
add_dependencies(poupa_debian poupa_products)

# Debian has the Apache licence already, so that the notice at its end is enough.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS LICENSE)
file(READ LICENSE licence)
string(REGEX MATCH "Licensed under the Apache License, .*limitations under the License\\."
    notice "${licence}")
string(REGEX REPLACE "\n *\n" "\n.\n" notice "${notice}")
string(REGEX REPLACE "\n *" "\n " notice "${notice}")
configure_file(${debian}/copyright.in ${generated}/copyright @ONLY)

# Makes a package of a component. Of its folder in `debian`, and of that in the build, come what
# Debian calls control files; its examples are those of the folders named.
macro(poupa_add_package component name)
    cmake_parse_arguments(package "" "SECTION;MULTIARCH;DESCRIPTION;DEPENDS;SUGGESTS;PROVIDES"
        "COMPONENTS;EXAMPLES;DOCUMENTS" ${ARGN})
    string(TOUPPER ${component} key)
    list(APPEND CPACK_COMPONENTS_ALL ${component})
    set(CPACK_COMPONENT_${key}_DEPENDS ${package_COMPONENTS})
    set(CPACK_DEBIAN_${key}_PACKAGE_NAME ${name})
    set(CPACK_DEBIAN_${key}_PACKAGE_SECTION ${package_SECTION})
    set(CPACK_DEBIAN_${key}_PACKAGE_MULTIARCH ${package_MULTIARCH})
    set(CPACK_DEBIAN_${key}_PACKAGE_DEPENDS ${package_DEPENDS})
    set(CPACK_DEBIAN_${key}_PACKAGE_SUGGESTS ${package_SUGGESTS})
    set(CPACK_DEBIAN_${key}_PACKAGE_PROVIDES ${package_PROVIDES})
    set(CPACK_DEBIAN_${key}_DESCRIPTION ${package_DESCRIPTION})
    file(GLOB CPACK_DEBIAN_${key}_PACKAGE_CONTROL_EXTRA
        ${debian}/${component}/* ${generated}/${component}/*)

    set(documents ${CMAKE_INSTALL_DATADIR}/doc/${name})
    install(FILES ${generated}/copyright ${generated}/changelog.Debian.gz ${package_DOCUMENTS}
        DESTINATION ${documents} COMPONENT ${component} EXCLUDE_FROM_ALL)
    install(FILES ${debian}/lintian-overrides RENAME ${name}
        DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
        COMPONENT ${component} EXCLUDE_FROM_ALL)
    foreach(folder IN LISTS package_EXAMPLES)
        install(DIRECTORY examples/${folder} DESTINATION ${documents}/examples
            COMPONENT ${component} EXCLUDE_FROM_ALL PATTERN __pycache__ EXCLUDE)
    endforeach()
endmacro()

# -- libpoupa0 -----------------------------------------------------------------------------

# What a program that was built with this version runs with: this one or a later one, of which
# before 1.0 only the last number is later. A list of symbols would promise more than it could
# know, since a program may also read members that a later version adds to a struct.
set(library libpoupa${PROJECT_VERSION_MAJOR})
set(compatible "${library} (>= ${PROJECT_VERSION})")
if(PROJECT_VERSION_MAJOR EQUAL 0)
    math(EXPR next "${PROJECT_VERSION_MINOR} + 1")
    string(APPEND compatible ", ${library} (<< 0.${next}~)")
endif()
file(WRITE ${generated}/library/shlibs "libpoupa ${PROJECT_VERSION_MAJOR} ${compatible}\n")

set(about "
libpoupa reads, checks, edits and writes catalogues of public services: units,
channels and offerings, published figures with what they claim, and targets.
It decodes streams of attendance records to typed columns and adds them up.

")

poupa_add_package(library ${library} SECTION libs MULTIARCH same
    DESCRIPTION "catalogues and attendance figures of public services - library${about}\
This package contains the shared library.")

# -- libpoupa-dev --------------------------------------------------------------------------

# What the library is linked with is needed to link it statically, and pkg-config wants to see it
# in any case. Which packages have it is told by the .pc files.
set(needs pkg-config)
foreach(module jansson ${codec_modules})
    pkg_get_variable(folder ${module} pcfiledir)
    execute_process(COMMAND dpkg-query --search ${folder}/${module}.pc
        OUTPUT_VARIABLE owner COMMAND_ERROR_IS_FATAL ANY)
    string(REGEX REPLACE ":.*" "" owner "${owner}")
    list(APPEND needs ${owner})
endforeach()
list(JOIN needs ", " needs)

set(pages format rules attendance metrics)
list(TRANSFORM pages REPLACE "(.+)" "${PROJECT_SOURCE_DIR}/docs/\\1.md")
poupa_add_package(development libpoupa-dev SECTION libdevel MULTIARCH same
    DESCRIPTION "catalogues and attendance figures of public services - development${about}\
This package contains the headers, the static library, what CMake and
pkg-config need, and examples."
    COMPONENTS library
    DEPENDS ${needs}
    DOCUMENTS ${pages})
install(DIRECTORY examples/ DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libpoupa-dev/examples
    COMPONENT development EXCLUDE_FROM_ALL
    REGEX "/examples/(lua|openresty|python|vendored)$" EXCLUDE)
# What Debian does not want in archives: information for debuggers, and who compiled it.
install(CODE "execute_process(COMMAND ${CMAKE_STRIP} --strip-debug --remove-section=.comment
        --enable-deterministic-archives \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libpoupa.a
    COMMAND_ERROR_IS_FATAL ANY)" COMPONENT development EXCLUDE_FROM_ALL)

# -- poupa ---------------------------------------------------------------------------------

poupa_add_package(command poupa SECTION utils MULTIARCH foreign
    DESCRIPTION "catalogues and attendance figures of public services - command${about}\
This package contains the command poupa, which validates, formats and
reports on catalogues, and adds up records."
    DEPENDS ${compatible})
install(FILES ${generated}/poupa.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1
    COMPONENT command EXCLUDE_FROM_ALL)

# -- python3-poupa -------------------------------------------------------------------------

# A module for the stable ABI does for later versions, too.
set(pythons "python3 (>= ${Python_VERSION_MAJOR}.${Python_VERSION_MINOR}~)")
get_target_property(suffix poupa_python SUFFIX)
if(NOT suffix MATCHES "abi3")
    math(EXPR next "${Python_VERSION_MINOR} + 1")
    string(APPEND pythons ", python3 (<< ${Python_VERSION_MAJOR}.${next})")
endif()

poupa_add_package(python python3-poupa SECTION python
    DESCRIPTION "catalogues and attendance figures of public services - Python 3${about}\
This package contains the Python package: typed classes, and tables that any
data frame library takes as they are."
    COMPONENTS command
    DEPENDS "${compatible}, ${pythons}"
    SUGGESTS "python3-pandas, python3-tqdm"
    DOCUMENTS ${PROJECT_SOURCE_DIR}/docs/python.md
    EXAMPLES data python)
# What tells pip and importlib.metadata that it is there, and whose it is.
set(metadata ${generated}/poupa-${PROJECT_VERSION}.dist-info)
configure_file(${debian}/METADATA.in ${metadata}/METADATA @ONLY)
file(WRITE ${metadata}/INSTALLER "debian\n")
install(DIRECTORY ${metadata} DESTINATION ${POUPA_PYTHON_DIR} COMPONENT python EXCLUDE_FROM_ALL)

# -- lua-poupa -----------------------------------------------------------------------------

# LuaJIT takes what is for 5.1; the files in Lua are there once, with links for the others.
set(luas ${POUPA_LUA_VERSIONS})
list(REMOVE_ITEM luas jit)
list(TRANSFORM luas REPLACE "(.+)" "lua\\1-poupa" OUTPUT_VARIABLE provided)
list(JOIN provided ", " provided)
poupa_add_package(lua lua-poupa SECTION interpreters MULTIARCH same
    DESCRIPTION "catalogues and attendance figures of public services - Lua${about}\
This package contains the module for Lua 5.1, 5.3, 5.4 and LuaJIT."
    DEPENDS ${compatible}
    PROVIDES ${provided}
    DOCUMENTS ${PROJECT_SOURCE_DIR}/docs/lua.md
    EXAMPLES data lua)
list(POP_FRONT luas first)
install(CODE "
    set(shared \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DATADIR}/lua)
    file(GLOB files RELATIVE \${shared} \${shared}/${first}/poupa/*.lua)
    foreach(version ${luas})
        foreach(file IN LISTS files)
            string(REPLACE ${first}/ \${version}/ link \${file})
            file(CREATE_LINK ../../\${file} \${shared}/\${link} SYMBOLIC)
        endforeach()
    endforeach()" COMPONENT lua EXCLUDE_FROM_ALL)

include(CPack)
