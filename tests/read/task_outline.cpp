// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/task_outline.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using eliot::detail::TaskOutline;

namespace {

/// `+` a start, `-` an end, `.` a message, each with its type.
std::string steps_of(const TaskOutline& outline) {
    std::string text;
    for (const auto& step : outline.steps()) {
        const auto kind = static_cast<std::size_t>(step.kind);
        text += std::string(1, "+.-"[kind]) + std::string{outline.type_of(step)} + ' ';
    }
    return text;
}

/// A task with its outline.
struct Outlined {
    explicit Outlined(const std::vector<std::string>& lines) : task{tasks_of(lines).at(0)} {}
    eliot::Task task;
    TaskOutline outline{task.store()};
};

const std::vector<std::string> usual_task{start("1"), message("2"), start("3,1", "b"),
                                          read_tests::end("3,2", "b"), read_tests::end("4")};

}

TEST_CASE("the steps of a task are its starts, messages and ends, in the order of its levels") {
    CHECK(steps_of(Outlined{usual_task}.outline) == R"(+"a" ."m" +"b" -"b" -"a" )");
    const Outlined shuffled{
        {usual_task[3], usual_task[4], usual_task[1], usual_task[0], usual_task[2]}};
    CHECK(steps_of(shuffled.outline) == R"(+"a" ."m" +"b" -"b" -"a" )");
    CHECK(steps_of(Outlined{{start("1"), message("2")}}.outline) == R"(+"a" ."m" -"a" )");
}

TEST_CASE("tasks that took the same way have one fingerprint, whatever their fields are") {
    const std::uint64_t usual_way = Outlined{usual_task}.outline.fingerprint();
    auto lines = usual_task;
    lines[1] = line("2", R"("message_type":"m","n":1)");
    CHECK(Outlined{lines}.outline.fingerprint() == usual_way);
    lines[1] = message("2", "other");
    CHECK(Outlined{lines}.outline.fingerprint() != usual_way);
    lines = usual_task;
    lines[3] = failed("3,2", "b", "E");
    CHECK(Outlined{lines}.outline.fingerprint() != usual_way);
    lines[3] = message("3,2");
    CHECK(Outlined{lines}.outline.fingerprint() != usual_way);
}

TEST_CASE("two ways have their steps in common up to where they part, with fields that differ") {
    auto lines = usual_task;
    lines[1] = line("2", R"("message_type":"m","n":1,"same":{"x":1, "y":2},"list":[1,2])");
    const Outlined a{lines};
    lines[1] = line("2", R"("message_type":"m","n":2,"same":{"x":1,"y":2},"more":true)");
    lines[3] = failed("3,2", "b", "E");
    const Outlined b{lines};
    CHECK(common_steps(a.outline, b.outline) == 3);
    CHECK(common_steps(a.outline, a.outline) == 5);
    std::string text;
    for (const auto& each : field_differences(a.outline, b.outline, 3)) {
        text += std::to_string(each.step) + ' ' + each.name + ": " + each.left + '|' + each.right +
                '\n';
    }
    CHECK(text == "1 list: [1,2]|\n1 more: |true\n1 n: 1|2\n");
}
