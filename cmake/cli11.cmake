# What the program eliot needs beside the library: CLI11, headers only. Sets ELIOT_HAS_TOOLS.

include_guard(GLOBAL)
find_path(ELIOT_CLI11_INCLUDE_DIR CLI/CLI.hpp)
mark_as_advanced(ELIOT_CLI11_INCLUDE_DIR)
set(ELIOT_HAS_TOOLS FALSE)
if(ELIOT_BUILD_TOOLS AND ELIOT_CLI11_INCLUDE_DIR AND TARGET nlohmann_json::nlohmann_json)
    set(ELIOT_HAS_TOOLS TRUE)
elseif(ELIOT_BUILD_TOOLS)
    message(STATUS "The program eliot is not built: it needs CLI11 (Debian: libcli11-dev) and JSON")
endif()
