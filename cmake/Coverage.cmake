# The target `coverage` runs the tests and says which part of lib/ they reach; it fails where
# that is too little.
find_program(GCOVR gcovr REQUIRED)

add_custom_target(coverage
    COMMAND find ${PROJECT_BINARY_DIR} -name *.gcda -delete
    COMMAND ${CMAKE_CTEST_COMMAND} --preset coverage
    COMMAND ${GCOVR} --root . --filter lib/ --sort-uncovered --print-summary
        --fail-under-line 98 --fail-under-branch 94 ${PROJECT_BINARY_DIR}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    USES_TERMINAL VERBATIM)
