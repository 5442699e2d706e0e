// SPDX-License-Identifier: Apache-2.0
#include <eliot/exception_tracer.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <any>
#include <exception>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace eliot::literals;

#if defined(__GLIBCXX__)

namespace {

struct Own {
    int code;
};

/// How often a frame is told of.
std::size_t frames_in(const nlohmann::json& message) {
    const std::string text = message.at("traceback");
    std::size_t count = 0;
    for (std::size_t at = text.find("\n  at "); at != std::string::npos;
         at = text.find("\n  at ", at + 1)) {
        ++count;
    }
    return count;
}

[[gnu::noinline]] void throw_deep(int depth) {
    if (depth == 0) {
        throw std::runtime_error{"deep"};
    }
    throw_deep(depth - 1);
    asm volatile(""); // no tail call
}

template <class F>
void in_scope(F&& f) {
    auto action = eliot::start_action("scope");
    f();
}
/// Runs `f` in a scope of its own and swallows what it throws.
template <class F>
void swallow(F&& f) {
    try {
        in_scope(f);
    } catch (...) {
    }
}

std::string failed(const std::string& exception, const std::string& reason,
                   const std::string& more = "") {
    return "/1 scope started\n/2 scope failed {" + std::string{"\"exception\":\""} + exception +
           "\"," + more + "\"reason\":\"" + reason + "\"}\n";
}

} // namespace

TEST_CASE("a plain scope knows the exception that leaves it, whatever it is") {
    const Lines log;
    swallow([] { throw std::runtime_error{"boom"}; });
    swallow([] { throw 7; });
    swallow([] { throw "text"; });
    swallow([] { throw Own{3}; });
    CHECK(log.text() ==
          failed("std::runtime_error", "boom") + failed("int", "7") +
              failed("char const*", "text") +
              failed("(anonymous namespace)::Own", "an exception that is no std::exception"));
}

TEST_CASE("what is thrown inside the standard library is known") {
    const Lines log;
    swallow([] { (void)std::any_cast<int>(std::any{"no number"}); });
    swallow([] { (void)std::stoi("x"); });
    CHECK(log.text() ==
          failed("std::bad_any_cast", "bad any_cast") + failed("std::invalid_argument", "stoi"));
}

TEST_CASE("extractors are asked for what leaves a plain scope") {
    eliot::register_exception_extractor<Own>(
        [](const Own& own) { return eliot::extracted("code"_f = own.code); });
    const Lines log;
    swallow([] { throw Own{3}; });
    swallow([] { throw std::system_error{std::make_error_code(std::errc::timed_out)}; });
    const auto messages = log.messages();
    CHECK(messages.at(1).at("code") == 3);
    CHECK(messages.at(3).at("category") == "generic");
}

TEST_CASE("a scope knows what is thrown again, by throw and by rethrow_exception") {
    const Lines log;
    swallow([] {
        try {
            throw std::runtime_error{"first"};
        } catch (...) {
            throw;
        }
    });
    std::exception_ptr kept;
    try {
        throw std::out_of_range{"kept"};
    } catch (...) {
        kept = std::current_exception();
    }
    swallow([&] { std::rethrow_exception(kept); });
    swallow([] { std::async(std::launch::async, [] { throw std::logic_error{"far"}; }).get(); });
    CHECK(log.text() == failed("std::runtime_error", "first") +
                            failed("std::out_of_range", "kept") +
                            failed("std::logic_error", "far"));
}

TEST_CASE("each of nested scopes knows it, and one inside a destructor its own") {
    struct Cleanup {
        ~Cleanup() {
            swallow([] { throw std::logic_error{"inner"}; });
        }
    };
    const Lines log;
    try {
        auto outer = eliot::start_action("outer");
        auto inner = eliot::start_action("inner");
        const Cleanup cleanup;
        throw std::runtime_error{"outer one"};
    } catch (const std::runtime_error&) {
    }
    CHECK(log.text() == "/1 outer started\n/2/1 inner started\n/2/2/1 scope started\n"
                        "/2/2/2 scope failed {\"exception\":\"std::logic_error\","
                        "\"reason\":\"inner\"}\n"
                        "/2/3 inner failed {\"exception\":\"std::runtime_error\","
                        "\"reason\":\"outer one\"}\n"
                        "/3 outer failed {\"exception\":\"std::runtime_error\","
                        "\"reason\":\"outer one\"}\n");
}

TEST_CASE("what is thrown while another is handled is not mistaken for that") {
    const Lines log;
    try {
        throw std::runtime_error{"handled"};
    } catch (const std::exception&) {
        swallow([] { throw std::logic_error{"new"}; });
        swallow([] {});
    }
    CHECK(log.text() ==
          failed("std::logic_error", "new") + "/1 scope started\n/2 scope succeeded\n");
}

TEST_CASE("the exception object lives as long as it would") {
    static int alive = 0;
    struct Counted {
        Counted() { ++alive; }
        Counted(const Counted&) { ++alive; }
        ~Counted() { --alive; }
    };
    const Lines log;
    swallow([] { throw Counted{}; });
    CHECK(alive == 0);
}

TEST_CASE("a traceback shows the stack of the throw, not of the catch") {
    const Lines log;
    for (const int depth : {0, 10}) {
        try {
            throw_deep(depth);
        } catch (const std::exception&) {
            eliot::write_traceback();
        }
    }
    const auto messages = log.messages();
    CHECK_THAT(messages.at(0).at("traceback").get<std::string>(),
               Catch::Matchers::StartsWith("std::runtime_error: deep\n  at "));
    CHECK(frames_in(messages.at(1)) == frames_in(messages.at(0)) + 10);
}

TEST_CASE("thrown again, an exception keeps its first stack") {
    const Lines log;
    try {
        try {
            throw_deep(10);
        } catch (...) {
            eliot::write_traceback();
            std::rethrow_exception(std::current_exception());
        }
    } catch (...) {
        eliot::write_traceback();
    }
    const auto messages = log.messages();
    CHECK(messages.at(0).at("traceback") == messages.at(1).at("traceback"));
}

TEST_CASE("each of nested exceptions has its stack") {
    const Lines log;
    try {
        try {
            throw_deep(3);
        } catch (...) {
            std::throw_with_nested(std::logic_error{"outer"});
        }
    } catch (...) {
        eliot::write_traceback();
    }
    const std::string text = log.messages().at(0).at("traceback");
    CHECK_THAT(text, Catch::Matchers::StartsWith("std::logic_error: outer\n  at "));
    CHECK_THAT(text, Catch::Matchers::Contains("\ncaused by std::runtime_error: deep\n  at "));
}

TEST_CASE("of an exception from another thread the type is known, the stack is not") {
    const Lines log;
    std::exception_ptr kept;
    std::thread{[&kept] {
        try {
            throw std::runtime_error{"there"};
        } catch (...) {
            kept = std::current_exception();
        }
    }}.join();
    eliot::write_traceback(kept);
    CHECK(log.messages().at(0).at("traceback") == "std::runtime_error: there");
}

TEST_CASE("threads that throw at the same time know their own") {
    const Lines log;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([t] {
            for (int i = 0; i < 50; ++i) {
                swallow([t] { throw Own{t}; });
                eliot::log_message("own", "t"_f = t);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(log.messages().size() == 4 * 50 * 3);
}

#else

TEST_CASE("without libstdc++ the exception that leaves a plain scope is unknown") {
    const Lines log;
    try {
        auto action = eliot::start_action("scope");
        throw 7;
    } catch (int) {
    }
    CHECK(log.messages().at(1).at("exception") == "unknown");
}

#endif
