// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/text_output.hpp>

#include "support/catch.hpp"

using namespace eliot;

TEST_CASE("text is handed on in whole lines") {
    std::vector<std::string> parts;
    TextOutput out{[&](std::string_view part) { parts.emplace_back(part); }};
    out.text() += "one";
    out.end_line();
    out.text() += "two";
    out.flush();
    CHECK(parts == std::vector<std::string>{"one\n"});
    out.end_line();
    out.flush();
    CHECK(parts == std::vector<std::string>{"one\n", "two\n"});
    out.flush();
    CHECK(parts.size() == 2);
}

TEST_CASE("much text is handed on by itself, the rest at the end") {
    std::size_t parts = 0;
    std::string all;
    {
        TextOutput out{[&](std::string_view part) {
            ++parts;
            all += part;
        }};
        for (int i = 0; i < 100'000; ++i) {
            out.line("line");
        }
        CHECK(parts > 3);
    }
    CHECK(all.size() == 500'000);
}

TEST_CASE("a line of any length can be handed on while it is written") {
    std::string all;
    std::size_t most = 0;
    TextOutput out{[&](std::string_view part) {
        most = std::max(most, part.size());
        all += part;
    }};
    for (int i = 0; i < 100'000; ++i) {
        out.text() += "word ";
        out.hand_on_if_large();
    }
    out.end_line();
    out.flush();
    CHECK(all.size() == 500'001);
    CHECK(most < 100'000);
}

TEST_CASE("lines are cut to the width") {
    std::string all;
    TextOutput out{[&](std::string_view part) { all += part; }, 5};
    out.line("hello");
    out.line("hello!");
    out.flush();
    CHECK(all == "hello\nhell…\n");
}

TEST_CASE("only an output with colours has colours") {
    std::string plain;
    std::string coloured;
    for (auto* text : {&plain, &coloured}) {
        TextOutput out{[&](std::string_view part) { *text += part; }, 0, text == &coloured};
        out.paint(TextStyle::failed, "no");
        out.paint(TextStyle::plain, "!");
        out.end_line();
    }
    CHECK(plain == "no!\n");
    CHECK(coloured == "\x1b[1;31mno\x1b[0m!\n");
}
