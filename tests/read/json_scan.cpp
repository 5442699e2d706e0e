// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/json_scan.hpp>

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <random>

using namespace eliot::detail;

namespace {

bool is_json(std::string_view text) { return JsonScanner{}.scan(text); }

std::string error_of(std::string_view text) {
    JsonScanner scanner;
    REQUIRE_FALSE(scanner.scan(text));
    return std::string{scanner.error()} + " @" + std::to_string(scanner.error_offset());
}

}

TEST_CASE("the members of a line's object are found as they are written") {
    JsonScanner scanner;
    REQUIRE(scanner.scan(R"( {"a" : 1, "b\n":[1,{"c":2}] ,"d":"x\"y"} )"));
    CHECK(scanner.is_object());
    REQUIRE(scanner.members().size() == 3);
    CHECK(scanner.members()[0].key == "a");
    CHECK(scanner.members()[0].value == "1");
    CHECK(scanner.members()[1].key == R"(b\n)");
    CHECK(scanner.members()[1].value == R"([1,{"c":2}])");
    CHECK(scanner.members()[2].value == R"("x\"y")");
}

TEST_CASE("what old Eliot wrote counts as JSON") {
    CHECK(is_json(R"({"x": NaN, "y": Infinity, "z": -Infinity})"));
    CHECK(is_json(R"({"x": "a\ud800b"})"));
    CHECK(is_json("{\"x\": \"a\xED\xA0\x80z\"}"));
    CHECK(is_json(R"({"x": 1000000000000000000000000000000})"));
}

TEST_CASE("what is wrong with a line is said with its place") {
    CHECK(error_of("{\"a\" 1}") == "expected : here @5");
    CHECK(error_of("{\"a\":1 2}") == "expected , or } here @7");
    CHECK(error_of("{\"a\":[1 2]}") == "expected , or a closing bracket here @8");
    CHECK(error_of("{\"a\":1,}") == "expected a name in quotes here @7");
    CHECK(error_of("{\"a\":\"\x01\"}") == "a control character stands in a string @6");
    CHECK(error_of("{\"a\":\"\xFF\"}") == "a string is not UTF-8 @6");
    CHECK(error_of("{\"a\":\"\\x\"}") == "no such escape in JSON @7");
    CHECK(error_of("{\"a\":\"\\u12g4\"}") == "four hexadecimal digits must follow \\u @10");
    CHECK(error_of("{\"a\":1.}") == "a digit must follow the decimal point @7");
    CHECK(error_of("{\"a\":1e}") == "a digit must follow the exponent sign @7");
    CHECK(error_of("{\"a\":nope}") == "no JSON value begins so @6");
    CHECK(error_of("{}{}") == "another value follows on the line @2");
    CHECK(error_of("") == "the line ends where a value is due @0");
}

TEST_CASE("a line that was torn off anywhere is seen to be torn") {
    const std::string line =
        R"({"a": "x\u00e9y", "b": [1.5e+3, {"c": true}, null, -Infinity, NaN], "d": "é"})";
    REQUIRE(is_json(line));
    for (std::size_t length = 1; length < line.size(); ++length) {
        CAPTURE(line.substr(0, length));
        JsonScanner scanner;
        REQUIRE_FALSE(scanner.scan(std::string_view{line}.substr(0, length)));
        REQUIRE(scanner.is_torn());
    }
}

TEST_CASE("strings of every length keep their end") {
    for (std::size_t length = 0; length < 40; ++length) {
        for (const char* const tail : {"", "\\\"", "\\\\", "é", "\\u0041"}) {
            const std::string line = "{\"k\":\"" + std::string(length, 'x') + tail + "\"}";
            JsonScanner scanner;
            REQUIRE(scanner.scan(line));
            REQUIRE(scanner.members()[0].value == line.substr(5, line.size() - 6));
        }
    }
}

TEST_CASE("a value nested a million times is checked without recursion") {
    const std::string depth(1'000'000, '[');
    CHECK(is_json("{\"a\":" + depth + std::string(depth.size(), ']') + "}"));
    CHECK_FALSE(is_json("{\"a\":" + depth + std::string(depth.size() - 1, ']') + "}"));
    CHECK(is_json(depth + std::string(depth.size(), ']')));
}

TEST_CASE("nlohmann_json and the scanner agree on what JSON is") {
    std::mt19937 random{7};
    const std::string alphabet = "{}[]:,\"\\ 019.-+eEutrufalsn\t\xC3\xA9/";
    int accepted = 0;
    for (int round = 0; round < 60'000; ++round) {
        std::string text;
        const auto length = random() % 12;
        for (std::size_t i = 0; i < length; ++i) {
            text += alphabet[random() % alphabet.size()];
        }
        CAPTURE(text);
        const bool valid = nlohmann::json::accept(text);
        accepted += valid ? 1 : 0;
        REQUIRE(is_json(text) == valid);
    }
    CHECK(accepted > 100);
}

TEST_CASE("lists of whole numbers are checked like any others") {
    for (const char* const list : {"[]", "[1]", "[1,2]", "[1, 2]", "[1 , 2]", "[10,0]", "[1,2.5]",
                                   "[1,2e3]", "[1,-2]", "[1,[2,3],4]", "[1,\"2\"]", "[1,2 ]"}) {
        CHECK(is_json(list));
    }
    for (const char* const list : {"[1", "[1,", "[1,]", "[1, ]", "[,1]", "[1,,2]", "[01]", "[1,02]",
                                   "[1 2]", "[1.,2]", "[1,2}", "[1,2]]", "[1;2]"}) {
        CHECK_FALSE(is_json(list));
    }
}
