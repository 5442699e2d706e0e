// SPDX-License-Identifier: Apache-2.0
// A thread with a small stack logs: lines are built in memory of the library's own.
#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"

#include <pthread.h>
#include <string>
#include <vector>

using namespace eliot::literals;

TEST_CASE("a thread with a stack of 64 KiB logs") {
    const TemporaryDirectory here;
    const eliot::DestinationId id = eliot::to_file(here / "a.log");
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    REQUIRE(pthread_attr_setstacksize(&attributes, 64 * 1024) == 0);
    pthread_t thread{};
    const auto run = [](void*) -> void* {
        auto action = eliot::start_action("action", "text"_f = std::string(100'000, 'x'));
        eliot::log_message(
            "m", "list"_f = std::vector<std::vector<double>>(100, {1.5, 0.1}), "lazy"_f = [] {
                eliot::log_message("inside");
                return 1;
            });
        action.fail("reason");
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, run, nullptr) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    eliot::remove_destination(id);
    CHECK(lines_of(here / "a.log").size() == 4);
}
