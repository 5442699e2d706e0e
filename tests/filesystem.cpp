// SPDX-License-Identifier: Apache-2.0
#include <eliot/filesystem.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <filesystem>

TEST_CASE("a file system error names its paths") {
    Lines log;
    try {
        eliot::start_action("copy").run(
            [] { std::filesystem::copy_file("/nonexistent/from", "/nonexistent/to"); });
    } catch (const std::filesystem::filesystem_error&) {
    }
    const auto failure = log.messages().back();
    CHECK(failure.at("path1") == "/nonexistent/from");
    CHECK(failure.at("path2") == "/nonexistent/to");
    CHECK(failure.at("errno") == 2);
}
