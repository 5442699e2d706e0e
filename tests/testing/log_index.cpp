// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/log_index.hpp>

#include "support/catch.hpp"

#include <string>
#include <vector>

using eliot::TaskLevel;
using eliot::detail::LogEntry;
using eliot::detail::LogIndex;
using Messages = std::vector<nlohmann::json>;

namespace {

nlohmann::json line(const char* uuid, std::vector<int> level, const char* type) {
    return {{"task_uuid", uuid}, {"task_level", std::move(level)}, {"message_type", type}};
}

template <class Entries>
std::string types_of(const Entries& entries) {
    std::string types;
    for (const LogEntry& entry : entries) {
        types += (types.empty() ? "" : " ") + entry.message->at("message_type").get<std::string>();
    }
    return types;
}

}

TEST_CASE("tasks come in the order of their first lines, their lines in that of their levels") {
    const Messages log{line("u", {10}, "ten"),      line("v", {1}, "other"),
                       line("u", {9, 2}, "nested"), line("u", {9, 1}, "first"),
                       line("u", {10}, "again"),    line("u", {1}, "one")};
    const LogIndex index{log};
    REQUIRE(index.tasks().size() == 2);
    CHECK(index.tasks()[0].uuid == "u");
    CHECK(types_of(index.tasks()[0].entries) == "one first nested ten again");
    CHECK(types_of(index.tasks()[1].entries) == "other");
}

TEST_CASE("the lines of an action are those below its level, however deep") {
    const Messages log{line("u", {2, 1}, "start"), line("u", {2, 2, 1}, "deep"),
                       line("u", {1}, "before"),   line("u", {3}, "behind"),
                       line("u", {21, 1}, "21"),   line("v", {2, 1}, "elsewhere")};
    const LogIndex index{log};
    CHECK(types_of(index.lines_of_action("u", TaskLevel{2})) == "start deep");
    CHECK(types_of(index.lines_of_action("u", TaskLevel{2, 2})) == "deep");
    CHECK(types_of(index.lines_of_action("u", TaskLevel{})) == "before start deep behind 21");
    CHECK(index.lines_of_action("u", TaskLevel{4}).empty());
    CHECK(index.lines_of_action("w", TaskLevel{}).empty());
}

TEST_CASE("what has no task or no usable level has no place") {
    const Messages log{1,
                       nullptr,
                       nlohmann::json::object(),
                       line("u", {}, "root"),
                       line("", {1}, "no task"),
                       {{"task_uuid", "u"}, {"task_level", {1, "x"}}},
                       {{"task_uuid", "u"}, {"task_level", "/1"}}};
    CHECK(LogIndex{log}.tasks().empty());
}
