// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/task_store.hpp>

#include "read/support/tree_text.hpp"
#include "support/catch.hpp"

using namespace read_tests;

TEST_CASE("of a long level the middle is left out") {
    using eliot::detail::short_level_text;
    CHECK(short_level_text({}) == "/");
    CHECK(short_level_text({2, 3, -1}) == "/2/3/-1");
    CHECK(short_level_text(std::vector<std::int64_t>(32, 7)).find("…") == std::string::npos);
    std::vector<std::int64_t> level(100, 2);
    level.front() = 1;
    level.back() = 3;
    CHECK(short_level_text(level) == "/1/2/2/2/2/2/2/2/…(84)…/2/2/2/2/2/2/2/3");
}

TEST_CASE("a node is found by its parent, its number and its kind, among few and among many") {
    for (const std::int64_t count : {3, 5000}) {
        std::vector<eliot::detail::StoredNode> nodes;
        eliot::detail::ChildIndex index;
        const auto add = [&](std::int64_t number, std::uint32_t parent, bool is_action) {
            eliot::detail::StoredNode node{};
            node.number = number;
            node.parent = parent;
            node.is_action = is_action;
            nodes.push_back(node);
            index.add(nodes);
        };
        add(0, eliot::detail::nothing, true);
        for (std::int64_t i = 0; i < count; ++i) {
            add(count - i, 0, i % 2 == 0);
        }
        add(1, 1, true);
        CHECK(index.find(nodes, 0, count, true) == 1);
        CHECK(index.find(nodes, 0, count, false) == eliot::detail::nothing);
        CHECK(index.find(nodes, 0, count - 1, false) == 2);
        CHECK(index.find(nodes, 0, count + 1, true) == eliot::detail::nothing);
        CHECK(index.find(nodes, 1, 1, true) == nodes.size() - 1);
    }
}

TEST_CASE("children in any order cost as much as children in order") {
    std::vector<std::string> lines{start("1")};
    const int count = 50'000;
    for (int i = 0; i < count; ++i) {
        lines.push_back(message(std::to_string(2 + static_cast<long>(i) * 7919 % count)));
    }
    eliot::Parser parser;
    for (const auto& each : lines) {
        REQUIRE(parser.add_line(each).empty());
    }
    const auto tasks = parser.add_line(read_tests::end(std::to_string(count + 2)));
    REQUIRE(tasks.size() == 1);
    CHECK(tasks[0].oddities().empty());
    std::uint32_t expected = 2;
    for (const auto& child : tasks[0].root().action().children()) {
        REQUIRE(child.task_level().back() == expected++);
    }
}
