// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/capture.hpp>

#include "support/capturing.hpp"
#include "support/catch.hpp"
#include "testing/texts.hpp"
#include "testing/work.hpp"

#include <atomic>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace eliot::literals;
using eliot::testing::Capture;
using eliot::testing::this_thread;

namespace {

std::string text_of(const std::exception& error) { return without_blank_lines(error.what()); }

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
