// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/pattern.hpp>

#include "support/catch.hpp"

#include <random>
#include <regex>

using eliot::Pattern;

namespace {

bool found(std::string_view pattern, std::string_view text) {
    return Pattern{pattern}.is_found_in(text);
}

}

TEST_CASE("a pattern is found anywhere in a text") {
    CHECK(found("b+c", "aabbbcd"));
    CHECK_FALSE(found("b+c", "aabbbd"));
    CHECK(found("", "anything"));
    CHECK(found("", ""));
    CHECK_FALSE(found("a", ""));
}

TEST_CASE("ends, choices and groups") {
    CHECK(found("^ab$", "ab"));
    CHECK_FALSE(found("^ab$", "xab"));
    CHECK_FALSE(found("^ab$", "aby"));
    CHECK(found("^(GET|POST|) /x", "POST /x"));
    CHECK(found("^(GET|POST|) /x", " /x"));
    CHECK(found("^(?:a(b|c)d|e)+$", "abdacde"));
    CHECK_FALSE(found("^(?:a(b|c)d|e)+$", "abdad"));
    CHECK(found("a||b", ""));
}

TEST_CASE("repetitions with counts") {
    CHECK(found("^a{3}$", "aaa"));
    CHECK_FALSE(found("^a{3}$", "aa"));
    CHECK(found("^(ab){1,2}$", "abab"));
    CHECK_FALSE(found("^(ab){1,2}$", "ababab"));
    CHECK(found("^a{2,}$", "aaaaa"));
    CHECK_FALSE(found("^a{2,}$", "a"));
    CHECK(found("^a{0}b??c*?$", "ccc"));
    CHECK(found("a{x", "a{x")); // no count: a brace
}

TEST_CASE("sets of characters") {
    CHECK(found("^[a-c_\\d]+$", "ab_09"));
    CHECK_FALSE(found("^[a-c]+$", "abd"));
    CHECK(found("^[^a-c]$", "d"));
    CHECK_FALSE(found("^[^a-c]$", "b"));
    CHECK(found("[]]", "]"));
    CHECK(found("^[a-]+$", "a-"));
    CHECK(found("^[\\]\\-]+$", "]-"));
    CHECK(found("^\\d+\\D\\w+\\W\\s\\S$", "12-ab. x"));
}

TEST_CASE("characters beyond ASCII are one each") {
    CHECK(found("^.$", "é"));
    CHECK(found("^[à-ü]+$", "éü"));
    CHECK(found("^\\w+$", "größe"));
    CHECK_FALSE(found("^..$", "😀"));
    CHECK(found("^.$", "\xFF"));
}

TEST_CASE("a dot does not stand for the end of a line") {
    CHECK_FALSE(found("^a.b$", "a\nb"));
    CHECK(found("^a\\nb$", "a\nb"));
    CHECK(found("^a[^x]b$", "a\nb"));
}

TEST_CASE("boundaries of words") {
    CHECK(found("\\bcat\\b", "a cat."));
    CHECK_FALSE(found("\\bcat\\b", "concatenate"));
    CHECK(found("\\Bcat\\B", "concatenate"));
    CHECK(found("\\bx$", "x"));
}

TEST_CASE("the case of letters can be ignored") {
    CHECK(found("(?i)TimeOut [A-F]+", "TIMEOUT abc"));
    CHECK(found("(?i)x", "X"));
    CHECK_FALSE(found("x", "X"));
}

TEST_CASE("patterns that make other engines slow are fast here") {
    const std::string text(50'000, 'a');
    CHECK_FALSE(found("(a*)*b", text));
    CHECK_FALSE(found("(a|aa)+$b", text));
    CHECK_FALSE(found("^(a+)+$b", text));
    CHECK(found("(x?){50}a{50}", text));
}

TEST_CASE("the standard library's expressions find the same") {
    std::mt19937 random{17};
    const std::string letters = "ab";
    const std::vector<std::string> pieces{"a",     "b",    "[ab]", "[^a]", ".",
                                          "(a|b)", "(ab)", "(a|)", "^",    "$"};
    const std::vector<std::string> counts{"", "", "", "*", "+", "?", "{2}", "{1,2}"};
    for (int round = 0; round < 3'000; ++round) {
        std::string pattern;
        for (auto left = 1 + random() % 5; left > 0; --left) {
            const std::string& piece = pieces[random() % pieces.size()];
            pattern += piece;
            pattern += piece == "^" || piece == "$" ? "" : counts[random() % counts.size()];
            pattern += left > 1 && random() % 6 == 0 ? "|" : "";
        }
        const std::regex expected{pattern};
        const Pattern own{pattern};
        for (int text_round = 0; text_round < 8; ++text_round) {
            std::string text;
            for (auto left = random() % 7; left > 0; --left) {
                text += letters[random() % letters.size()];
            }
            CAPTURE(pattern, text);
            REQUIRE(own.is_found_in(text) == std::regex_search(text, expected));
        }
    }
}
