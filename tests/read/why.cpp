// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/why.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using Catch::Matchers::Contains;

namespace {

/// A task of its own that fails.
std::vector<std::string> failing_task(int number, const std::string& exception,
                                      const std::string& reason) {
    const std::string head = R"({"task_uuid":"t)" + std::to_string(number) + R"(","timestamp":)" +
                             std::to_string(number) + ',';
    return {head + R"("task_level":[1],"action_type":"job","action_status":"started","n":)" +
                std::to_string(number) + "}",
            head +
                R"("task_level":[2],"action_type":"job","action_status":"failed","exception":")" +
                exception + R"(","reason":")" + reason + "\"}"};
}

}

TEST_CASE("without a failure there is nothing to tell") {
    eliot::WhyReport why{{}};
    why.add(tasks_of({start("1"), read_tests::end("2")}).at(0));
    eliot::TextOutput out{[](std::string_view) {}};
    CHECK_FALSE(why.write(out));
}

TEST_CASE("many failures that differ in numbers only are one entry, a rare one stays its own") {
    std::vector<std::string> lines;
    for (int number = 0; number < 100; ++number) {
        const auto task =
            number == 50 ? failing_task(number, "E", "port closed")
                         : failing_task(number, "E", "timeout after " + std::to_string(number));
        lines.insert(lines.end(), task.begin(), task.end());
    }
    const std::string text = report_on<eliot::WhyReport>(lines);
    CHECK_THAT(text, Contains("100 failures\n"));
    CHECK_THAT(
        text,
        Contains("\n1     99  1970-01-01 00:00:00Z  1970-01-01 00:01:39Z  E: timeout after 0\n"));
    CHECK_THAT(
        text, Contains("\n2      1  1970-01-01 00:00:50Z  1970-01-01 00:00:50Z  E: port closed\n"));
    CHECK_THAT(text, Contains("with many reasons of this form"));
}

TEST_CASE("a few reasons that differ in numbers are told apart") {
    std::vector<std::string> lines;
    for (int number = 0; number < 6; ++number) {
        const auto task = failing_task(number, "E", number % 2 == 0 ? "HTTP 404" : "HTTP 503");
        lines.insert(lines.end(), task.begin(), task.end());
    }
    CHECK_THAT(report_on<eliot::WhyReport>(lines), Contains("1. E: HTTP 404\n   job\n   3 times"));
    CHECK_THAT(report_on<eliot::WhyReport>(lines), Contains("2. E: HTTP 503\n   job\n   3 times"));
}

TEST_CASE("the story that is told is one in which the task failed") {
    const std::string text = report_on<eliot::WhyReport>(
        {start("1", "main"), start("2,1", "try"), failed("2,2", "try", "E"), start("3,1", "try"),
         failed("3,2", "try", "E"), failed("4", "main", "E")});
    CHECK_THAT(text, Contains("   2 times"));
    CHECK_THAT(text, Contains("├── try/2/1  failed: E after 0s\n"));
    CHECK_THAT(text, Contains("went out through main/1; the task failed"));
    CHECK(text.find("stopped in") == std::string::npos); // and only that one
}

TEST_CASE("an action that never ended comes last") {
    auto lines = failing_task(9, "E", "r");
    lines.insert(lines.begin(), {start_at(1, "1"), start_at(2, "2,1", "hang"),
                                 line_at(5, "2,2", R"("message_type":"waiting")")});
    const std::string text = report_on<eliot::WhyReport>(lines);
    CHECK_THAT(text, Contains("1 failure, 1 unfinished action\n"));
    CHECK_THAT(text, Contains("2. hang never ended\n"));
    CHECK_THAT(text, Contains("unfinished: the last line of the task came 3.00s after its start"));
}
