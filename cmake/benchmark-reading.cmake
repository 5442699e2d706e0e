# What a line costs that the program eliot reads, in one command:
#
#   cmake -P cmake/benchmark-reading.cmake
#   cmake -D ROUNDS=9 -P cmake/benchmark-reading.cmake
#
# Leaves build/benchmark-reading/reading.json and .md. Fails if a goal is missed.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
need("CLI11" PACKAGES libcli11-dev HEADERS CLI/CLI.hpp)
need("Python 3" PACKAGES python3 PROGRAMS python3)
provide_needs()
if(NOT ROUNDS)
    set(ROUNDS 5)
endif()

set(directory ${repository}/build/benchmark-reading)
build(${directory} TARGETS generate-log eliot_tool
    CONFIGURE -C ${repository}/cmake/presets/release.cmake -DELIOT_BUILD_TESTS=OFF
        -DELIOT_BUILD_EXAMPLES=OFF -DELIOT_BUILD_TOOLS=ON -DELIOT_BUILD_BENCHMARKS=ON
)
find_program(python NAMES python3)
execute_process(
    COMMAND ${python} ${repository}/tests/benchmarks/reading.py
        ${directory}/tests/benchmarks/generate-log ${directory}/examples/eliot ${directory}
        ${ROUNDS}
    COMMAND_ERROR_IS_FATAL ANY
)
