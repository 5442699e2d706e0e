// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/pattern_parser.hpp>

#include "support/catch.hpp"

using eliot::PatternError;
using eliot::detail::PatternParser;

namespace {

std::string pattern_error(std::string_view pattern) {
    try {
        PatternParser{pattern}.parse();
    } catch (const PatternError& error) {
        return std::string{error.what()} + " @" + std::to_string(error.offset());
    }
    return "none";
}

}

TEST_CASE("what is wrong with a pattern is said with its place") {
    CHECK(pattern_error("a(b") == "a ( without its ) @3");
    CHECK(pattern_error("a)b") == "a ) without its ( @1");
    CHECK(pattern_error("a[b") == "a [ without its ] @1");
    CHECK(pattern_error("*a") == "nothing to repeat @0");
    CHECK(pattern_error("a|+") == "nothing to repeat @2");
    CHECK(pattern_error("a**") == "a repetition of a repetition @2");
    CHECK(pattern_error("a{2") == "a { without its } @3");
    CHECK(pattern_error("a{3,2}") == "a repetition whose most is below its least @6");
    CHECK(pattern_error("a{1001}") == "a repetition of more than 1000 times @6");
    CHECK(pattern_error("[b-a]") == "a range that goes backwards @4");
    CHECK(pattern_error("[\\D]") == "\\D, \\W and \\S cannot stand in [ ] @3");
    CHECK(pattern_error("(?=a)") == "only (?: ) is known of the groups that begin with (? @2");
    CHECK(pattern_error("\\1") == "there is no \\1 @1");
    CHECK(pattern_error("a\\") == "a \\ at the end @2");
}

TEST_CASE("patterns that would become too large are refused") {
    CHECK(pattern_error("((a{1000}){1000}){1000}").substr(0, 24) == "the pattern is too large");
    CHECK(pattern_error(std::string(200, '(') + std::string(200, ')')).substr(0, 26) ==
          "groups are nested too deep");
    CHECK(pattern_error(std::string(4000, 'a')) == "none");
}
