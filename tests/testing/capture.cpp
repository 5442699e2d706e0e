// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/capture.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "testing/texts.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

using namespace eliot::literals;
using eliot::testing::Capture;
using eliot::testing::this_thread;

namespace {

/// The types of the lines, `a b c`.
std::string types_in(const std::vector<nlohmann::json>& messages) {
    std::string types;
    for (const auto& message : messages) {
        const auto type = message.value("message_type", message.value("action_type", ""));
        types += (types.empty() ? "" : " ") + type;
    }
    return types;
}
std::string types_in(const Capture& log) { return types_in(log.messages()); }

std::string text_of(const std::exception& error) { return without_blank_lines(error.what()); }

/// A destination of the program while it lives.
class Listening {
public:
    Listening()
        : id_{eliot::add_destination([this](const eliot::Record& record) {
              lines_ += (lines_.empty() ? "" : " ") + std::string{record.type()};
          })} {}
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { eliot::remove_destination(id_); }

    const std::string& types() const noexcept { return lines_; }

private:
    std::string lines_;
    eliot::DestinationId id_;
};

/// Takes the texts of problems that nobody asked about.
class ProblemTrap {
public:
    ProblemTrap() {
        text.clear();
        before_ = eliot::testing::set_problem_handler(
            [](std::string_view problems) { text = without_blank_lines(std::string{problems}); });
    }
    ProblemTrap(const ProblemTrap&) = delete;
    ProblemTrap& operator=(const ProblemTrap&) = delete;
    ~ProblemTrap() { eliot::testing::set_problem_handler(before_); }

    static inline std::string text;

private:
    eliot::testing::ProblemHandler before_;
};

void log_traceback_of(const std::exception_ptr& exception) { eliot::write_traceback(exception); }
template <class E>
void log_traceback_of(const E& exception) {
    log_traceback_of(std::make_exception_ptr(exception));
}

template <class F>
void in_thread(F f) {
    std::thread{std::move(f)}.join();
}

}

TEST_CASE("what is logged during a capture lands there and nowhere else") {
    Listening destination;
    eliot::log_message("before");
    {
        Capture log;
        auto action = eliot::start_action("outer");
        eliot::log_message("inner", "n"_f = 1);
        in_thread([] { eliot::log_message("elsewhere"); });
        action.finish();
        CHECK(types_in(log) == "outer inner elsewhere outer");
        CHECK(log.messages()[1]["n"] == 1);
    }
    eliot::log_message("after");
    CHECK(destination.types() == "before after");
}

TEST_CASE("a capture works where nobody else listens, and silence returns behind it") {
    eliot::remove_destination(eliot::add_destination([](const eliot::Record&) {}));
    bool evaluated = false;
    {
        Capture log;
        eliot::log_message("heard");
        CHECK(types_in(log) == "heard");
    }
    eliot::log_message("unheard", "x"_f = [&] { return evaluated = true; });
    CHECK_FALSE(evaluated);
    {
        Capture log{this_thread};
        eliot::log_message("heard");
        CHECK(types_in(log) == "heard");
    }
    eliot::log_message("unheard", "x"_f = [&] { return evaluated = true; });
    CHECK_FALSE(evaluated);
}

TEST_CASE("captures nest, and the newest one gets the lines") {
    Capture outer;
    eliot::log_message("a");
    {
        Capture inner;
        eliot::log_message("b");
        CHECK(types_in(inner) == "b");
    }
    eliot::log_message("c");
    CHECK(types_in(outer) == "a c");
}

TEST_CASE("captures end in any order") {
    Listening destination;
    auto first = std::make_unique<Capture>();
    auto second = std::make_unique<Capture>();
    auto third = std::make_unique<Capture>();
    second.reset();
    eliot::log_message("for the third");
    first.reset();
    eliot::log_message("for the third, too");
    CHECK(third->messages().size() == 2);
    CHECK(destination.types().empty());
    third.reset();
    eliot::log_message("for-the-destination");
    CHECK(destination.types() == "for-the-destination");
}

