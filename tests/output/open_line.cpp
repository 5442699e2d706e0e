// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/open_line.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <pthread.h>
#include <string>
#include <thread>

using namespace eliot::literals;

TEST_CASE("a destination that logs gets none of its own lines, the others get them behind") {
    Lines log;
    std::string seen;
    const auto id = eliot::add_destination([&seen](const eliot::Record& record) {
        seen += std::string{record.type()} + ' ';
        eliot::log_message("echo of " + std::string{record.type()});
    });
    eliot::log_message("a");
    eliot::log_message("b");
    eliot::remove_destination(id);
    CHECK(seen == "a b ");
    CHECK(log.text() == "/1 a\n/1 echo of a\n/1 b\n/1 echo of b\n");
}

TEST_CASE("two destinations that log what they get do not answer each other for ever") {
    Lines log;
    const auto echo = [](const eliot::Record&) { eliot::log_message("echo"); };
    const auto one = eliot::add_destination(echo);
    const auto two = eliot::add_destination(echo);
    eliot::log_message("a");
    eliot::remove_destination(one);
    eliot::remove_destination(two);
    CHECK(log.raw().size() == 5); // a; an echo by each; an echo of that by the other
}

TEST_CASE("flush inside an open line does nothing, and the line is whole") {
    Lines log;
    eliot::log_message(
        "a", "lazy"_f = [] {
            eliot::log_message("inside");
            eliot::flush();
            return 1;
        });
    CHECK(log.text() == "/1 a {\"lazy\":1}\n/1 inside\n");
}

TEST_CASE("a value that ends the thread: what waited for it is logged") {
    Lines log;
    std::thread{[] {
        eliot::log_message(
            "a", "lazy"_f = []() -> int {
                eliot::log_message("inside");
                pthread_exit(nullptr);
            });
    }}.join();
    CHECK(log.raw().size() == 2);
    std::thread{[] { eliot::log_message("the next thread"); }}.join();
    CHECK(log.raw().size() == 3);
    CHECK(log.messages().back().size() == 4);
}
