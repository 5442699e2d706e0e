// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/catch2.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "testing/work.hpp"

#include <string>

// How these matchers fail is shown by samples/catch2.cpp.

using namespace eliot::literals;
using namespace eliot::testing;

TEST_CASE("matchers look at captures and at messages, with fields in both ways of writing") {
    const Capture log;
    work();
    CHECK_THAT(log, HasMessage("step"));
    CHECK_THAT(log, HasMessage("step", "ok"_f = true));
    CHECK_THAT(log, HasMessage("step", {{"ok", true}}));
    CHECK_THAT(log.messages(), HasMessage(std::string{"step"}));
    CHECK_THAT(log, HasAction("work", succeeded));
    CHECK_THAT(log, HasAction("work", succeeded, {{"n", 1}}, {{"done", 1}}));
    CHECK_THAT(log, HasAction("work", succeeded, expected("n"_f = 1), expected("done"_f = 1)));
    CHECK_THAT(log.messages(), HasAction("work", succeeded, expected()));
    CHECK_THAT(log.messages().at(1), ContainsFields({{"ok", true}}));
    CHECK_THAT(LoggedMessage::of_type(log.messages(), "step").at(0), ContainsFields("ok"_f = true));
    CHECK_THAT(log, HasTree("work > [step]"));
    CHECK_THAT(LoggedAction::of_type(log.messages(), "work").at(0), HasTree("work > [step]"));
}

TEST_CASE("matchers combine as Catch2's own do") {
    const Capture log;
    work();
    CHECK_THAT(log, !HasMessage("step", "ok"_f = false));
    CHECK_THAT(log.messages(), !HasMessage("leap"));
    CHECK_THAT(log, !!HasMessage("step"));
    CHECK_THAT(log, HasMessage("step") && HasTree("work > [...]") && !HasAction("work", failed));
    CHECK_THAT(log, HasMessage("leap") || HasMessage("step"));
    CHECK_THAT(LoggedAction::of_type(log.messages(), "work").at(0), !HasTree("work > []"));
    CHECK_FALSE(HasMessage("leap").match(log));
    CHECK_FALSE((!HasMessage("step")).match(log));
}

TEST_CASE("a matcher describes itself, and what was wrong last") {
    const Capture log;
    const auto matcher = HasMessage("step", "ok"_f = true);
    CHECK(matcher.describe() == R"(contains a message "step" with {"ok":true})");
    CHECK((!matcher).describe() == R"(not contains a message "step" with {"ok":true})");
    CHECK_FALSE(matcher.match(log));
    CHECK(matcher.describe() == "no message \"step\" was logged.\n \nThe log:\n \n    (empty)");
    work();
    CHECK(matcher.match(log));
    CHECK(matcher.describe() == R"(contains a message "step" with {"ok":true})");
}

TEST_CASE("a matcher may be kept longer than the fields it was made of") {
    const Capture log;
    work();
    const auto matcher = [] {
        const std::string text = "a text too long for a small string";
        return HasMessage("step", "text"_f = text);
    }();
    CHECK_FALSE(matcher.match(log));
}
