// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/captured_lines.hpp>

#include "support/capturing.hpp"
#include "support/catch.hpp"

#include <string>

using namespace eliot::literals;
using eliot::testing::Capture;

TEST_CASE("lines that wait for another line stay in its capture") {
    Capture log;
    eliot::log_message(
        "outer", "x"_f = [] {
            eliot::log_message("inner");
            return 1;
        });
    CHECK(types_in(log) == "outer inner");
}

TEST_CASE("the messages have the order in which they were logged, and their text is kept") {
    Capture log;
    std::string expected;
    for (int i = 0; i < 100; ++i) {
        eliot::log_message(std::to_string(i));
        expected += (i == 0 ? "" : " ") + std::to_string(i);
    }
    CHECK(types_in(log) == expected);
    log.reset();
    CHECK(log.messages().empty());
    eliot::log_message("z", "z"_f = 1, "a"_f = 2);
    CHECK(log.text().ends_with("\"message_type\":\"z\",\"z\":1,\"a\":2}\n"));
}

TEST_CASE("lines too long for a chunk are captured, too") {
    Capture log;
    const std::string large(100'000, 'x');
    eliot::log_message("large", "text"_f = large);
    CHECK(log.messages().at(0)["text"] == large);
}
