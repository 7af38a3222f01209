# Puts the last touches to the packages that CPack made, where it has no words for them.

# Changes the files of a package by a function of its folder and of a value.
function(poupa_finish package change value)
    cmake_path(GET package FILENAME folder)
    set(folder ${CPACK_TEMPORARY_DIRECTORY}/finish/${folder})
    file(REMOVE_RECURSE ${folder})
    file(MAKE_DIRECTORY ${folder})
    execute_process(COMMAND dpkg-deb --raw-extract ${package} ${folder}
        COMMAND_ERROR_IS_FATAL ANY)
    cmake_language(CALL ${change} ${folder} "${value}")
    execute_process(COMMAND dpkg-deb --root-owner-group -Zxz --build ${folder} ${package}
        OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# The field Multi-Arch (CPack writes it from CMake 3.31 on), and no scripts that call ldconfig,
# since a trigger does.
function(poupa_finish_package folder multiarch)
    set(file ${folder}/DEBIAN/control)
    file(READ ${file} control)
    if(multiarch AND NOT control MATCHES "\nMulti-Arch:")
        string(REPLACE "\nDescription:" "\nMulti-Arch: ${multiarch}\nDescription:" control
            "${control}")
        file(WRITE ${file} "${control}")
    endif()
    foreach(script ${folder}/DEBIAN/postinst ${folder}/DEBIAN/postrm)
        if(EXISTS ${script})
            file(STRINGS ${script} calls REGEX "ldconfig")
            if(calls)
                file(REMOVE ${script})
            endif()
        endif()
    endforeach()
endfunction()

# What is for debuggers shares the documents of its package, and its sums name files as they are
# installed, not as they were built.
function(poupa_finish_debug folder name)
    file(MAKE_DIRECTORY ${folder}/usr/share/doc)
    file(CREATE_LINK ${name} ${folder}/usr/share/doc/${name}-dbgsym SYMBOLIC)
    set(file ${folder}/DEBIAN/md5sums)
    file(READ ${file} sums)
    string(REGEX REPLACE "  [^\n]*/usr/lib/debug/" "  usr/lib/debug/" sums "${sums}")
    file(WRITE ${file} "${sums}")
endfunction()

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${component} key)
    set(name ${CPACK_DEBIAN_${key}_PACKAGE_NAME})
    foreach(package IN LISTS CPACK_PACKAGE_FILES)
        if(package MATCHES "/${name}_")
            poupa_finish(${package} poupa_finish_package
                "${CPACK_DEBIAN_${key}_PACKAGE_MULTIARCH}")
        elseif(package MATCHES "/${name}-dbgsym_")
            poupa_finish(${package} poupa_finish_debug ${name})
        endif()
    endforeach()
endforeach()
