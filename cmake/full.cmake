# What is too slow for every change, in one command:
#
#   cmake -P cmake/full.cmake
#
# All the tests optimised, with clang, and under each sanitizer; each header by itself, the way CMake
# verifies a header set; what compiling message types takes; and the tests with Catch2 3, which is
# downloaded.

foreach(preset IN ITEMS dev release clang asan tsan)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -D PRESET=${preset} -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
        COMMAND_ERROR_IS_FATAL ANY
    )
endforeach()
execute_process(
    COMMAND ${CMAKE_COMMAND} --build ${CMAKE_CURRENT_LIST_DIR}/../build/dev
        --target all_verify_interface_header_sets
    COMMAND_ERROR_IS_FATAL ANY
)
find_program(python NAMES python3 REQUIRED NO_CACHE)
foreach(compiler IN ITEMS g++ clang++-19)
    execute_process(
        COMMAND ${python} tests/cost/types_compiled.py ${compiler} include
        WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/..
        COMMAND_ERROR_IS_FATAL ANY
    )
endforeach()
execute_process(
    COMMAND ${CMAKE_COMMAND} -D FETCH=ON -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
    COMMAND_ERROR_IS_FATAL ANY
)
