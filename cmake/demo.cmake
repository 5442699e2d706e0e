# A program that logs what it does, and its log, in one command:
#
#   cmake -P cmake/demo.cmake
#
# The program is examples/linkcheck: it checks the links in this repository's own documentation.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
provide_needs()

set(directory ${repository}/build/demo)
set(log ${directory}/linkcheck.log)
build(${directory} TARGETS linkcheck
    CONFIGURE -C ${repository}/cmake/presets/release.cmake -DELIOT_BUILD_TESTS=OFF
)

file(REMOVE ${log})
file(GLOB documents RELATIVE ${repository} ${repository}/README.md ${repository}/examples/guide/*.md
    ${repository}/.github/*.md
)
execute_process(
    COMMAND ${directory}/examples/linkcheck --log ${log} ${documents}
    WORKING_DIRECTORY ${repository} RESULT_VARIABLE result
)
if(NOT EXISTS ${log})
    message(FATAL_ERROR "linkcheck wrote no log (${result})")
endif()

execute_process(COMMAND ${CMAKE_COMMAND} -E echo "\nThe log is ${log}:\n")
execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${log})
