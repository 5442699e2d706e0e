// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/task.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

TEST_CASE("a task knows its id, its root, its lines and whether all have come") {
    eliot::Parser parser;
    parser.add_line(start("1"));
    const auto early = parser.incomplete_tasks().at(0);
    CHECK(early.task_uuid() == "u");
    CHECK_FALSE(early.is_complete());
    CHECK(early.oddities().size() == 1);
    const auto task = parser.add_line(end("2")).at(0);
    CHECK(task.is_complete());
    CHECK(task.oddities().empty());
    CHECK(task.line_count() == 2);
    CHECK(task.root().is_action());
}

TEST_CASE("the root of a lone message is that message") {
    eliot::Parser parser;
    const auto task = parser.add_line(message("1")).at(0);
    CHECK(task.root().is_message());
    CHECK(task.root().task_level() == eliot::TaskLevel{1});
}
