// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/log_text.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using namespace eliot::literals;
using eliot::detail::LogText;

TEST_CASE("a log is drawn as an indented tree with fields and outcomes") {
    const Lines log;
    static std::optional<eliot::Action> background;
    {
        auto action = eliot::start_action("signin", "username"_f = "john");
        eliot::log_message("check", "ok"_f = true, "n"_f = 1);
        {
            auto query = eliot::start_action("query");
            eliot::log_message("row");
            query.add_success_fields("rows"_f = 1);
        }
        background.emplace("background");
        background->log("hello");
        action.fail("no such user");
    }
    eliot::log_message("bye");
    CHECK(LogText{"  "}.draw(log.messages()) == R"(  signin → failed  username="john"
  ├── check  n=1, ok=true
  ├── query → succeeded
  │   ├── row
  │   └── succeeded  rows=1
  ├── background → never ended
  │   └── hello
  └── failed  exception="eliot::Failure", reason="no such user"
  bye
)");
}

TEST_CASE("fields that do not fit into a line get one each, long values an end") {
    const Lines log;
    {
        auto action = eliot::start_action("outer", "long"_f = std::string(100, 'x'));
        eliot::log_message("inner", "first"_f = std::string(40, 'y'),
                           "second"_f = std::string(40, 'z'), "third"_f = "äöüäöüäöüäöüäöüäöüäöü");
    }
    CHECK(LogText{""}.draw(log.messages()) == R"(outer → succeeded
    long="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
└── inner
        first="yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"
        second="zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
        third="äöüäöüäöüäöüäöüäöüäöü"
)");
}

TEST_CASE("no line is longer than Catch2 shows without wrapping, whatever the depth") {
    const Lines log;
    std::optional<eliot::ActionScope> nested[6];
    for (auto& action : nested) {
        action.emplace(eliot::detail::child_scope, "action", "value"_f = std::string(50, 'v'));
    }
    for (int i = 5; i >= 0; --i) {
        nested[i].reset();
    }
    std::istringstream text{LogText{"    "}.draw(log.messages())};
    int lines = 0;
    for (std::string line; std::getline(text, line); ++lines) {
        CHECK(line.size() <= 77);
    }
    CHECK(lines == 12);
}

TEST_CASE("a value is cut between characters") {
    using eliot::detail::short_value;
    CHECK(short_value("äöü", 100) == "\"äöü\"");
    CHECK(short_value("ääääää", 8) == "\"ää…");
    CHECK(short_value("ääääää", 9) == "\"ää…");
    CHECK(short_value("ääääää", 10) == "\"äää…");
    CHECK(short_value("\n\x01", 100) == "\"\\n\\u0001\"");
}

TEST_CASE("a line is marked by its contents") {
    const Lines log;
    eliot::log_message("a");
    eliot::log_message("b");
    const auto messages = log.messages();
    CHECK(LogText{"", &messages[1], "here"}.draw(messages) == "a\nb  ← here\n");
}

TEST_CASE("a long log is cut and an empty one says so") {
    const Lines log;
    CHECK(LogText{"  "}.draw(log.messages()) == "  (empty)\n");
    for (int i = 0; i < 250; ++i) {
        eliot::log_message("a");
    }
    const std::string text = LogText{"  "}.draw(log.messages());
    CHECK(text.ends_with("  a\n  … and 50 more lines\n"));
}

TEST_CASE("the text of a traceback is left to those who show it in full") {
    const Lines log;
    eliot::write_traceback(std::make_exception_ptr(std::runtime_error{"x"}));
    eliot::log_message("mine", "traceback"_f = 1);
    CHECK(LogText{""}.draw(log.messages()) ==
          "eliot:traceback  exception=\"std::runtime_error\", reason=\"x\"\n"
          "mine  traceback=1\n");
}

TEST_CASE("what started before the log says so") {
    nlohmann::json end = {{"task_uuid", "u"},
                          {"task_level", {2, 5}},
                          {"action_type", "a"},
                          {"action_status", "succeeded"}};
    CHECK(LogText{""}.draw(std::vector{end}) == "a (started before the log) → succeeded\n");
}

TEST_CASE("logged messages, actions and children are printed as trees") {
    const Lines log;
    {
        auto action = eliot::start_action("a", "n"_f = 1);
    }
    eliot::log_message("b");
    const auto messages = log.messages();
    std::ostringstream out;
    out << eliot::testing::LoggedAction::of_type(messages, "a").at(0)
        << eliot::testing::LoggedMessage::of_type(messages, "b").at(0);
    CHECK(out.str() == "\n    a → succeeded  n=1\n\n    b\n");
}
