// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/errors.hpp>

#include "support/catch.hpp"

#include <exception>
#include <string>
#include <type_traits>
#include <vector>

namespace testing_errors = eliot::testing;

TEST_CASE("empty lines get a blank, and everything else stays") {
    using eliot::detail::without_empty_lines;
    CHECK(without_empty_lines("") == "");
    CHECK(without_empty_lines("a\nb\n") == "a\nb\n");
    CHECK(without_empty_lines("a\n\nb") == "a\n \nb");
    CHECK(without_empty_lines("\n\n\n") == "\n \n \n");
}

TEST_CASE("every error of a test is a std::exception with the whole text") {
    const testing_errors::AssertionError error{"a\n\nb"};
    CHECK(std::string{error.what()} == "a\n \nb");
    const testing_errors::UnflushedTracebacks unflushed{
        "text", std::vector{nlohmann::json::parse(R"({"reason": "x"})")}};
    CHECK(unflushed.tracebacks().at(0)["reason"] == "x");
    STATIC_REQUIRE(std::is_base_of_v<std::exception, testing_errors::UnflushedTracebacks>);
}

TEST_CASE("setting a problem handler returns the one before") {
    const auto handler = [](std::string_view) {};
    const auto before = testing_errors::set_problem_handler(handler);
    CHECK(testing_errors::set_problem_handler(before) == +handler);
}
