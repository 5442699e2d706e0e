// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/handed_capture.hpp>

#include "support/capturing.hpp"
#include "support/catch.hpp"

#include <optional>
#include <utility>

using eliot::testing::Capture;

TEST_CASE("preserve_context hands the capture of a thread on, with its action or without") {
    Listening destination;
    {
        Capture log{eliot::testing::this_thread};
        in_thread(eliot::preserve_context([] { eliot::log_message("outside"); }));
        {
            auto action = eliot::start_action("outer");
            in_thread(eliot::preserve_context([] { eliot::log_message("inside"); }));
        }
        CHECK(types_in(log) == "outside outer eliot:remote_task inside eliot:remote_task outer");
    }
    CHECK(destination.types().empty());
}

TEST_CASE("what a captured thread handed on hands the capture on in turn") {
    Capture log{eliot::testing::this_thread};
    in_thread(eliot::preserve_context([] {
        in_thread(eliot::preserve_context([] { eliot::log_message("far away"); }));
        in_thread([] { eliot::log_message("not handed on"); });
    }));
    CHECK(types_in(log) == "far away");
}

TEST_CASE("a thread that was handed a capture leaves it behind the call") {
    Listening destination;
    Capture log{eliot::testing::this_thread};
    in_thread([handed = eliot::preserve_context([] { eliot::log_message("during"); })] {
        eliot::log_message("before");
        handed();
        eliot::log_message("after");
    });
    CHECK(types_in(log) == "during");
    CHECK(destination.types() == "before after");
}

TEST_CASE("a context that outlives its capture keeps its lines from everybody else") {
    Listening destination;
    std::optional<Capture> log{std::in_place, eliot::testing::this_thread};
    auto handed = eliot::preserve_context([] { eliot::log_message("late"); });
    log.reset();
    in_thread(std::move(handed));
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}
