// SPDX-License-Identifier: Apache-2.0
#include <eliot/context/node.hpp>

#include "support/catch.hpp"

#include <string>
#include <thread>

using namespace eliot::detail;

namespace {

/// As the start of an action takes one: what an earlier action left in it is reset.
ContextNode& open_node(Thread& self) {
    ContextNode& node = acquire_node(self);
    node.finished = false;
    return node;
}

}

TEST_CASE("a node is current until it is left, whatever the order") {
    Thread& self = this_thread();
    ContextNode& below = open_node(self);
    ContextNode& above = open_node(self);
    link(self, below);
    link(self, above);
    leave(self, below);
    CHECK(current_node(self) == &above);
    leave(self, above);
    CHECK(current_node(self) == nullptr);
    release(self, below);
    release(self, above);
}

TEST_CASE("a node released on another thread comes back to its owner") {
    Thread& self = this_thread();
    take_returned(self);
    ContextNode& node = open_node(self);
    link(self, node);
    std::thread{[&] {
        leave(this_thread(), node);
        release(this_thread(), node);
    }}.join();
    CHECK(current_node(self) == nullptr);
    take_returned(self);
    ContextNode& again = open_node(self);
    CHECK(&again == &node);
    release(self, again);
}

TEST_CASE("a node that is still linked when it comes back is recycled once it is on top") {
    Thread& self = this_thread();
    take_returned(self);
    ContextNode& node = open_node(self);
    ContextNode& above = open_node(self);
    link(self, node);
    link(self, above);
    std::thread{[&] {
        leave(this_thread(), node);
        release(this_thread(), node);
    }}.join();
    take_returned(self);
    CHECK(self.free_nodes != &node);
    leave(self, above);
    CHECK(current_node(self) == nullptr);
    CHECK(self.free_nodes == &node);
    release(self, above);
}

TEST_CASE("text grows, and can be read in blocks of 16 bytes") {
    static SmallText<16> text; // as in a node, which is never freed
    std::string expected;
    for (int i = 0; i < 100; ++i) {
        text.append("abcdefg");
        expected += "abcdefg";
        CHECK(text.view() == expected);
    }
    text.clear();
    CHECK(text.view().empty());
}
