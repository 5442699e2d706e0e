// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/delivery.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/lines.hpp"
#include "support/types.hpp"

#include <cerrno>
#include <memory>
#include <pthread.h>
#include <string>
#include <thread>

using namespace eliot::literals;

namespace {

/// The types of the records that it gets, one after the other.
} // namespace

TEST_CASE("a thread that is cancelled finishes the line that it writes, and leaves no lock") {
    const auto flush = GENERATE(eliot::Flush::line, eliot::Flush::task);
    const TemporaryDirectory here;
    eliot::discard_early();
    const auto id = eliot::to_file(here / "a.log", {.flush = flush});
    bool ended = true;
    std::thread{[&] {
        pthread_cancel(pthread_self());
        eliot::log_message("a");
        eliot::start_action("b").finish();
        pthread_testcancel();
        ended = false;
    }}.join();
    eliot::log_message("c");
    eliot::remove_destination(id);
    CHECK(ended);
    CHECK(lines_of(here / "a.log").size() == 4);
}

TEST_CASE("a destination that ends the thread: the others still get the line") {
    Lines log; // added first, called first
    std::string behind;
    const auto ends = eliot::add_destination([](const eliot::Record&) {
        eliot::log_message("from inside");
        pthread_exit(nullptr);
    });
    const auto after = eliot::add_destination(Types{&behind});
    std::thread{[] {
        auto action = std::make_unique<eliot::Action>("a");
        FAIL("the thread has ended");
    }}.join();
    eliot::remove_destination(ends);
    eliot::log_message("b");
    eliot::remove_destination(after);
    CHECK(behind == "a from inside b ");
    CHECK(log.text() == "/1 a started\n/1 from inside\n/1 b\n");
}

TEST_CASE("errno is what it was") {
    Lines log;
    const auto id = eliot::add_destination([](const eliot::Record&) { errno = EIO; });
    errno = ENOENT;
    eliot::log_message("a");
    CHECK(errno == ENOENT);
    eliot::remove_destination(id);
}

TEST_CASE("a file has every line, also the one at which another destination ends the program") {
    struct File {
        std::error_code write_lines(std::string_view lines) {
            text->append(lines);
            return {};
        }
        int descriptor() const { return -1; }
        std::string* text;
    };
    const Child child{[] {
        static std::string text;
        eliot::add_destination([](const eliot::Record&) {
            _exit(text.find("last words") != std::string::npos ? 0 : 1);
        });
        eliot::add_destination(File{&text}); // added later, called first
        eliot::log_message("last words");
        _exit(2);
    }};
    CHECK(child.outcome() == "exit status 0");
}
