// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/gtest.hpp>

#include <eliot/eliot.hpp>

#include "testing/work.hpp"

#include <gmock/gmock.h>

#include <string>
#include <thread>
#include <vector>

// A program of its own. How these matchers fail is shown by samples/gtest.cpp.

using namespace eliot::literals;
using namespace eliot::testing;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::DescribeMatcher;
using ::testing::Not;

TEST(Matchers, LookAtCapturesAndAtMessagesWithFieldsInBothWaysOfWriting) {
    const Capture log;
    work();
    EXPECT_THAT(log, HasMessage("step"));
    EXPECT_THAT(log, HasMessage("step", "ok"_f = true));
    EXPECT_THAT(log, HasMessage("step", {{"ok", true}}));
    EXPECT_THAT(log.messages(), HasMessage(std::string{"step"}));
    EXPECT_THAT(log, HasAction("work", succeeded));
    EXPECT_THAT(log, HasAction("work", succeeded, {{"n", 1}}, {{"done", 1}}));
    EXPECT_THAT(log, HasAction("work", succeeded, expected("n"_f = 1), expected("done"_f = 1)));
    EXPECT_THAT(log.messages(), HasAction("work", succeeded, expected()));
    EXPECT_THAT(log.messages().at(1), ContainsFields({{"ok", true}}));
    EXPECT_THAT(LoggedMessage::of_type(log.messages(), "step").at(0),
                ContainsFields("ok"_f = true));
    EXPECT_THAT(log, HasTree("work > [step]"));
    EXPECT_THAT(LoggedAction::of_type(log.messages(), "work").at(0), HasTree("work > [step]"));
}

TEST(Matchers, CombineAsGoogleTestsOwnDo) {
    const Capture log;
    work();
    EXPECT_THAT(log, AllOf(HasMessage("step"), Not(HasTree("work > []"))));
    EXPECT_THAT(log, AnyOf(HasMessage("leap"), HasMessage("step")));
    EXPECT_THAT(log.messages(), Not(HasAction("work", failed)));
}

TEST(Matchers, DescribeThemselves) {
    using Matcher = ::testing::Matcher<const Capture&>;
    const Matcher matcher = HasMessage("step", "ok"_f = true);
    EXPECT_EQ(DescribeMatcher<const Capture&>(matcher),
              R"(contains a message "step" with {"ok":true})");
    EXPECT_EQ(DescribeMatcher<const Capture&>(Matcher{Not(matcher)}),
              R"(not contains a message "step" with {"ok":true})");
}

TEST(Captures, OfThreadsServeTestsInParallel) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([i] {
            for (int n = 0; n < 20; ++n) {
                Capture log{this_thread};
                eliot::log_message("mine", "i"_f = i);
                EXPECT_THAT(log, HasMessage("mine", "i"_f = i));
                EXPECT_EQ(log.messages().size(), 1U);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
}
