// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/json_print.hpp>

#include "support/catch.hpp"

#include <random>

using namespace eliot::detail;

namespace {

std::string as_json(std::string_view value) {
    std::string out;
    append_python_json(out, value);
    return out;
}

std::string as_text(std::string_view value) {
    std::string out;
    append_python_text(out, value);
    return out;
}

}

TEST_CASE("values are dumped as Python's json dumps them") {
    CHECK(as_json(R"({ "z": 1, "a" : [1, {"b": [2, {"c": [3, {"d": null}]}]}] })") ==
          R"({"z":1,"a":[1,{"b":[2,{"c":[3,{"d":null}]}]}]})");
    CHECK(as_json("[[],{},[[1],[]]]") == "[[],{},[[1],[]]]");
    CHECK(as_json("\"h\xC3\xA9 \xF0\x9F\x98\x80 \\ud800 \\u0000 \\/ \x7F\"") ==
          "\"h\\u00e9 \\ud83d\\ude00 \\ud800 \\u0000 / \\u007f\"");
    CHECK(as_json("[NaN,Infinity,-Infinity,true,false,null]") ==
          "[NaN,Infinity,-Infinity,true,false,null]");
}

TEST_CASE("floats are written as Python's repr writes them") {
    CHECK(as_text("1e22") == "1e+22");
    CHECK(as_text("1E16") == "1e+16");
    CHECK(as_text("1e15") == "1000000000000000.0");
    CHECK(as_text("123456789012345678.0") == "1.2345678901234568e+17");
    CHECK(as_text("0.0001") == "0.0001");
    CHECK(as_text("0.00001") == "1e-05");
    CHECK(as_text("1.50") == "1.5");
    CHECK(as_text("1.0") == "1.0");
    CHECK(as_text("100.00") == "100.0");
    CHECK(as_text("-0.0") == "-0.0");
    CHECK(as_text("0e5") == "0.0");
    CHECK(as_text("0.3333333333333333") == "0.3333333333333333");
    CHECK(as_text("1.7976931348623157e308") == "1.7976931348623157e+308");
    CHECK(as_text("5e-324") == "5e-324");
    CHECK(as_text("1e-100") == "1e-100");
    CHECK(as_text("1e999") == "inf");
}

TEST_CASE("every double reads back from what is written for it") {
    std::mt19937_64 random{11};
    for (int round = 0; round < 20'000; ++round) {
        const std::uint64_t bits = random();
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        if (std::isfinite(value)) {
            std::string text;
            append_python_float(text, value);
            REQUIRE(std::strtod(text.c_str(), nullptr) == value);
        }
    }
}

TEST_CASE("integers keep all their digits") {
    CHECK(as_text("1000000000000000000000000000000") == "1000000000000000000000000000000");
    CHECK(as_text("-0") == "0");
}

TEST_CASE("scalars are shown as Python shows them") {
    CHECK(as_text("true") == "True");
    CHECK(as_text("false") == "False");
    CHECK(as_text("null") == "None");
    CHECK(as_text("NaN") == "nan");
    CHECK(as_text("-Infinity") == "-inf");
    CHECK(as_text(R"("it's \"both\"")") == "it's \"both\"");
}

TEST_CASE("a value nested a hundred thousand times is dumped without recursion") {
    const std::size_t depth = 100'000;
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += i % 2 == 0 ? "[" : "{\"a\":";
    }
    text += '1';
    for (std::size_t i = depth; i-- > 0;) {
        text += i % 2 == 0 ? ']' : '}';
    }
    CHECK(as_json(text) == text);
}
