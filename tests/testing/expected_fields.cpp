// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/expected_fields.hpp>

#include <eliot/json.hpp>

#include "support/catch.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using namespace eliot::literals;
using eliot::detail::json_of_fields;

TEST_CASE("expected fields become what the log would have") {
    const std::string key = "run time";
    const std::map<std::string, std::vector<int>> nested{{"a", {1, 2}}};
    CHECK(json_of_fields() == nlohmann::json::object());
    CHECK(json_of_fields("n"_f = 1, "ratio"_f = 0.5, "name"_f = "x", "nothing"_f = nullptr) ==
          nlohmann::json::parse(R"({"n": 1, "ratio": 0.5, "name": "x", "nothing": null})"));
    CHECK(json_of_fields(
              "nested"_f = nested, "lazy"_f = [] { return 7; }, eliot::named(key, true)) ==
          nlohmann::json::parse(R"({"nested": {"a": [1, 2]}, "lazy": 7, "run time": true})"));
    CHECK(json_of_fields(eliot::json_fields({{"a", 1}, {"b", {{"c", 2}}}})) ==
          nlohmann::json::parse(R"({"a": 1, "b": {"c": 2}})"));
}

TEST_CASE("an expected value that throws throws out of the test") {
    CHECK_THROWS_AS(json_of_fields("x"_f = []() -> int { throw std::runtime_error{"no"}; }),
                    std::runtime_error);
}

TEST_CASE("expected() refers to its fields in one full expression") {
    const auto json = [](const auto& expected) {
        return eliot::detail::json_of_expected(expected);
    };
    CHECK(json(eliot::testing::expected("a"_f = std::string{"temporary"}, "b"_f = 2)) ==
          nlohmann::json::parse(R"({"a": "temporary", "b": 2})"));
    CHECK(json(eliot::testing::expected()) == nlohmann::json::object());
}
