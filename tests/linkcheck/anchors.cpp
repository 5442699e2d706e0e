// SPDX-License-Identifier: Apache-2.0
#include "../../examples/linkcheck/anchors.hpp"

#include "support/catch.hpp"

using linkcheck::Anchors;
using linkcheck::slug;

TEST_CASE("a slug is the heading in lower case, with hyphens for spaces, without punctuation") {
    CHECK(slug("Getting Started") == "getting-started");
    CHECK(slug("What's new in 2.0?") == "whats-new-in-20");
    CHECK(slug("Flush::line | task") == "flushline--task");
    CHECK(slug("snake_case and kebab-case") == "snake_case-and-kebab-case");
    CHECK(slug("a  b") == "a--b");
    CHECK(slug("(...)").empty());
}

TEST_CASE("a slug keeps the letters of every language and drops other symbols") {
    CHECK(slug("\u00dcber \u00c4pfel") == "\u00fcber-\u00e4pfel");
    CHECK(slug("\u0414\u041e\u041c") == "\u0434\u043e\u043c");
    CHECK(slug("\u65e5\u672c\u8a9e") == "\u65e5\u672c\u8a9e");
    CHECK(slug("yes \u2014 no") == "yes--no");
    CHECK(slug("\U0001f680 Start") == "-start");
}

TEST_CASE("a slug of text that is no UTF-8 ends") {
    CHECK_NOTHROW(slug("a\xff\xc3"));
    CHECK_NOTHROW(slug("\xf0\x9f"));
}

TEST_CASE("a heading that repeats gets a number that no other heading has") {
    Anchors anchors;
    for (const char* heading : {"Usage", "Usage-1", "Usage", "Usage"}) {
        anchors.add_heading(heading);
    }
    CHECK(anchors.size() == 4);
    CHECK(anchors.contains("usage"));
    CHECK(anchors.contains("usage-1"));
    CHECK(anchors.contains("usage-2"));
    CHECK(anchors.contains("usage-3"));
}

TEST_CASE("an element's id takes no name from a heading") {
    Anchors anchors;
    anchors.add_element("usage");
    anchors.add_heading("Usage");
    CHECK(anchors.contains("usage"));
    CHECK_FALSE(anchors.contains("usage-1"));
}

TEST_CASE("a wrongly written anchor finds its like") {
    Anchors anchors;
    anchors.add_heading("Getting Started");
    CHECK(anchors.like("Getting-Started") == "getting-started");
    CHECK(anchors.like("getting started!") == "getting-started");
    CHECK(anchors.like("started").empty());
}
