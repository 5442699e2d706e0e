// SPDX-License-Identifier: Apache-2.0
#include "../../examples/linkcheck/markdown.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>

using linkcheck::read_markdown;

namespace {

/// "line target" of each link, and "line [label]" of each reference to nothing.
std::string links_of(std::string_view text) {
    const linkcheck::Document document = read_markdown(text);
    std::string found;
    for (const linkcheck::Link& link : document.links) {
        found += std::to_string(link.line) + ' ' + link.target + '\n';
    }
    for (const linkcheck::Reference& reference : document.unresolved) {
        found += std::to_string(reference.line) + " [" + reference.label + "]\n";
    }
    return found;
}

bool has_anchor(std::string_view text, const char* anchor) {
    return read_markdown(text).anchors.contains(anchor);
}

} // namespace

TEST_CASE("inline links and images are found wherever text stands") {
    CHECK(links_of("[a](x.md) and ![b](y.png)\n\n* [c](z.md)\n\n> [d](w.md)\n") ==
          "1 x.md\n1 y.png\n3 z.md\n5 w.md\n");
    CHECK(links_of("# See [a](x.md)\n\n| [b](y.md) | [c](z.md) |\n|---|---|\n") ==
          "1 x.md\n3 y.md\n3 z.md\n");
    CHECK(links_of("[![badge](b.svg)](x.md)\n") == "1 b.svg\n1 x.md\n");
    CHECK(links_of("text[^1]\n\n[^1]: see [a](x.md)\n") == "3 x.md\n");
}

TEST_CASE("a link's line is that of its opening bracket") {
    CHECK(links_of("one\ntwo [a\nb](x.md)\n") == "2 x.md\n");
    CHECK(links_of("---\ntitle: t\n---\n[a](x.md)\n") == "4 x.md\n");
    CHECK(links_of("a\r\n\r\n[a](x.md)\r\n") == "3 x.md\n");
}

TEST_CASE("targets may have titles, angle brackets, parentheses and escapes") {
    CHECK(links_of("[a](x.md \"title\") [b](<y z.md>) [c](w_(v).md)\n") ==
          "1 x.md\n1 y z.md\n1 w_(v).md\n");
    CHECK(links_of("[a](x\\)y.md) [b]( z.md ) [c]()\n") == "1 x)y.md\n1 z.md\n1 \n");
    CHECK(links_of("[a] (x.md) [b](no space.md)\n").empty());
}

TEST_CASE("code holds no links") {
    CHECK(links_of("`[a](x.md)` and ``[b](`y.md)``\n").empty());
    CHECK(links_of("```\n[a](x.md)\n```\n~~~~\n```\n[b](y.md)\n~~~~\n[c](z.md)\n") == "8 z.md\n");
    CHECK(links_of("text\n\n    [a](x.md)\n\n- item\n\n      [b](y.md)\n").empty());
    CHECK(links_of("- item\n\n  ```\n  [a](x.md)\n  ```\n  [b](y.md)\n") == "6 y.md\n");
    CHECK(links_of("- item\n```\n[a](x.md)\n```\n[b](y.md)\n") == "5 y.md\n");
    CHECK(links_of("> ```\n> [a](x.md)\n[b](y.md)\n") == "3 y.md\n");
}

TEST_CASE("indented text of a list item or of a paragraph is no code") {
    CHECK(links_of("1. one\n\n    [a](x.md)\n") == "3 x.md\n");
    CHECK(links_of("text\n     [a](x.md)\n") == "2 x.md\n");
    CHECK(links_of("- - nested\n\n      [a](x.md)\n") == "3 x.md\n");
}

TEST_CASE("escapes, comments and unclosed brackets make no links") {
    CHECK(links_of("\\[a](x.md) [b\\](y.md)\n").empty());
    CHECK(links_of("<!-- [a](x.md)\n\n[b](y.md) --> [c](z.md)\n").empty());
    CHECK(links_of("a <!-- [b](x.md) --> [c](y.md)\n") == "1 y.md\n");
    CHECK(links_of("[[[ ](x.md\n").empty());
}

TEST_CASE("definitions are links, and references look them up without regard to case") {
    CHECK(links_of(
              "[a][The  Label] and [the label][] and [the label]\n\n[the LABEL]: x.md 'title'\n") ==
          "3 x.md\n");
    CHECK(links_of("[a]: <x y.md>\n[b]:\n  z.md\n") == "1 x y.md\n2 z.md\n");
    CHECK(links_of("[a][b]\n\n[c][]\n") == "1 [b]\n3 [c]\n");
    CHECK(links_of("a[i][j] and [^1][^2] and [ ] and [x] and [!NOTE]\n").empty());
}

TEST_CASE("HTML has links and anchors, and no Markdown") {
    CHECK(links_of("<p>\n<img src=\"a.png\"> [x](y.md)\n</p>\n") == "2 a.png\n");
    CHECK(links_of("text <a href='x.md'>x</a> <source srcset=\"b.png 2x\">\n") ==
          "1 x.md\n1 b.png\n");
    CHECK(links_of("<pre>\n[a](x.md)\n\n[b](y.md)\n</pre>\n[c](z.md)\n") == "6 z.md\n");
    CHECK(links_of("<https://example.org/x> and <a@example.org>\n") == "1 https://example.org/x\n");
    CHECK(links_of("1 < 2 and <a href=\"x.md\" [b](y.md)\n") == "1 y.md\n");
    CHECK(has_anchor("<a name=\"one\"></a>\n", "one"));
    CHECK(has_anchor("text <span id=two>x</span>\n", "two"));
    CHECK(has_anchor("<h2 align=\"center\">Big <b>One</b></h2>\n", "big-one"));
}

TEST_CASE("headings become anchors by their text without markup") {
    CHECK(has_anchor("# One *two* `three_four` ##\n", "one-two-three_four"));
    CHECK(has_anchor("Two\nlines\n===\n", "twolines"));
    CHECK(has_anchor("sub\n---\n", "sub"));
    CHECK(has_anchor("## [link](x.md) and ![image](y.png) &amp; more\n", "link-and---more"));
    CHECK(has_anchor("# _emphasis_ and __init__ and snake_case\n",
                     "emphasis-and-init-and-snake_case"));
    CHECK(has_anchor("# `__init__`\n", "__init__"));
    CHECK(has_anchor("# <a name=\"x\"></a>One\n", "one"));
}

TEST_CASE("what only looks like a heading is none") {
    CHECK_FALSE(has_anchor("#hashtag\n", "hashtag"));
    CHECK_FALSE(has_anchor("```\n# code\n```\n", "code"));
    CHECK_FALSE(has_anchor("    # code\n", "code"));
    CHECK_FALSE(has_anchor("- item\n---\n", "item"));
    CHECK_FALSE(has_anchor("####### seven\n", "seven"));
}
