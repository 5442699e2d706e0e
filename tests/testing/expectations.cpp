// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/expectations.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "testing/work.hpp"

#include <string>

using namespace eliot::literals;
using eliot::detail::ActionExpectation;
using eliot::detail::FieldsExpectation;
using eliot::detail::MessageExpectation;
using eliot::detail::TreeExpectation;
using eliot::testing::Capture;
using eliot::testing::LoggedAction;
using eliot::testing::LoggedMessage;
using eliot::testing::succeeded;

TEST_CASE("an expected message is looked for in captures and in messages") {
    const Capture log;
    work();
    const MessageExpectation step{"step", {{"ok", true}}};
    CHECK(step.mismatch(log).empty());
    CHECK(step.mismatch(log.messages()).empty());
    CHECK(step.description() == R"(contains a message "step" with {"ok":true})");
    CHECK(step.evidence(log) == R"(there is a message "step" with {"ok":true}.

The log:

    work → succeeded  n=1
    ├── step  ok=true  ← this one
    └── succeeded  done=1)");
    const MessageExpectation other{"other", {}};
    CHECK(other.description() == "contains a message \"other\"");
    CHECK(other.mismatch(log).starts_with("no message \"other\" was logged."));
}

TEST_CASE("an expected action is looked for in captures and in messages") {
    const Capture log;
    work();
    const ActionExpectation action{{"work", succeeded, {{"n", 1}}, {{"done", 1}}}};
    CHECK(action.mismatch(log).empty());
    CHECK(action.mismatch(log.messages()).empty());
    CHECK(action.description() ==
          R"(contains an action "work" that succeeded with {"n":1}, at its end with {"done":1})");
    CHECK(action.evidence(log).find("work → succeeded  n=1  ← this one") != std::string::npos);
    const ActionExpectation other{{"work", eliot::testing::failed, {}, {}}};
    CHECK(other.description() == R"(contains an action "work" that failed)");
    CHECK(other.mismatch(log).find("✗ outcome  succeeded, expected failed") != std::string::npos);
}

TEST_CASE("expected fields are looked for in JSON and in logged messages") {
    const Capture log;
    work();
    const auto step = LoggedMessage::of_type(log.messages(), "step").at(0);
    const FieldsExpectation fields{{{"ok", true}}};
    CHECK(fields.mismatch(step).empty());
    CHECK(fields.mismatch(step.message()).empty());
    CHECK(fields.description() == R"(contains the fields {"ok":true})");
    CHECK(fields.evidence(step) == R"(the message has the fields {"ok":true})");
    CHECK_FALSE(FieldsExpectation{{{"ok", false}}}.mismatch(step).empty());
}

TEST_CASE("an expected tree is looked for in logs, and compared with actions") {
    const Capture log;
    work();
    const auto action = LoggedAction::of_type(log.messages(), "work").at(0);
    const TreeExpectation tree{"work > [step]"};
    CHECK(tree.mismatch(log).empty());
    CHECK(tree.mismatch(log.messages()).empty());
    CHECK(tree.mismatch(action).empty());
    CHECK(tree.description() == "contains the tree work > [step]");
    CHECK(tree.evidence(action) == "there is a tree\n\n    work > [step]\n\n");
    CHECK(TreeExpectation{"work > [leap]"}.mismatch(log) == R"(there is no tree

    work > [leap]

In work:

    expected  [leap]
    there is  [step]

The log:

    work → succeeded  n=1
    ├── step  ok=true
    └── succeeded  done=1)");
    CHECK(TreeExpectation{"play"}.mismatch(action) ==
          "there is no tree\n\n    play\n\nThe action is \"work\".");
}
