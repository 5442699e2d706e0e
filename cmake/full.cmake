# What is too slow for every change, in one command:
#
#   cmake -P cmake/full.cmake
#
# All the tests optimised, with clang, and under each sanitizer; each header by itself, the way CMake
# verifies a header set; the compiler's work for eliot.hpp and for message types; and the tests with
# Catch2 3, which is downloaded.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("clang 19" PACKAGES clang-19 libclang-rt-19-dev PROGRAMS clang++-19)
need("valgrind" PACKAGES valgrind PROGRAMS valgrind)
need("Python 3" PACKAGES python3 PROGRAMS python3)
provide_needs()

foreach(preset IN ITEMS dev release clang asan tsan)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -D PRESET=${preset} -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
        COMMAND_ERROR_IS_FATAL ANY
    )
endforeach()
execute_process(
    COMMAND ${CMAKE_COMMAND} --build ${repository}/build/dev
        --target all_verify_interface_header_sets
    COMMAND_ERROR_IS_FATAL ANY
)
find_program(python NAMES python3 NO_CACHE)
foreach(compiler IN ITEMS g++ clang++-19)
    foreach(script IN ITEMS "compile/weight.py|${compiler}|include|count"
            "cost/types_compiled.py|${compiler}|include")
        string(REPLACE "|" ";" script ${script})
        execute_process(
            COMMAND ${python} tests/${script}
            WORKING_DIRECTORY ${repository}
            COMMAND_ERROR_IS_FATAL ANY
        )
    endforeach()
endforeach()
execute_process(
    COMMAND ${CMAKE_COMMAND} -D FETCH=ON -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
    COMMAND_ERROR_IS_FATAL ANY
)
