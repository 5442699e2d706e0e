// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/pins.hpp>

#include "support/capturing.hpp"
#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/sanitizer.hpp"

#include <string>
#include <thread>
#include <unistd.h>

using namespace eliot::literals;
using eliot::testing::Capture;
using eliot::testing::this_thread;

TEST_CASE("a pinned clock and pinned ids make a log the same in every run") {
    Capture log;
    log.pin_clock(1425356800.25);
    log.pin_ids();
    {
        auto action = eliot::start_action("a");
        eliot::log_message("b");
    }
    eliot::log_message("c");
    CHECK(log.text() ==
          R"({"task_uuid":"00000000-0000-4000-8000-000000000001","task_level":[1],)"
          R"("timestamp":1425356800.250000000,"action_type":"a","action_status":"started"})"
          "\n"
          R"({"task_uuid":"00000000-0000-4000-8000-000000000001","task_level":[2],)"
          R"("timestamp":1425356800.250000000,"message_type":"b"})"
          "\n"
          R"({"task_uuid":"00000000-0000-4000-8000-000000000001","task_level":[3],)"
          R"("timestamp":1425356800.250000000,"action_type":"a","action_status":"succeeded"})"
          "\n"
          R"({"task_uuid":"00000000-0000-4000-8000-000000000002","task_level":[1],)"
          R"("timestamp":1425356800.250000000,"message_type":"c"})"
          "\n");
    log.pin_clock(eliot::Timestamp{5});
    eliot::log_message("d");
    CHECK(log.messages().back()["timestamp"] == 5e-9);
}

TEST_CASE("what is pinned is pinned for the lines of that capture alone") {
    Listening destination;
    {
        Capture log{this_thread};
        log.pin_clock(1);
        log.pin_ids();
        eliot::TaskUuid elsewhere;
        eliot::Timestamp then{0};
        in_thread([&] {
            elsewhere = eliot::TaskUuid::generate();
            then = eliot::now();
        });
        CHECK_FALSE(elsewhere.text().starts_with("00000000"));
        CHECK(then.nanoseconds() > 1'000'000'000);
        CHECK(eliot::now() == eliot::Timestamp{1'000'000'000});
        {
            Capture inner{this_thread};
            eliot::log_message("not pinned");
            CHECK(inner.messages().at(0)["timestamp"] > 1000);
        }
        in_thread(eliot::preserve_context([] { eliot::log_message("pinned"); }));
        CHECK(log.messages().at(0)["timestamp"] == 1);
        CHECK(log.messages().at(0)["task_uuid"] == "00000000-0000-4000-8000-000000000001");
    }
    CHECK(eliot::now().nanoseconds() > 1'000'000'000);
    CHECK_FALSE(eliot::TaskUuid::generate().text().starts_with("00000000"));
}

TEST_CASE("a clock that the program sets waits until the pinned one is gone") {
    {
        Capture log;
        log.pin_clock(1);
        eliot::set_clock([]() noexcept { return eliot::Timestamp{7}; });
        CHECK(eliot::now() == eliot::Timestamp{1'000'000'000});
        Capture inner;
        CHECK(eliot::now() == eliot::Timestamp{7});
    }
    CHECK(eliot::now() == eliot::Timestamp{7});
    eliot::set_clock(nullptr);
    CHECK(eliot::now().nanoseconds() > 7);
}

TEST_CASE("a child after fork captures and pins, whatever another thread was at") {
    if (under_thread_sanitizer) {
        WARN("skipped: a lock of ThreadSanitizer's own may be held in the child");
        return;
    }
    const Child child{[] {
        std::thread{[] {
            for (;;) {
                Capture log{this_thread};
                log.pin_clock(eliot::Timestamp{0});
                log.pin_ids();
            }
        }}.detach();
        for (int i = 0; i < 50; ++i) {
            const Child captures{[] {
                alarm(20);
                Capture log;
                log.pin_clock(eliot::Timestamp{0});
                log.pin_ids();
            }};
            if (captures.outcome() != "exit status 0") {
                _exit(1);
            }
        }
    }};
    CHECK(child.outcome() == "exit status 0");
}
