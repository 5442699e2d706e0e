// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/endings.hpp>

#include <eliot/eliot.hpp>
#include <eliot/testing/captured_lines.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

using namespace eliot::literals;

namespace {

/// Writes to stderr what happens to it.
struct Spoken {
    void write(const eliot::Record& record) { say(std::string{record.type()} + ' '); }
    void flush() { say("flush "); }
    Spoken() = default;
    Spoken(Spoken&& other) noexcept { other.mine = false; }
    Spoken& operator=(Spoken&&) = delete;
    ~Spoken() {
        if (mine) {
            say("destroy ");
            eliot::log_message("logged by a destructor");
        }
    }
    static void say(const std::string& text) { (void)!::write(2, text.data(), text.size()); }
    bool mine = true;
};

} // namespace

TEST_CASE("at exit every destination is flushed, and destroyed if it is no file") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::add_destination(Spoken{});
        eliot::to_file(here / "a.log");
        eliot::log_message("a");
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "a flush destroy ");
    CHECK(lines_of(here / "a.log").size() == 2);
}

TEST_CASE("what is logged behind the exit hook goes to files, callbacks are not called any more") {
    const auto flush = GENERATE(eliot::Flush::line, eliot::Flush::chunk, eliot::Flush::background);
    const TemporaryDirectory here;
    const Child child{[&] {
        std::atexit([] { eliot::log_message("late"); }); // runs last
        eliot::detail::exit_hook_installed.store(false);
        eliot::detail::install_exit_hook();
        eliot::add_destination(
            [](const eliot::Record& record) { Spoken::say(std::string{record.type()} + ' '); });
        eliot::to_file(here / "a.log", {.flush = flush, .flush_every_ms = 0});
        eliot::log_message("a");
        std::atexit([] { eliot::log_message("b"); });
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "a b ");
    CHECK(lines_of(here / "a.log").size() == 3);
}

TEST_CASE("a destination that calls exit does not stop the end") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log");
        eliot::add_destination([](const eliot::Record&) { std::exit(3); });
        eliot::log_message("a");
    }};
    CHECK(child.outcome() == "exit status 3");
    CHECK(lines_of(here / "a.log").size() == 1);
}

TEST_CASE("a value that calls exit does not stop the end") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log");
        eliot::log_message("a");
        eliot::log_message("b", "lazy"_f = []() -> int { std::exit(3); });
    }};
    CHECK(child.outcome() == "exit status 3");
    CHECK(lines_of(here / "a.log").size() == 1);
}

TEST_CASE("a destination that does not return delays the end, and does not stop it") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log");
        static std::atomic<bool> inside{false};
        eliot::add_destination([](const eliot::Record&) {
            inside = true;
            pause();
        });
        std::thread{[] { eliot::log_message("a"); }}.detach();
        while (!inside) {
            std::this_thread::yield();
        }
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK_THAT(child.errors(), Catch::Matchers::Contains("it does not return"));
    CHECK(lines_of(here / "a.log").size() == 1);
}

TEST_CASE(
    "threads that log while the program ends lose no line whose call returned, and tear none") {
    for (int round = 0; round < 20; ++round) {
        const TemporaryDirectory here;
        const Child child{[&] {
            eliot::to_file(here / "a.log");
            static std::atomic<int> logged{0};
            for (int i = 0; i < 4; ++i) {
                std::thread{[] {
                    for (;;) {
                        eliot::log_message("a", "text"_f = std::string(700, 'x'));
                        ++logged;
                    }
                }}.detach();
            }
            usleep(2000);
            std::atexit([] { // behind the hook
                const std::string count = std::to_string(logged);
                Spoken::say(count);
            });
            std::exit(0);
        }};
        CHECK(child.outcome() == "exit status 0");
        const std::string text = text_of(here / "a.log");
        CHECK((text.empty() || text.back() == '\n'));
        CHECK(static_cast<long>(lines_of(here / "a.log").size()) >=
              std::atol(child.errors().c_str()));
    }
}

TEST_CASE("a static destructor may join a thread that logs") {
    const TemporaryDirectory here;
    const Child child{[&] {
        std::atexit([] {
            std::thread{[] {
                for (int i = 0; i < 1000; ++i) {
                    eliot::log_message("late");
                }
            }}.join();
        });
        eliot::to_file(here / "a.log");
        eliot::log_message("a");
        std::exit(0);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(lines_of(here / "a.log").size() == 1001);
}

TEST_CASE("lines that a file never took are counted on stderr at the end") {
    const Child child{[] {
        eliot::to_file("/dev/full");
        for (int i = 0; i < 5; ++i) {
            eliot::log_message("a");
        }
        std::exit(0);
    }};
    CHECK_THAT(
        child.errors(),
        Catch::Matchers::Contains("eliot: /dev/full: No space left on device: 5 lines are lost\n"));
}

TEST_CASE("so are those of a file that stands underneath a capture") {
    const Child child{[] {
        eliot::to_file("/dev/full");
        for (int i = 0; i < 5; ++i) {
            eliot::log_message("a");
        }
        auto* capture = new eliot::detail::CapturedLines;
        eliot::detail::begin_capture(eliot::detail::this_thread(), *capture);
        eliot::log_message("captured");
        std::exit(0);
    }};
    CHECK_THAT(
        child.errors(),
        Catch::Matchers::Contains("eliot: /dev/full: No space left on device: 5 lines are lost\n"));
}

TEST_CASE("quick_exit loses nothing either") {
    const Child child{[] {
        eliot::add_destination(Spoken{});
        eliot::log_message("a");
        std::quick_exit(0);
    }};
    CHECK(child.errors() == "a flush destroy ");
}
