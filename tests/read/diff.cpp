// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/diff.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using Catch::Matchers::Contains;

namespace {

std::string difference(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    eliot::RunDiff diff{{false, "A", "B"}};
    for (const auto& task : tasks_of(a)) {
        diff.before().add(task);
    }
    for (const auto& task : tasks_of(b)) {
        diff.after().add(task);
    }
    return written([&](eliot::TextOutput& out) { diff.write(out); });
}

std::string order(std::string_view level, std::string_view fields) {
    return line(level, R"("action_type":"order","action_status":"started",)" + std::string{fields});
}

}

TEST_CASE("two runs that did the same are not different") {
    const std::vector<std::string> run{start("1"), message("2"), read_tests::end("3")};
    CHECK(difference(run, run) == "no difference\n");
}

TEST_CASE("where the ways part is shown with the fields that differed before") {
    CHECK(difference({order("1", R"("size":"S","customer":1)"), message("2", "stock"),
                      message("3", "sent"), read_tests::end("4", "order")},
                     {order("1", R"("size":"XL","customer":1)"), message("2", "stock"),
                      message("3", "backlog"), read_tests::end("4", "order")}) ==
          "order took another way: 1 task\n"
          "  A: task u\n"
          "  B: task u\n"
          "  the same for 2 steps, up to stock/2; then\n"
          "    A: sent/3\n"
          "    B: backlog/3\n"
          "  different before that, nearest first:\n"
          "    order/1  size: S | XL\n");
}

TEST_CASE("an action that ended in another way parts the ways") {
    const std::string text =
        difference({start("1"), read_tests::end("2")}, {start("1"), failed("2", "a", "E")});
    CHECK_THAT(text, Contains("    A: a/ ended: succeeded\n    B: a/ ended: failed  exception: E"));
    CHECK_THAT(text, Contains("fails only in B\n  1 time   a: E\n"));
    CHECK_THAT(difference({start("1"), failed("2", "a", "E")}, {start("1"), read_tests::end("2")}),
               Contains("fails only in A\n  1 time   a: E\n"));
    CHECK_THAT(difference({start("1"), read_tests::end("2")}, {start("1")}),
               Contains("B: a/ never ended"));
}

TEST_CASE("fields that differ from task to task anyway explain nothing") {
    const auto task = [](int id, const std::string& message_type) {
        const std::string head = R"({"task_uuid":"t)" + std::to_string(id) + R"(","timestamp":1,)";
        return std::vector<std::string>{
            head + R"("task_level":[1],"action_type":"a","action_status":"started","id":)" +
                std::to_string(id) + "}",
            head + R"("task_level":[2],"message_type":")" + message_type + "\"}",
            head + R"("task_level":[3],"action_type":"a","action_status":"succeeded"})"};
    };
    std::vector<std::string> before = task(1, "m");
    const auto second = task(2, "m");
    before.insert(before.end(), second.begin(), second.end());
    const std::string text = difference(before, task(3, "n"));
    CHECK_THAT(text, Contains("not shown: 1 field that differ from task to task anyway"));
    CHECK(text.find("id: 1 | 3") == std::string::npos);
}

TEST_CASE("one task against one task shows values that differ without consequence") {
    CHECK_THAT(difference({order("1", R"("x":1)"), read_tests::end("2", "order")},
                          {order("1", R"("y":1)"), read_tests::end("2", "order")}),
               Contains("order took the same way with other values\n"
                        "  different on the way:\n"
                        "    order/1  x: 1 | (none)\n"
                        "    order/1  y: (none) | 1\n"));
}

TEST_CASE("tasks that only one run has are named") {
    CHECK_THAT(difference({message("1", "m")}, {message("1", "n")}),
               Contains("only A has tasks m: 1\n\nonly B has tasks n: 1\n"));
}

TEST_CASE("what takes longer is shown, what is noise is not") {
    CHECK_THAT(
        difference({start_at(0, "1"), end_at(0.010, "2")}, {start_at(0, "1"), end_at(0.030, "2")}),
        Contains("slower in B\n"
                 " p50 A   p50 B  factor  count  type\n"
                 "10.0ms  30.0ms     3.0      1  a\n"));
    CHECK(difference({start_at(0, "1"), end_at(0.010, "2")},
                     {start_at(0, "1"), end_at(0.011, "2")}) == "no difference\n");
}
