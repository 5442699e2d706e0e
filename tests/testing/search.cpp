// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/search.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"
#include "testing/texts.hpp"

#include <string>
#include <vector>

using namespace eliot::literals;
using eliot::detail::ActionSearch;
using eliot::detail::MessageSearch;
using eliot::testing::AssertionError;
using eliot::testing::failed;
using eliot::testing::Outcome;
using eliot::testing::succeeded;

namespace {

std::vector<nlohmann::json> people() {
    const Lines log;
    auto action = eliot::start_action("import", "file"_f = "people.csv");
    eliot::log_message("user", "name"_f = "john", "age"_f = 12);
    eliot::log_message("user", "name"_f = "jane", "age"_f = 13, "admin"_f = true);
    action.add_success_fields("count"_f = 2);
    action.finish();
    return log.messages();
}

std::string on_missing_message(const std::string& type, const nlohmann::json& fields) {
    return text_thrown_by<AssertionError>([&] { MessageSearch{people(), type, fields}.found(); });
}
std::string on_missing_action(const std::string& type, Outcome outcome, const nlohmann::json& start,
                              const nlohmann::json& end) {
    return text_thrown_by<AssertionError>(
        [&] { ActionSearch{people(), {type, outcome, start, end}}.found(); });
}

}

TEST_CASE("the first message that has all the fields is found") {
    const auto log = people();
    const nlohmann::json fields{{"admin", true}};
    CHECK(MessageSearch{log, "user", fields}.match() == &log[2]);
    CHECK(MessageSearch{log, "user", nullptr}.match() == &log[1]);
    CHECK(MessageSearch{log, "users", nullptr}.match() == nullptr);
}

TEST_CASE("a missing message is told with the nearest one and its differences") {
    CHECK(on_missing_message("user", {{"name", "jane"}, {"age", 14}, {"email", "j@example.org"}}) ==
          R"(no message "user" has the expected fields:

    age    14
    email  "j@example.org"
    name   "jane"

The nearest of 2 differs:

    ✗  age    13, expected 14
    ✗  email  missing, expected "j@example.org"
       name   "jane"

The log:

    import → succeeded  file="people.csv"
    ├── user  age=12, name="john"
    ├── user  admin=true, age=13, name="jane"  ← this one
    └── succeeded  count=2)");
}

TEST_CASE("a type that is not in the log is told with the name that is nearest") {
    const std::string log = R"(

The log:

    import → succeeded  file="people.csv"
    ├── user  age=12, name="john"
    ├── user  admin=true, age=13, name="jane"
    └── succeeded  count=2)";
    CHECK(on_missing_message("users", {}) ==
          "no message \"users\" was logged. Did you mean \"user\"?" + log);
    CHECK(on_missing_message("import", {}) ==
          "no message \"import\" was logged. There is an action of that name." + log);
    CHECK(on_missing_message("something else", {}) ==
          "no message \"something else\" was logged." + log);
    CHECK(on_missing_action("user", succeeded, {}, {}) ==
          "no action \"user\" was logged. There is a message of that name." + log);
}

TEST_CASE("the first action with the outcome and the fields is found") {
    const auto log = people();
    const eliot::detail::ExpectedAction expected{
        "import", succeeded, {{"file", "people.csv"}}, {{"count", 2}}};
    CHECK(ActionSearch{log, expected}.found().end_message() == log[3]);
}

TEST_CASE("a missing action is told with outcome, start and end of the nearest one") {
    CHECK(on_missing_action("import", failed, {{"file", "pets.csv"}}, {{"count", 2}, {"x", 1}}) ==
          R"(no action "import" is as expected:

    outcome         failed
    start    file   "pets.csv"
    end      count  2
    end      x      1

The only one differs:

    ✗ outcome         succeeded, expected failed
    ✗ start    file   "people.csv", expected "pets.csv"
      end      count  2
    ✗ end      x      missing, expected 1

The log:

    import → succeeded  file="people.csv"  ← this one
    ├── user  age=12, name="john"
    ├── user  admin=true, age=13, name="jane"
    └── succeeded  count=2)");
}

TEST_CASE("an action that never ended is no match, and is told as such") {
    const Lines log;
    const eliot::Action action{"a"};
    const auto messages = log.messages();
    CHECK(text_thrown_by<AssertionError>([&] {
              ActionSearch{messages, {"a", succeeded, {}, {}}}.found();
          }) == R"(no action "a" is as expected:

    outcome  succeeded

The only one differs:

    ✗ outcome  never ended, expected succeeded

The log:

    a → never ended  ← this one)");
}

TEST_CASE("edit distances count what is added, removed and replaced") {
    using eliot::detail::edit_distance;
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("abc", "abc") == 0);
    CHECK(edit_distance("flaw", "lawn") == 2);
}
