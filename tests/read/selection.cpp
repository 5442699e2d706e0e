// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/selection.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

namespace {

/// The levels that are shown.
std::string shown(const std::vector<std::string>& lines, std::vector<eliot::Condition> conditions) {
    eliot::Selector selector;
    for (auto& condition : conditions) {
        selector.add(std::move(condition));
    }
    const auto task = tasks_of(lines).at(0);
    const auto chosen = selector.choose(task);
    if (!chosen) {
        return "nothing";
    }
    std::string levels;
    for (std::uint32_t node = 0; node < task.store().nodes.size(); ++node) {
        if (chosen->shows(node)) {
            levels += eliot::detail::level_text(eliot::detail::level_of(task.store(), node)) + ' ';
        }
    }
    return levels;
}

eliot::Condition of_type(std::string type, eliot::Reach reach) {
    return {[type = '"' + type + '"'](const eliot::detail::TaskStore& task, std::uint32_t node) {
                const std::uint32_t line = task.type_line(node);
                return line != eliot::detail::nothing && task.type_of(line) == type;
            },
            reach};
}

std::string failed_at(double time, std::string_view level, std::string_view type) {
    return line_at(time, level,
                   R"("action_type":")" + std::string{type} + R"(","action_status":"failed")");
}

const std::vector<std::string> log_lines{
    start_at(1, "1", "root"),       line_at(1, "2", R"("message_type":"before")"),
    start_at(2, "3,1", "good"),     line_at(3, "3,2", R"("message_type":"inside")"),
    end_at(4, "3,3", "good"),       start_at(5, "4,1", "bad"),
    start_at(5, "4,2,1", "worse"),  line_at(6, "4,2,2", R"("message_type":"last")"),
    failed_at(7, "4,2,3", "worse"), failed_at(8, "4,3", "bad"),
    end_at(9, "5", "root")};

}

TEST_CASE("without a condition everything is shown") {
    CHECK(eliot::Selector{}.empty());
    const auto chosen = eliot::Selector{}.choose(tasks_of(log_lines).at(0));
    REQUIRE(chosen);
    CHECK(chosen->shows_all());
    CHECK(chosen->shows(3));
}

TEST_CASE("failed actions are shown with their messages and the actions they are in") {
    CHECK(shown(log_lines, {eliot::failed_actions()}) == "/ /4 /4/2 /4/2/2 ");
    CHECK(shown({start("1"), message("2"), read_tests::end("3")}, {eliot::failed_actions()}) ==
          "nothing");
    CHECK(shown({message("1")}, {eliot::failed_actions()}) == "nothing");
}

TEST_CASE("a match reaches as far as it is meant to") {
    CHECK(shown(log_lines, {of_type("bad", eliot::Reach::node)}) == "/ /4 ");
    CHECK(shown(log_lines, {of_type("bad", eliot::Reach::subtree)}) == "/ /4 /4/2 /4/2/2 ");
    CHECK(shown(log_lines, {of_type("inside", eliot::Reach::node)}) == "/ /3 /3/2 ");
}

TEST_CASE("of several conditions all must be met") {
    CHECK(shown(log_lines, {of_type("root", eliot::Reach::subtree), eliot::failed_actions()}) ==
          "/ /4 /4/2 /4/2/2 ");
    CHECK(shown(log_lines, {of_type("good", eliot::Reach::subtree), eliot::failed_actions()}) ==
          "nothing");
}

TEST_CASE("actions that last long, or have no end, are shown with their messages") {
    CHECK(shown(log_lines, {eliot::actions_lasting(2'500'000'000)}) == "/ /2 /4 ");
    CHECK(shown(log_lines, {eliot::actions_lasting(9'000'000'000)}) == "nothing");
    CHECK(shown({start("1")}, {eliot::actions_lasting(9'000'000'000)}) == "/ ");
    CHECK(shown({message("1")}, {eliot::actions_lasting(0)}) == "nothing");
}

TEST_CASE("of a span of time is shown what happened or was going on") {
    CHECK(shown(log_lines, {eliot::between(eliot::Instant{3, 0}, eliot::Instant{5, 0})}) ==
          "/ /3 /3/2 ");
    CHECK(shown(log_lines, {eliot::between(eliot::Instant{20, 0}, std::nullopt)}) == "nothing");
    CHECK(shown(log_lines, {eliot::between(std::nullopt, eliot::Instant{1, 1})}) == "/ /2 ");
}
