// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/json_value.hpp>

#include "support/catch.hpp"

#include <random>

using namespace eliot::detail;
using nlohmann::json;

namespace {

std::string dumped(const json& value) {
    std::string out;
    append_json(out, value);
    return out;
}

}

TEST_CASE("text becomes the value that nlohmann_json reads") {
    for (const char* const text :
         {"1", "-7", "9223372036854775807", "-9223372036854775808", "18446744073709551615", "1.5",
          "-0.0", "1e300", "true", "null", R"("a\u00e9\ud83d\ude00")", "[]", "{}",
          R"({"a":[1,{"b":[true,null]},[]],"c":{"d":{}}})", R"([[[1],2],[{"x":[3]}]])"}) {
        CAPTURE(text);
        CHECK(json_from_text(text) == json::parse(text));
        CHECK(json_from_text(text).type() == json::parse(text).type());
    }
}

TEST_CASE("text that nlohmann_json refuses becomes the nearest value") {
    CHECK(std::isnan(json_from_text("NaN").get<double>()));
    CHECK(std::isinf(json_from_text("Infinity").get<double>()));
    CHECK(json_from_text("-Infinity").get<double>() < 0);
    CHECK(json_from_text(R"("a\ud800b")") == "a\xEF\xBF\xBD"
                                             "b");
    CHECK(json_from_text("1000000000000000000000000000000").get<double>() == 1e30);
    CHECK(json_from_text(R"({"a":1,"a":2})") == json{{"a", 2}});
    CHECK(json_from_text("1e999").get<double>() == std::numeric_limits<double>::infinity());
}

TEST_CASE("short numbers are read to the same double as by the standard library") {
    std::mt19937_64 random{3};
    for (int round = 0; round < 20'000; ++round) {
        std::string text = round % 2 == 0 ? "-" : "";
        text +=
            std::to_string(random() % 100'000'000) + '.' + std::to_string(random() % 10'000'000);
        REQUIRE(number_value(text) == std::strtod(text.c_str(), nullptr));
    }
}

TEST_CASE("a value becomes one line of text") {
    CHECK(dumped(json::parse(R"({"b":[1,2.5,"x\n"],"a":{}, "c":[], "d":[[],[{}]]})")) ==
          R"({"a":{},"b":[1,2.5,"x\n"],"c":[],"d":[[],[{}]]})");
    CHECK(dumped(std::numeric_limits<double>::quiet_NaN()) == "NaN");
    CHECK(dumped(-std::numeric_limits<double>::infinity()) == "-Infinity");
    CHECK(dumped("a\xFFz") == "\"a\xEF\xBF\xBDz\"");
    CHECK(dumped(json::binary({1, 2})) == "null");
}

TEST_CASE("a value nested a hundred thousand times goes both ways without recursion") {
    const std::size_t depth = 100'000;
    const std::string text = std::string(depth, '[') + std::string(depth, ']');
    CHECK(dumped(json_from_text(text)) == text);
}
