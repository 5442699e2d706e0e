# What a line costs, against other libraries in the same run, in one command:
#
#   cmake -P cmake/benchmark.cmake
#   cmake -D ROUNDS=15 -P cmake/benchmark.cmake
#
# Prints every goal with what was reached; leaves build/benchmark/benchmark.json (each round), .md
# (the tables) and .svg (the chart). On a machine that does nothing else it takes some minutes.

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
need("Python 3" PACKAGES python3 PROGRAMS python3)
need("spdlog" PACKAGES libspdlog-dev libfmt-dev HEADERS spdlog/spdlog.h OPTIONAL)
need("Boost.Log" PACKAGES libboost-log-dev HEADERS boost/log/core.hpp OPTIONAL)
need("glog" PACKAGES libgoogle-glog-dev HEADERS glog/logging.h OPTIONAL)
need("valgrind" PACKAGES valgrind PROGRAMS valgrind OPTIONAL)
need("Eliot for Python" PACKAGES python3-eliot COMMAND /usr/bin/python3 -c "import eliot" OPTIONAL)
provide_needs()
if(NOT ROUNDS)
    set(ROUNDS 9)
endif()

set(directory ${repository}/build/benchmark)
build(${directory} TARGETS benchmark-logging benchmark-lines
    CONFIGURE -C ${repository}/cmake/presets/release.cmake -DELIOT_BUILD_TESTS=OFF
        -DELIOT_BUILD_EXAMPLES=OFF -DELIOT_BUILD_TOOLS=OFF -DELIOT_BUILD_BENCHMARKS=ON
)
find_program(python NAMES python3)
load_cache(${directory} READ_WITH_PREFIX built_ CMAKE_CXX_COMPILER)
execute_process(
    COMMAND ${python} ${repository}/tests/benchmarks/report.py ${directory} --rounds ${ROUNDS}
        --compiler ${built_CMAKE_CXX_COMPILER} --include ${repository}/include
    COMMAND_ERROR_IS_FATAL ANY
)
