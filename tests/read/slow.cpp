// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/slow.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using Catch::Matchers::Contains;

TEST_CASE("the time of each type is counted, without that of the actions inside as well") {
    CHECK_THAT(
        report_on<eliot::SlowReport>({start_at(0, "1", "root"), start_at(1, "2,1", "step"),
                                      end_at(3, "2,2", "step"), start_at(4, "3,1", "step"),
                                      end_at(8, "3,2", "step"), end_at(10, "4", "root")}),
        Contains("    2       0           0  6.00s  6.00s  2.00s  4.00s  4.00s  4.00s  step\n"
                 "    1       0           0  10.0s  4.00s  10.0s  10.0s  10.0s  10.0s  root\n"));
}

TEST_CASE("a log without actions has no times") {
    CHECK(report_on<eliot::SlowReport>({message("1")}) == "no actions\n");
    CHECK(report_on<eliot::SlowReport>({}) == "no actions\n");
}

TEST_CASE("the slowest tasks are kept, in order") {
    eliot::SlowReport slow{{2, {}, false}};
    for (const int length : {3, 9, 1, 7, 5}) {
        const std::string head =
            R"({"task_uuid":"t)" + std::to_string(length) + R"(","action_type":"a","timestamp":)";
        slow.add(tasks_of({head + R"(0,"task_level":[1],"action_status":"started"})",
                           head + std::to_string(length) +
                               R"(,"task_level":[2],"action_status":"succeeded"})"})
                     .at(0));
    }
    const std::string text = written([&](eliot::TextOutput& out) { slow.write(out); });
    CHECK(text.find("task t9") < text.find("task t7"));
    CHECK(text.find("task t7") != std::string::npos);
    CHECK(text.find("task t5") == std::string::npos);
}

TEST_CASE("centuries are shown like anything else") {
    const std::string century = "3155760000";
    const std::string line = R"({"task_uuid":"u","task_level":[)";
    CHECK_THAT(
        report_on<eliot::SlowReport>({start_at(0, "1", "root"), start_at(0, "2,1", "all"),
                                      line + "2,2],\"timestamp\":" + century +
                                          R"(,"action_type":"all","action_status":"succeeded"})",
                                      end_at(1, "3", "root")}),
        Contains("100 %"));
}
