# The fuzzers of tests/fuzz, one after the other, in one command:
#
#   cmake -P cmake/fuzz.cmake                       20 seconds each
#   cmake -D SECONDS=600 -P cmake/fuzz.cmake
#   cmake -D FUZZERS=parser -P cmake/fuzz.cmake     only some: parser;expression;renderer
#   cmake -D SEED=1 -P cmake/fuzz.cmake             the same inputs every time, from a new build on
#
# A finding ends it, and names the file with the input. What they come to know is kept in
# build/fuzz/corpus, so that the next run begins there.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("clang 19" PACKAGES clang-19 libclang-rt-19-dev PROGRAMS clang++-19 clang++)
need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
provide_needs()
if(NOT SECONDS)
    set(SECONDS 20)
endif()
if(NOT SEED)
    set(SEED 0) # another one every time
endif()
if(NOT FUZZERS)
    set(FUZZERS parser expression renderer)
endif()

set(directory ${repository}/build/fuzz)
list(TRANSFORM FUZZERS PREPEND fuzz- OUTPUT_VARIABLE targets)
build(${directory} TARGETS ${targets}
    CONFIGURE -C ${repository}/cmake/presets/clang.cmake -DELIOT_BUILD_FUZZERS=ON
        -DELIOT_BUILD_TESTS=OFF -DELIOT_BUILD_EXAMPLES=OFF -DELIOT_BUILD_TOOLS=OFF
)

set(sources ${repository}/tests/fuzz)
file(GLOB_RECURSE logs ${sources}/corpus/log/*.log ${repository}/tests/golden/truth/*.log)
file(COPY ${logs} DESTINATION ${directory}/logs)
set(seeds_of_parser ${directory}/logs)
set(seeds_of_renderer ${directory}/logs)
set(seeds_of_expression ${sources}/corpus/expression)
foreach(name IN LISTS FUZZERS)
    set(words ${sources}/log.dict)
    if(name STREQUAL "expression")
        set(words ${sources}/expression.dict)
    endif()
    set(corpus ${directory}/corpus/${name})
    file(MAKE_DIRECTORY ${corpus})
    message(STATUS "fuzz-${name}: ${SECONDS} s")
    execute_process(
        COMMAND ${directory}/tests/fuzz/fuzz-${name} -max_total_time=${SECONDS} -seed=${SEED}
            -timeout=10 -max_len=2048 -print_final_stats=1 -verbosity=0 -dict=${words}
            -artifact_prefix=${directory}/${name}- ${corpus} ${seeds_of_${name}}
        RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output
    )
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${output}\nfuzz-${name} found something, see above; again by hand:\n"
            "  build/fuzz/tests/fuzz/fuzz-${name} FILE"
        )
    endif()
    string(REGEX MATCH "number_of_executed_units: +([0-9]+)" ignored "${output}")
    message(STATUS "fuzz-${name}: nothing found in ${CMAKE_MATCH_1} runs")
endforeach()
