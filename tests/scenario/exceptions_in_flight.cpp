// SPDX-License-Identifier: Apache-2.0
// Several exceptions at once: what a scope says of its end is true for that scope.
#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"
#include "support/lines.hpp"

#include <stdexcept>
#include <string>
#include <thread>

using namespace eliot::literals;

namespace {

constexpr const char* unknown =
    R"( failed {"exception":"unknown","reason":"an exception left the scope"})"
    "\n";

/// Runs `f` when the stack is unwound.
template <class F>
struct WhenUnwound {
    F f;
    ~WhenUnwound() { f(); }
};
template <class F>
WhenUnwound(F) -> WhenUnwound<F>;

} // namespace

TEST_CASE("a scope that fails inside of a catch block does not name the exception caught there") {
    Lines log;
    try {
        throw std::logic_error{"being handled"};
    } catch (const std::logic_error&) {
        try {
            auto action = eliot::start_action("recovery");
            throw std::runtime_error{"recovery failed"};
        } catch (const std::runtime_error&) {
            eliot::log_message("both handled");
        }
    }
    CHECK(log.text() ==
          "/1 recovery started\n/2 recovery" + std::string{unknown} + "/1 both handled\n");
}

TEST_CASE("what is logged in a catch block while another action unwinds stands in that action") {
    Lines log;
    try {
        auto outer = eliot::start_action("outer");
        const WhenUnwound cleanup{[] {
            try {
                throw std::logic_error{"inner"};
            } catch (const std::logic_error& error) {
                eliot::log_message("caught", "what"_f = error.what());
                eliot::write_traceback();
                auto action = eliot::start_action("cleanup");
            }
        }};
        throw std::runtime_error{"outer"};
    } catch (const std::runtime_error&) {
    }
    const std::string text = log.text();
    CHECK(text.starts_with("/1 outer started\n"
                           "/2 caught {\"what\":\"inner\"}\n"
                           "/3 eliot:traceback {\"exception\":\"std::logic_error\","
                           "\"reason\":\"inner\""));
    CHECK(text.ends_with("/4/1 cleanup started\n"
                         "/4/2 cleanup succeeded\n"
                         "/5 outer" +
                         std::string{unknown}));
}

TEST_CASE("a destructor that throws and catches during unwinding: each scope fails on its own") {
    Lines log;
    try {
        auto outer = eliot::start_action("outer");
        const WhenUnwound cleanup{[] {
            auto good = eliot::start_action("good");
            try {
                auto bad = eliot::start_action("bad");
                throw std::logic_error{"inner"};
            } catch (const std::logic_error&) {
            }
        }};
        throw std::runtime_error{"outer"};
    } catch (const std::runtime_error&) {
    }
    CHECK(log.text() == "/1 outer started\n"
                        "/2/1 good started\n"
                        "/2/2/1 bad started\n"
                        "/2/2/2 bad" +
                            std::string{unknown} + "/2/3 good succeeded\n/3 outer" + unknown);
}

TEST_CASE("an exception that nobody catches: what was logged is in the file") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::to_file(here / "a.log", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
        eliot::flush_on_crash();
        auto action = eliot::start_action("doomed");
        eliot::log_message("last words");
        const auto work = [] { throw std::runtime_error{"nobody"}; };
        std::thread{work}.join();
    }};
    CHECK(child.outcome() == "killed by signal 6");
    CHECK(lines_of(here / "a.log").size() >= 2);
}
