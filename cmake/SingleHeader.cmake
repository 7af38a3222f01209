# The target `single_header` writes the library as one file, dist/poupa.h in the build folder: see
# docs/vendoring.md. It is made anew each time, because the commit that it names may be another
# one, and written where that changes it.
find_package(Python3 3.9 COMPONENTS Interpreter)
set(single_header ${PROJECT_BINARY_DIR}/dist/poupa.h)

if(Python3_FOUND)
    add_custom_target(single_header
        COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/scripts/single_header.py ${single_header}
        BYPRODUCTS ${single_header}
        COMMENT "Writing dist/poupa.h"
        VERBATIM)
endif()
