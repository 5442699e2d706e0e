// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/task_summary.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;
using eliot::detail::counted;
using eliot::detail::grouped;
using eliot::detail::inline_fields;
using eliot::detail::shown_value;

namespace {

/// Actions a, each in the one before; the innermost holds a message.
std::vector<std::string> nested_actions(int depth) {
    std::vector<std::string> lines{start("1")};
    std::string level = "2";
    for (int i = 1; i < depth; ++i) {
        lines.push_back(start(level + ",1", "a" + std::to_string(i)));
        level += ",2";
    }
    lines.push_back(message(level));
    return lines;
}

std::string path_to_last(const std::vector<std::string>& lines) {
    const auto task = tasks_of(lines).at(0);
    const auto last = static_cast<std::uint32_t>(task.store().nodes.size() - 1);
    return eliot::detail::path_text(task.store(), last) + ' ' +
           eliot::detail::shown_level(task.store(), last);
}

}

TEST_CASE("the way to a node is types from the root down, the middle of a long one left out") {
    CHECK(path_to_last(nested_actions(3)) == "a > a1 > a2 > m /2/2/2");
    CHECK(path_to_last({message("1")}) == "m /1");
    CHECK(path_to_last({message("2,2")}) == "<unnamed> > <unnamed> > m /2/2");
    CHECK_THAT(path_to_last(nested_actions(20)),
               Catch::Matchers::Contains("a > a1 > a2 > a3 > a4 > a5 > (9 levels) > a15 > a16"));
}

TEST_CASE(
    "a value on one line is cut at its first line and its limit, and cannot steer a terminal") {
    CHECK(shown_value(R"("short")", 60, "…") == "short");
    CHECK(shown_value(R"("one\ntwo")", 60, "…") == "one…");
    CHECK(shown_value(R"("日本語テキスト")", 3, "...") == "日本語...");
    CHECK(shown_value(R"("\u001b[31m")", 60, "…") == "␛[31m");
    CHECK(shown_value(R"({"a":[1,2.5]})", 60, "…") == R"({"a":[1,2.5]})");
}

TEST_CASE("fields stand behind their node by name, but for those left out") {
    const auto task = tasks_of({line("1", R"("message_type":"m","b":2,"a":"x","t":"…")")}).at(0);
    CHECK(inline_fields(task.store(), 0, {"t"}, "…") == "  a: x, b: 2");
    CHECK(inline_fields(task.store(), 0, {"a", "b", "t"}, "…").empty());
    CHECK(inline_fields(task.store(), eliot::detail::nothing, {}, "…").empty());
}

TEST_CASE("numbers are grouped by thousands, nouns counted") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1'234'567) == "1 234 567");
    CHECK(counted(1, "task") == "1 task");
    CHECK(counted(1000, "task") == "1 000 tasks");
}

TEST_CASE("columns of a table end together, the last one as it likes") {
    eliot::detail::TextTable table{{"n", "size", "name"}};
    table.add({"10", "1", "first"});
    table.add({"2", "é", "b"});
    CHECK(written([&](eliot::TextOutput& out) { table.write(out); }) == " n  size  name\n"
                                                                        "10     1  first\n"
                                                                        " 2     é  b\n");
}
