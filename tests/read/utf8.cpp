// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/utf8.hpp>

#include "support/catch.hpp"

using namespace eliot::detail;

namespace {

std::vector<char32_t> decode(std::string_view text) {
    std::vector<char32_t> codes;
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        codes.push_back(decode_utf8(at, end));
    }
    return codes;
}

}

TEST_CASE("every character survives being encoded and decoded") {
    for (char32_t code = 0; code <= 0x10FFFF; code += code < 0x3000 ? 1 : 97) {
        std::string text;
        append_utf8(text, code);
        REQUIRE(decode(text) == std::vector{code});
        REQUIRE(text.size() == utf8_length(text[0]));
    }
}

TEST_CASE("what is no UTF-8 is refused byte by byte") {
    const std::vector<char32_t> bad(2, bad_utf8);
    CHECK(decode("\xC0\x80") == bad);                                        // too long a form
    CHECK(decode("\xE0\x80\x80") == std::vector<char32_t>(3, bad_utf8));     // too long a form
    CHECK(decode("\xF4\x90\x80\x80") == std::vector<char32_t>(4, bad_utf8)); // beyond Unicode
    CHECK(decode("\xFF\xBF") == bad);
    CHECK(decode("\xC3(") == std::vector<char32_t>{bad_utf8, U'('});
}

TEST_CASE("a character that the end cuts off is told from one that is wrong") {
    const std::string_view cut = "\xE2\x82";
    const std::string_view wrong = "\xE2(";
    CHECK(is_cut_utf8(cut.data(), cut.data() + cut.size()));
    CHECK_FALSE(is_cut_utf8(wrong.data(), wrong.data() + wrong.size()));
}

TEST_CASE("repairing leaves good text alone and replaces what is bad") {
    CHECK(repair_utf8("h\xC3\xA9 \xF0\x9F\x98\x80") == "h\xC3\xA9 \xF0\x9F\x98\x80");
    CHECK(repair_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(repair_utf8("a\xED\xA0\x80z") == "a\xEF\xBF\xBDz"); // a surrogate
}
