# The tests, in one command:
#
#   cmake -P cmake/test.cmake
#   cmake -D PRESET=asan -P cmake/test.cmake        another of cmake/presets
#   cmake -D CHAPTERS=context,output -P ...         only some directories of tests/, and examples if
#                                                   they are named among them
#   cmake -D FETCH=ON -P ...                        with nlohmann_json and Catch2 (3) downloaded

include(${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake)
if(NOT PRESET)
    set(PRESET dev)
endif()

set(directory build/${PRESET})
set(configure -C ${repository}/cmake/presets/${PRESET}.cmake)
set(examples ON)
if(CHAPTERS)
    list(APPEND configure "-DELIOT_TEST_CHAPTERS=${CHAPTERS}")
    if(NOT CHAPTERS MATCHES "examples|docs|tools") # the last two test them
        set(examples OFF)
    endif()
else()
    list(APPEND configure -U ELIOT_TEST_CHAPTERS)
endif()
list(APPEND configure -DELIOT_BUILD_EXAMPLES=${examples} -DELIOT_BUILD_TOOLS=${examples})
if(FETCH)
    string(APPEND directory -fetched)
    list(APPEND configure -DFETCHCONTENT_TRY_FIND_PACKAGE_MODE=NEVER)
endif()
if(DEFINED ENV{CI})
    list(APPEND configure -DCMAKE_COMPILE_WARNING_AS_ERROR=ON)
    if(PRESET STREQUAL "dev") # debug information is a seventh of the time, and nobody debugs there
        list(APPEND configure -DCMAKE_CXX_FLAGS_DEBUG=-O0)
    endif()
endif()

need("nlohmann_json" PACKAGES nlohmann-json3-dev HEADERS nlohmann/json.hpp FETCHED)
need("Catch2" PACKAGES catch2 HEADERS catch2/catch.hpp catch2/catch_all.hpp FETCHED)
need("CLI11" PACKAGES libcli11-dev HEADERS CLI/CLI.hpp OPTIONAL)
need("Python 3" PACKAGES python3 PROGRAMS python3 OPTIONAL)
need("Eliot for Python" PACKAGES python3-eliot COMMAND /usr/bin/python3 -c "import eliot" OPTIONAL)
need("pkg-config" PACKAGES pkg-config PROGRAMS pkg-config pkgconf OPTIONAL)
provide_needs()

build(${repository}/${directory} CONFIGURE ${configure})
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
execute_process(
    COMMAND ${CMAKE_CTEST_COMMAND} --test-dir ${repository}/${directory} --parallel ${cores}
        --output-on-failure --no-tests=error
    RESULT_VARIABLE result
)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "The tests failed, see above; again by hand:\n"
        "  ctest --test-dir ${directory} --rerun-failed --output-on-failure"
    )
endif()
