// SPDX-License-Identifier: Apache-2.0
// A suite as somebody with GoogleTest would write it. The tests of the suite Fails are there to
// fail; what they print is in tests/golden/testing/gtest.txt.

#include <eliot/testing/gtest.hpp>

#include "registry.hpp"

#include <gmock/gmock.h>

using namespace eliot::testing;
using ::testing::AllOf;
using ::testing::Not;

TEST(Log, TellsOfARegistration) {
    Capture log;
    Registry registry;
    registry.register_user("john", 12);
    const auto message =
        log.assert_has_message(user_registered, "username"_f = "john", "age"_f = 12);
    EXPECT_THAT(message, ContainsFields({{"age", 12}}));
    EXPECT_THAT(log, AllOf(HasMessage(user_registered, "age"_f = 12), HasTree("user:registered")));
    log.check();
}

TEST(Log, HasSigningInAsAnActionWithACheckAndAQuery) {
    Capture log{this_thread};
    Registry registry;
    registry.register_user("john", 12);
    registry.let_in("john");
    EXPECT_THAT(log, HasAction(sign_in, succeeded, expected("username"_f = "john"),
                               expected("status"_f = 200)));
    EXPECT_THAT(log, HasTree("signin > [check, query > [row]]"));
    EXPECT_THAT(log, Not(HasAction("signin", failed)));
    EXPECT_THAT(log.messages(), HasMessage("row", {{"name", "john"}}));
    log.check();
}

TEST(Log, TellsThatAnUnknownUserIsNotLetIn) {
    capture_logging([](auto&) { Registry{}.let_in("jane"); },
                    [](auto& log) {
                        const auto action = log.assert_has_action("signin", failed);
                        EXPECT_EQ(action.end_message()["reason"], "unknown user");
                        EXPECT_THAT(action, HasTree("signin > [check]"));
                    });
}

TEST(Log, HasAnExpectedTraceback) {
    Capture log;
    Registry{}.clean_up();
    EXPECT_EQ(log.flush_tracebacks<std::runtime_error>().size(), 1U);
    log.check();
}

TEST(Fails, BecauseTheAgeIsAnotherOne) {
    Capture log;
    Registry registry;
    registry.register_user("jane", 30);
    registry.register_user("john", 12);
    log.assert_has_message(user_registered, "username"_f = "john", "age"_f = 13);
}

TEST(Fails, BecauseTheUserWasLetIn) {
    Capture log;
    Registry registry;
    registry.register_user("john", 12);
    registry.let_in("john");
    EXPECT_THAT(log, HasAction(sign_in, failed, expected("username"_f = "john")));
    EXPECT_THAT(log, HasTree("signin > [check, query > [row, row]]"));
    EXPECT_THAT(log, HasMessage("user:registred"));
    EXPECT_THAT(log, Not(HasMessage("check", "known"_f = true)));
}

TEST(Fails, BecauseATracebackWasNotExpected) {
    Capture log;
    Registry{}.clean_up();
    log.check();
}

TEST(Fails, BecauseNobodyAskedAboutTheTraceback) {
    Capture log;
    Registry{}.clean_up();
}

TEST(Fails, BecauseTheLogIsNotAsItsTypesDeclareIt) {
    Capture log;
    Registry registry;
    registry.register_user("john", -1);
    registry.let_in_silently("john");
    log.check();
}