TEST_CASE("captures of one thread end in any order, too") {
    Listening destination;
    auto first = std::make_unique<Capture>(this_thread);
    auto second = std::make_unique<Capture>(this_thread);
    first.reset();
    eliot::log_message("a");
    CHECK(types_in(*second) == "a");
    second.reset();
    eliot::log_message("b");
    CHECK(destination.types() == "b");
}

TEST_CASE("a capture of this thread leaves the other threads alone") {
    Listening destination;
    {
        Capture log{this_thread};
        eliot::log_message("mine");
        in_thread([] { eliot::log_message("theirs"); });
        CHECK(types_in(log) == "mine");
    }
    CHECK(destination.types() == "theirs");
}

TEST_CASE("a capture of this thread goes before one of the whole program, older or newer") {
    Capture older;
    Capture mine{this_thread};
    Capture newer;
    eliot::log_message("a");
    in_thread([] { eliot::log_message("b"); });
    CHECK(types_in(older).empty());
    CHECK(types_in(mine) == "a");
    CHECK(types_in(newer) == "b");
}

TEST_CASE("preserve_context hands the capture of a thread on, with its action or without") {
    Listening destination;
    {
        Capture log{this_thread};
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
    Capture log{this_thread};
    in_thread(eliot::preserve_context([] {
        in_thread(eliot::preserve_context([] { eliot::log_message("far away"); }));
        in_thread([] { eliot::log_message("not handed on"); });
    }));
    CHECK(types_in(log) == "far away");
}

TEST_CASE("a thread that was handed a capture leaves it behind the call") {
    Listening destination;
    Capture log{this_thread};
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
    std::optional<Capture> log{std::in_place, this_thread};
    auto handed = eliot::preserve_context([] { eliot::log_message("late"); });
    log.reset();
    in_thread(std::move(handed));
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}

TEST_CASE("the captured thread may end before the capture") {
    Listening destination;
    std::unique_ptr<Capture> log;
    in_thread([&] {
        log = std::make_unique<Capture>(this_thread);
        eliot::log_message("captured");
    });
    // Threads are given the records of threads that have ended.
    in_thread([] { eliot::log_message("not-captured"); });
    CHECK(types_in(*log) == "captured");
    log.reset();
    in_thread([] { eliot::log_message("free"); });
    CHECK(destination.types() == "not-captured free");
}

TEST_CASE("a capture may end on another thread than the one it is for") {
    Listening destination;
    auto log = std::make_unique<Capture>(this_thread);
    in_thread([&] { log.reset(); });
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}

TEST_CASE("destinations that come and go during a capture belong to what is underneath") {
    Listening first;
    std::optional<Listening> second;
    std::optional<Listening> third;
    {
        Capture log;
        second.emplace();
        third.emplace();
        eliot::log_message("captured");
        third.reset();
        CHECK(types_in(log) == "captured");
    }
    eliot::log_message("free");
    CHECK(first.types() == "free");
    CHECK(second->types() == "free");
}

TEST_CASE("destinations that come and go leave a captured thread captured") {
    Capture log{this_thread};
    Listening destination;
    eliot::log_message("captured");
    in_thread([] { eliot::log_message("free"); });
    CHECK(types_in(log) == "captured");
    CHECK(destination.types() == "free");
}

TEST_CASE("an action that began before the capture ends in it") {
    Listening destination;
    auto action = eliot::start_action("long");
    {
        Capture log;
        action.log("inside");
        action.finish();
        CHECK(types_in(log) == "inside long");
    }
    CHECK(destination.types() == "long");
}

TEST_CASE("a capture cannot begin inside a destination or while a field is written") {
    Listening destination;
    eliot::log_message(
        "line", "x"_f = []() -> int {
            const Capture log;
            return 1;
        });
    CHECK(destination.types() == "line eliot:serialization_failure eliot:traceback");

    std::string reason;
    const auto id = eliot::add_destination([&](const eliot::Record&) {
        try {
            const Capture log;
        } catch (const std::logic_error& error) {
            reason = error.what();
        }
    });
    eliot::log_message("line");
    eliot::remove_destination(id);
    CHECK(reason ==
          "eliot: a capture cannot begin inside a destination, or while a field is being written");
}

TEST_CASE("a capture that ends while a field is written ends behind that line") {
    Listening destination;
    auto log = std::make_unique<Capture>();
    eliot::log_message(
        "captured", "x"_f = [&] {
            log.reset();
            return 1;
        });
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}

TEST_CASE("lines that wait for another line stay in its capture") {
    Capture log;
    eliot::log_message(
        "outer", "x"_f = [] {
            eliot::log_message("inner");
            return 1;
        });
    CHECK(types_in(log) == "outer inner");
}

TEST_CASE("the messages have the order in which they were logged, and their text is kept") {
    Capture log;
    std::string expected;
    for (int i = 0; i < 100; ++i) {
        eliot::log_message(std::to_string(i));
        expected += (i == 0 ? "" : " ") + std::to_string(i);
    }
    CHECK(types_in(log) == expected);
    log.reset();
    CHECK(log.messages().empty());
    eliot::log_message("z", "z"_f = 1, "a"_f = 2);
    CHECK(log.text().ends_with("\"message_type\":\"z\",\"z\":1,\"a\":2}\n"));
}

TEST_CASE("lines too long for a chunk are captured, too") {
    Capture log;
    const std::string large(100'000, 'x');
    eliot::log_message("large", "text"_f = large);
    CHECK(log.messages().at(0)["text"] == large);
}

TEST_CASE("an expected message is found by its type and any of its fields") {
    Capture log;
    eliot::log_message("row", "n"_f = 1, "name"_f = "one");
    eliot::log_message("row", "n"_f = 2, "name"_f = "two");
    const std::string two = "two";
    const std::string name = "name";
    CHECK(log.assert_has_message("row").message()["n"] == 1);
    CHECK(log.assert_has_message("row", "name"_f = two).message()["n"] == 2);
    CHECK(log.assert_has_message("row", {{"n", 2}, {"name", "two"}}).message()["n"] == 2);
    CHECK(log.assert_has_message("row", nlohmann::json{{"n", 2}}).message()["name"] == "two");
    CHECK(log.assert_has_message(std::string{"row"}, eliot::named(name, two), "n"_f = 2).type() ==
          "row");
    CHECK_THROWS_AS(log.assert_has_message("row", "n"_f = 1, "name"_f = "two"),
                    eliot::testing::AssertionError);
    CHECK_THROWS_AS(log.assert_has_message("column"), eliot::testing::AssertionError);
}

TEST_CASE("an expected action is found by its type, its outcome and any of its fields") {
    using eliot::testing::expected;
    using eliot::testing::failed;
    using eliot::testing::succeeded;
    Capture log;
    eliot::start_action("f", "n"_f = 1).add_success_fields("result"_f = 10);
    eliot::start_action("f", "n"_f = 2).fail("no");
    CHECK(log.assert_has_action("f", succeeded).end_message()["result"] == 10);
    CHECK(log.assert_has_action("f", failed).start_message()["n"] == 2);
    CHECK(log.assert_has_action("f", failed, expected("n"_f = 2), expected("reason"_f = "no"))
              .children()
              .empty());
    CHECK(log.assert_has_action("f", succeeded, expected("n"_f = 1)).succeeded());
    CHECK(log.assert_has_action("f", succeeded, {{"n", 1}}, {{"result", 10}}).succeeded());
    CHECK(log.assert_has_action("f", succeeded, {}, {{"result", 10}}).succeeded());
    CHECK_THROWS_AS(log.assert_has_action("f", failed, {{"n", 1}}), eliot::testing::AssertionError);
    CHECK_THROWS_AS(log.assert_has_action("g", succeeded), eliot::testing::AssertionError);
}

TEST_CASE("expected fields that are no object are refused") {
    Capture log;
    CHECK_THROWS_AS(log.assert_has_message("row", nlohmann::json::array({1, 2})),
                    std::invalid_argument);
}

TEST_CASE("a traceback that no test expects fails the check, whatever else is there") {
    Capture log;
    {
        auto action = eliot::start_action("work");
        log_traceback_of(std::runtime_error{"broken"});
    }
    try {
        log.check();
        FAIL("it does not throw");
    } catch (const eliot::testing::UnflushedTracebacks& error) {
        CHECK(error.tracebacks().size() == 1);
        CHECK(text_of(error) == R"(a traceback was logged that no test expected:

    std::runtime_error: broken
      in work

If that is right, expect it:

    log.flush_tracebacks<std::runtime_error>();

The log:

    work → succeeded
    └── eliot:traceback
            exception="std::runtime_error"
            reason="broken")");
    }
}

TEST_CASE("flushing takes the tracebacks of a type and of types derived from it") {
    Capture log;
    log_traceback_of(std::system_error{std::make_error_code(std::errc::io_error)});
    log_traceback_of(std::runtime_error{"plain"});
    log_traceback_of(std::logic_error{"other"});
    log_traceback_of(42);
    const auto flushed = log.flush_tracebacks<std::runtime_error>();
    CHECK(flushed.size() == 2);
    CHECK(flushed.at(1)["reason"] == "plain");
    CHECK(log.flush_tracebacks<std::runtime_error>().empty());
    CHECK_THROWS_AS(log.check(), eliot::testing::UnflushedTracebacks);
    CHECK(log.flush_tracebacks<std::exception>().size() == 1);
    CHECK(log.flush_tracebacks<int>().size() == 1);
    CHECK_NOTHROW(log.check());
    CHECK(log.messages().size() == 4);
}

TEST_CASE("a traceback of no exception is flushed as any exception") {
    Capture log;
    log_traceback_of(std::exception_ptr{});
    CHECK(log.flush_tracebacks<std::runtime_error>().empty());
    CHECK(log.flush_tracebacks<std::exception>().size() == 1);
}

TEST_CASE("a value that cannot be written fails the validation, not the check for tracebacks") {
    Capture log;
    eliot::log_message("order", "price"_f = []() -> int { throw std::runtime_error{"no price"}; });
    CHECK_THROWS_AS(log.check(), eliot::ValidationError);
    try {
        log.validate();
    } catch (const eliot::ValidationError& error) {
        CHECK(text_of(error).starts_with("the log is not as its types declare it:\n\n"
                                         "    order: field \"price\": no price\n"));
    }
}

TEST_CASE("problems that nobody asked about are told to the handler when the capture ends") {
    ProblemTrap trap;
    {
        Capture log;
        log_traceback_of(std::runtime_error{"broken"});
    }
    CHECK(ProblemTrap::text.starts_with("a captured log has problems that no test asked about.\n"
                                        "Call log.check() before the capture ends.\n\n"
                                        "a traceback was logged that no test expected:"));
}

TEST_CASE("what was asked about is not told again, what comes later is") {
    ProblemTrap trap;
    {
        Capture log;
        log_traceback_of(std::runtime_error{"first"});
        CHECK_THROWS_AS(log.check(), eliot::testing::UnflushedTracebacks);
    }
    CHECK(ProblemTrap::text.empty());
    {
        Capture log;
        log_traceback_of(std::runtime_error{"first"});
        CHECK_THROWS_AS(log.check(), eliot::testing::UnflushedTracebacks);
        log_traceback_of(std::runtime_error{"second"});
    }
    CHECK(ProblemTrap::text.find("second") != std::string::npos);
    CHECK(ProblemTrap::text.find("    std::runtime_error: first") == std::string::npos);
}

TEST_CASE("flushed tracebacks, a reset and a passing exception leave nothing to tell") {
    ProblemTrap trap;
    {
        Capture log;
        log_traceback_of(std::runtime_error{"expected"});
        log.flush_tracebacks<std::runtime_error>();
    }
    {
        Capture log;
        log_traceback_of(std::runtime_error{"forgotten"});
        log.reset();
    }
    try {
        Capture log;
        log_traceback_of(std::runtime_error{"on the way"});
        throw std::runtime_error{"the test fails anyway"};
    } catch (const std::runtime_error&) {
    }
    CHECK(ProblemTrap::text.empty());
}

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

TEST_CASE("capture_logging runs body, assertions and check in this order") {
    std::string order;
    auto run = [&] {
        eliot::testing::capture_logging(
            [&](auto& log) {
                order += "body ";
                eliot::log_message("a");
                log_traceback_of(std::runtime_error{"x"});
                CHECK(log.messages().size() == 2);
            },
            [&](auto& log) {
                order += "assertions ";
                log.assert_has_message("a");
            });
    };
    CHECK_THROWS_AS(run(), eliot::testing::UnflushedTracebacks);
    CHECK(order == "body assertions ");
}

TEST_CASE("a body that throws is not asserted, and the capture ends") {
    Listening destination;
    bool asserted = false;
    CHECK_THROWS_AS(eliot::testing::capture_logging([](auto&) { throw std::runtime_error{"body"}; },
                                                    [&](auto&) { asserted = true; }),
                    std::runtime_error);
    CHECK_FALSE(asserted);
    eliot::log_message("free");
    CHECK(destination.types() == "free");
}

TEST_CASE("while captures come and go every line lands in exactly one place") {
    namespace detail = eliot::detail;
    constexpr int threads = 3;
    constexpr int lines = 600;
    std::atomic<int> in_destination{0};
    std::atomic<int> running{threads};
    const auto id = eliot::add_destination([&](const eliot::Record&) { ++in_destination; });
    std::vector<std::thread> busy;
    for (int i = 0; i < threads; ++i) {
        busy.emplace_back([&] {
            for (int n = 0; n < lines; ++n) {
                eliot::log_message("m", "n"_f = n);
            }
            --running;
        });
    }
    // Not `Capture`, because these can be read when they have ended.
    std::size_t captured = 0;
    const auto count = [&](auto* target) {
        captured += target->read([](auto& all, auto&) { return all.size(); });
        target->release();
    };
    do {
        auto* outer = new detail::CapturedLines;
        auto* inner = new detail::CapturedLines;
        detail::Thread& self = detail::this_thread();
        detail::begin_capture(self, *outer);
        detail::begin_capture(self, *inner);
        const Capture mine{this_thread};
        const auto other = eliot::add_destination([](const eliot::Record&) {});
        std::this_thread::yield();
        detail::end_capture(self, *outer);
        eliot::remove_destination(other);
        detail::end_capture(self, *inner);
        count(outer);
        count(inner);
    } while (running != 0);
    for (auto& thread : busy) {
        thread.join();
    }
    eliot::remove_destination(id);
    CHECK(static_cast<int>(captured) + in_destination == threads * lines);
}

TEST_CASE("threads captured in parallel get their own lines, all of them and no others") {
    constexpr int threads = 4;
    constexpr int captures = 50;
    std::atomic<int> wrong{0};
    std::vector<std::thread> tests;
    for (int i = 0; i < threads; ++i) {
        tests.emplace_back([&, i] {
            for (int n = 0; n < captures; ++n) {
                Capture log{this_thread};
                log.pin_ids();
                log.pin_clock(i);
                eliot::log_message("a", "thread"_f = i);
                in_thread(eliot::preserve_context([i] { eliot::log_message("b", "n"_f = i); }));
                const auto messages = log.messages();
                const bool right = messages.size() == 2 && messages[0]["thread"] == i &&
                                   messages[1]["n"] == i && messages[1]["timestamp"] == i &&
                                   messages[1]["task_uuid"].get<std::string>().ends_with("0002");
                wrong += right ? 0 : 1;
            }
        });
    }
    for (auto& test : tests) {
        test.join();
    }
    CHECK(wrong == 0);
}
