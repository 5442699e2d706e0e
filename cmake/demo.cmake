# A program that logs what it does, its log, and what can be read from that, in one command:
#
#   cmake -P cmake/demo.cmake
#
# The program is examples/linkcheck: it checks the links in this repository's own documentation, and
# those of its sample, some of which are broken. What it did and why is shown by the program eliot.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
need("CLI11" PACKAGES libcli11-dev HEADERS CLI/CLI.hpp OPTIONAL)
provide_needs()

set(directory ${repository}/build/demo)
set(log ${directory}/linkcheck.log)
set(targets linkcheck)
find_file(cli11 CLI/CLI.hpp NO_CACHE
    PATHS ENV CMAKE_PREFIX_PATH /usr/local /usr PATH_SUFFIXES include
)
if(cli11)
    list(APPEND targets eliot_tool)
endif()
build(${directory} TARGETS ${targets}
    CONFIGURE -C ${repository}/cmake/presets/release.cmake -DELIOT_BUILD_TESTS=OFF
)

function(say)
    list(JOIN ARGN "" text)
    execute_process(COMMAND ${CMAKE_COMMAND} -E echo "\n${text}")
endfunction()

# Runs a program of this repository in it, and says so: show(<program> <argument>...).
function(show program)
    list(JOIN ARGN " " arguments)
    say("$ ${program} ${arguments}")
    execute_process(COMMAND ${directory}/examples/${program} ${ARGN}
        WORKING_DIRECTORY ${repository} RESULT_VARIABLE result
    )
    if(NOT result MATCHES "^[01]$")
        message(FATAL_ERROR "${program} could not do it (${result})")
    endif()
endfunction()

file(REMOVE ${log})
file(GLOB documents RELATIVE ${repository} ${repository}/README.md ${repository}/examples/guide/*.md
    ${repository}/.github/*.md ${repository}/examples/linkcheck/sample/*.md
)
show(linkcheck --log build/demo/linkcheck.log ${documents})

say("The log is ${log}:")
execute_process(COMMAND ${CMAKE_COMMAND} -E cat ${log})
if(NOT cli11)
    say("To see it as a tree, and why links are broken: sudo apt-get install libcli11-dev, and again.\n"
        "The program eliot, which shows them, could not be built without CLI11."
    )
    return()
endif()
say("The same as a tree:")
show(eliot tree build/demo/linkcheck.log)
say("And why some links are broken, as it is meant to be in linkcheck's sample:")
show(eliot why build/demo/linkcheck.log)
