# What is installed: the library with its headers, and what lets CMake, pkg-config, man and
# the shells find things. All of it may be moved to another prefix afterwards.
#
# The components are what packages are made of (Packages.cmake): `library`, `development` and
# `command`, besides `python` and `lua`; in `documents` is what packages have in another form.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/poupa)
set(libraries poupa)
if(POUPA_STATIC)
    list(APPEND libraries poupa_static)
endif()

install(TARGETS ${libraries} EXPORT poupa
    LIBRARY COMPONENT library NAMELINK_COMPONENT development
    ARCHIVE COMPONENT development
    FILE_SET HEADERS COMPONENT development)
install(EXPORT poupa NAMESPACE poupa:: DESTINATION ${package_dir} FILE poupaTargets.cmake
    COMPONENT development)

configure_package_config_file(cmake/poupaConfig.cmake.in poupaConfig.cmake
    INSTALL_DESTINATION ${package_dir})
# Before 1.0 a new minor version may break programs.
write_basic_package_version_file(poupaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/poupaConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/poupaConfigVersion.cmake
    DESTINATION ${package_dir} COMPONENT development)

# The prefix is found from where poupa.pc lies.
set(pc_dir ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH pc_prefix ${pc_dir} ${CMAKE_INSTALL_PREFIX})
file(RELATIVE_PATH pc_libdir ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_LIBDIR})
file(RELATIVE_PATH pc_includedir ${CMAKE_INSTALL_PREFIX} ${CMAKE_INSTALL_FULL_INCLUDEDIR})
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
list(JOIN codec_modules " " pc_codecs)
configure_file(cmake/poupa.pc.in poupa.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/poupa.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT development)

# The command finds the library beside it.
file(RELATIVE_PATH library_dir ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
set_target_properties(poupa_command PROPERTIES INSTALL_RPATH "$ORIGIN/${library_dir}")
install(TARGETS poupa_command COMPONENT command)

# zsh as distributions build it looks elsewhere than zsh as it comes.
set(POUPA_ZSH_DIR ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
    CACHE STRING "Where the completions for zsh are installed, below the prefix")
set(generated ${CMAKE_CURRENT_BINARY_DIR}/tools/poupa)
install(FILES ${generated}/poupa.bash RENAME poupa
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT command)
install(FILES ${generated}/poupa.zsh RENAME _poupa
    DESTINATION ${POUPA_ZSH_DIR} COMPONENT command)
install(FILES ${generated}/poupa.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT command)
install(FILES ${generated}/poupa.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT documents)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documents)

# What the library consists of, for who keeps track of that: CycloneDX, with the versions that were
# there when it was built.
set(bom_components)
set(bom_references)
foreach(part "jansson jansson MIT" "zlib zlib Zlib" "libzstd zstd BSD-3-Clause")
    separate_arguments(part)
    list(POP_FRONT part module name licence)
    if(${module} STREQUAL jansson OR ${module} IN_LIST codec_modules)
        list(APPEND bom_components "
    {
      \"type\": \"library\",
      \"bom-ref\": \"${name}\",
      \"name\": \"${name}\",
      \"version\": \"${${module}_VERSION}\",
      \"licenses\": [{\"license\": {\"id\": \"${licence}\"}}],
      \"purl\": \"pkg:generic/${name}@${${module}_VERSION}\"
    }")
        list(APPEND bom_references "\"${name}\"")
    endif()
endforeach()
list(JOIN bom_components "," bom_components)
list(JOIN bom_references ", " bom_references)
set(at @) # part of what a package is called, not of a variable
configure_file(cmake/poupa.cdx.json.in poupa.cdx.json @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/poupa.cdx.json
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documents)
