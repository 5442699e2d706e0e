# What a line costs, against other libraries in the same run, in one command:
#
#   cmake -P cmake/benchmark.cmake
#   cmake -D ROUNDS=15 -P cmake/benchmark.cmake
#
# Leaves build/benchmark/benchmark.json, .md and .svg.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
need("Python 3" PACKAGES python3 PROGRAMS python3)
need("spdlog" PACKAGES libspdlog-dev libfmt-dev HEADERS spdlog/spdlog.h OPTIONAL)
need("Boost.Log" PACKAGES libboost-log-dev HEADERS boost/log/core.hpp OPTIONAL)
need("Eliot for Python" PACKAGES python3-eliot COMMAND /usr/bin/python3 -c "import eliot" OPTIONAL)
provide_needs()
if(NOT ROUNDS)
    set(ROUNDS 9)
endif()

set(directory ${repository}/build/benchmark)
build(${directory} TARGETS benchmark-logging
    CONFIGURE -C ${repository}/cmake/presets/release.cmake -DELIOT_BUILD_TESTS=OFF
        -DELIOT_BUILD_EXAMPLES=OFF -DELIOT_BUILD_TOOLS=OFF -DELIOT_BUILD_BENCHMARKS=ON
)
find_program(python NAMES python3)
execute_process(
    COMMAND ${python} ${repository}/tests/benchmarks/report.py
        ${directory}/tests/benchmarks/benchmark-logging ${directory} ${ROUNDS}
    COMMAND_ERROR_IS_FATAL ANY
)
