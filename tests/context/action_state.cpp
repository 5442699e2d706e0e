// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/action_state.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

using namespace eliot::detail;

TEST_CASE("a node's prefix tells its identity") {
    const auto id = eliot::TaskId::parse("5c87f5fb-c8d7-4deb-9e31-ecca93436d73@/2/13");
    REQUIRE(id.has_value());
    ContextNode& node = acquire_node(this_thread());
    node.prefix.clear();
    set_prefix(node, *id);
    CHECK(node.prefix.view() ==
          R"({"task_uuid":"5c87f5fb-c8d7-4deb-9e31-ecca93436d73","task_level":[2,13,)");
    CHECK(task_uuid_of(node) == "5c87f5fb-c8d7-4deb-9e31-ecca93436d73");
    CHECK(level_of(node) == eliot::TaskLevel{2, 13});
    release(this_thread(), node);
}

TEST_CASE("an action of an earlier process generation says nothing") {
    Lines log;
    ContextNode& node = start(task_scope, "before the fork", nullptr, 0);
    node.generation -= 1;
    log_message_in_action(node, "m", nullptr, 0);
    end(node);
    CHECK(log.text() == "/1 before the fork started\n");
}
