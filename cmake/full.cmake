# What is too slow for every change, in one command:
#
#   cmake -P cmake/full.cmake
#
# All the tests optimised, with clang, under each sanitizer, and with Catch2 3, which is downloaded;
# and each header by itself, the way CMake verifies a header set.

foreach(preset IN ITEMS dev release clang asan tsan)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -D PRESET=${preset} -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
        COMMAND_ERROR_IS_FATAL ANY
    )
endforeach()
execute_process(
    COMMAND ${CMAKE_COMMAND} -D FETCH=ON -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
    COMMAND_ERROR_IS_FATAL ANY
)
execute_process(
    COMMAND ${CMAKE_COMMAND} --build ${CMAKE_CURRENT_LIST_DIR}/../build/dev
        --target all_verify_interface_header_sets
    COMMAND_ERROR_IS_FATAL ANY
)
