// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/timer.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"

using eliot::detail::deliver_every;
using eliot::detail::MemoryOrder;
using eliot::detail::timer_ms;

TEST_CASE("the shortest interval that is asked for counts") {
    const Child child{[] {
        timer_ms.store(0, MemoryOrder::relaxed);
        unsigned seen = 0;
        for (const unsigned ms : {0U, 500U, 0U, 1000U, 20U, 30U}) {
            deliver_every(ms);
            seen = 2 * seen + timer_ms.load(MemoryOrder::relaxed);
        }
        // 0, 500, 500, 500, 20, 20
        _exit(seen == 500 * (16 + 8 + 4) + 20 * (2 + 1) ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
}

TEST_CASE("what a quiet thread logged is delivered, as nobody else would") {
    const TemporaryDirectory here;
    const Child child{[&] { // without the timer it would wait for ever
        alarm(60);
        eliot::to_file(here / "a.log", {.flush = eliot::Flush::chunk, .flush_every_ms = 1});
        eliot::log_message("a");
        while (lines_of(here / "a.log").empty()) {
            usleep(100);
        }
    }};
    CHECK(child.outcome() == "exit status 0");
}
