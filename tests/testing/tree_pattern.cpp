// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/tree_pattern.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "testing/texts.hpp"

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using eliot::detail::TreeDifference;
using eliot::detail::TreePattern;
using eliot::detail::TreePatternParser;
using eliot::testing::LoggedAction;
using eliot::testing::LoggedChild;

namespace {

TreePattern parse(std::string_view text) { return TreePatternParser{text}.parse(); }

/// The pattern again, everything made plain.
std::string plain(const TreePattern& pattern) {
    std::string text = pattern.name;
    if (pattern.has_children) {
        text += ">[";
        for (const TreePattern& child : pattern.children) {
            text += plain(child) + ",";
        }
        text += "]";
    }
    return text;
}

std::string on_error(std::string_view text) {
    return text_thrown_by<std::invalid_argument>([&] { parse(text); });
}

/// signin > [check, query > [row, row, row], "a > b" > [], check]
std::vector<LoggedChild> log_roots() {
    const Lines log;
    auto action = eliot::start_action("signin");
    eliot::log_message("check");
    {
        auto query = eliot::start_action("query");
        for (int i = 0; i < 3; ++i) {
            eliot::log_message("row");
        }
    }
    {
        auto odd = eliot::start_action("a > b");
    }
    eliot::log_message("check");
    action.finish();
    return LoggedAction::roots(log.messages());
}

bool matches(std::string_view pattern) {
    return eliot::detail::matches(parse(pattern), log_roots().at(0));
}
bool is_found(std::string_view pattern) {
    return eliot::detail::is_found(parse(pattern), log_roots());
}
std::string difference(std::string_view pattern) {
    return TreeDifference{parse(pattern), log_roots().at(0)}.text();
}

}

TEST_CASE("a pattern is names with what is in them, blanks free") {
    CHECK(plain(parse("a")) == "a");
    CHECK(plain(parse("  a  >[ b,c > [d ] , e>[] ]\n")) == "a>[b,c>[d,],e>[],]");
    CHECK(plain(parse("a > b > c")) == "a>[b>[c,],]");
    CHECK(plain(parse("* > [..., *]")) == "*>[...,*,]");
    CHECK(plain(parse("http:request > my type")) == "http:request>[my type,]");
    CHECK(plain(parse(R"("a, > [b]" > ["*"])")) == "a, > [b]>[*,]");
    CHECK(parse("\"*\"").kind == TreePattern::Kind::named);
    CHECK(parse("*").kind == TreePattern::Kind::any);
}

TEST_CASE("a pattern that cannot be read is shown with the place and an example") {
    CHECK(on_error("signin > [check query > [row]") ==
          R"(eliot: in the tree
    signin > [check query > [row]
                                 ^ expected ',' or ']'; for example )"
          R"("signin > [check, query > [row, ...], *]")");
    CHECK(on_error("").find("    ^ expected the name of a type") != std::string::npos);
    CHECK(on_error("a > [,b]").find("         ^ expected the name of a type") != std::string::npos);
    CHECK(on_error("a, b").find("     ^ expected one tree, and nothing behind it") !=
          std::string::npos);
    CHECK(on_error("...").find("expected one tree, not any number of them") != std::string::npos);
    CHECK(on_error("\"a").find("      ^ expected a closing quote") != std::string::npos);
    CHECK(on_error("a ] b").find("expected one tree") != std::string::npos);
}

TEST_CASE("a name alone matches whatever happened in it, a list exactly what it says") {
    CHECK(matches("signin"));
    CHECK_FALSE(matches("sign"));
    CHECK(matches("signin > [check, query, \"a > b\", check]"));
    CHECK(matches("signin > [check, query > [row, row, row], \"a > b\" > [], check]"));
    CHECK_FALSE(matches("signin > [check, query, \"a > b\"]"));
    CHECK_FALSE(matches("signin > [query, check, \"a > b\", check]"));
    CHECK_FALSE(matches("signin > [check, query > [], \"a > b\", check]"));
    CHECK_FALSE(matches("signin > []"));
    CHECK_FALSE(matches("signin > [check > [], query, \"a > b\", check]"));
}

TEST_CASE("a star is any one node, dots are any number of them") {
    CHECK(matches("*"));
    CHECK(matches("* > [*, *, *, *]"));
    CHECK_FALSE(matches("* > [*, *, *]"));
    CHECK(matches("signin > [...]"));
    CHECK(matches("signin > ..."));
    CHECK(matches("signin > [..., check]"));
    CHECK(matches("signin > [check, ..., check]"));
    CHECK(matches("signin > [..., query > [..., row, row, ...], ...]"));
    CHECK(matches("signin > [..., ..., check, query, ..., *, check, ...]"));
    CHECK_FALSE(matches("signin > [..., query, check]"));
    CHECK_FALSE(matches("signin > [..., check, *]"));
    CHECK_FALSE(matches("signin > [..., query > [row, row, row, row, ...], ...]"));
}

TEST_CASE("a tree is found anywhere in a log") {
    CHECK(is_found("query > [row, row, row]"));
    CHECK(is_found("row"));
    CHECK(is_found("* > []"));
    CHECK_FALSE(is_found("query > [row]"));
    CHECK_FALSE(is_found("column"));
}

TEST_CASE("a difference is told at the deepest place that it can be told at") {
    CHECK(difference("signin > [check, query > [row, col, ...], \"a > b\", check]") ==
          R"(In signin > query:

    expected  [row, col, ...]
    there is  [row, row, row])");
    CHECK(difference("signin > [check, check]") == R"(In signin:

    expected  [check, check]
    there is  [check, query, a > b, check])");
    CHECK(difference("signin > [check > [a], query, *, check]") == R"(In signin > check:

    expected  an action with [a]
    there is  a message)");
}
