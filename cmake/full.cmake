# What is too slow for every change, in one command:
#
#   cmake -P cmake/full.cmake
#
# The tests again, optimised, and all of them under each sanitizer.

foreach(preset IN ITEMS dev release clang asan tsan)
    execute_process(
        COMMAND ${CMAKE_COMMAND} -D PRESET=${preset} -P ${CMAKE_CURRENT_LIST_DIR}/test.cmake
        COMMAND_ERROR_IS_FATAL ANY
    )
endforeach()
