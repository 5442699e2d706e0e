// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/visible.hpp>

#include "support/catch.hpp"

using namespace eliot::detail;

namespace {

std::string cut(std::string_view line, std::size_t width) {
    std::string out;
    append_cut(out, line, width, "…");
    return out;
}

}

TEST_CASE("no control character is left in what goes to a terminal") {
    CHECK(visible("\x1b[31mred\x1b[0m") == "␛[31mred␛[0m");
    CHECK(visible("a\r\n\tb\x7F") == "a␍␊␉b␡");
    CHECK(visible(std::string_view("\0", 1)) == "␀");
    CHECK(visible("\xC2\x9B"
                  "31m") == "\\x9b31m"); // the one-character form of ESC [
    CHECK(visible("\xE2\x80\xAE"
                  "abc") == "\\u202eabc"); // turns the text that follows around
    CHECK(visible("a\xFF\xC3") == "a\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(visible("\xED\xA0\x80") == "\xEF\xBF\xBD");
    CHECK(visible("héllo 😀") == "héllo 😀");
}

TEST_CASE("columns are counted as terminals count them") {
    CHECK(columns(std::string_view{"abc"}) == 3);
    CHECK(columns(std::string_view{"漢字"}) == 4);
    CHECK(columns(std::string_view{"e\xCC\x81"}) == 1);
    CHECK(columns(std::string_view{"😀"}) == 2);
    CHECK(columns(std::string_view{"└── x"}) == 5);
}

TEST_CASE("a line is cut to a width, with a mark, and colours are switched off") {
    CHECK(cut("hello", 5) == "hello");
    CHECK(cut("hello!", 5) == "hell…");
    CHECK(cut("漢字漢字", 5) == "漢字…");
    CHECK(cut("漢字漢字", 4) == "漢…");
    CHECK(cut("\x1b[1mhello\x1b[0m", 5) == "\x1b[1mhello\x1b[0m");
    CHECK(cut("\x1b[1mhello!\x1b[0m", 5) == "\x1b[1mhell…\x1b[0m");
    CHECK(cut("hello", 0) == "…");
}
