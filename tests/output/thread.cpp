// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/thread.hpp>

#include "support/catch.hpp"

using eliot::detail::DroppedLines;
using eliot::detail::Queue;

namespace {

struct Node {
    int number;
    Node* next = nullptr;
};

} // namespace

TEST_CASE("a queue gives back what it was given, in that order, also once it was empty") {
    Node nodes[] = {{1}, {2}, {3}};
    Queue<Node> queue;
    CHECK(queue.pop() == nullptr);
    queue.push(&nodes[0]);
    queue.push(&nodes[1]);
    CHECK(queue.pop() == &nodes[0]);
    CHECK(queue.pop() == &nodes[1]);
    CHECK(queue.pop() == nullptr);
    queue.push(&nodes[2]);
    CHECK(queue.first == &nodes[2]);
    CHECK(queue.pop() == &nodes[2]);
}

TEST_CASE("dropped lines are told of once there is room again") {
    DroppedLines dropped;
    dropped.report();
    CHECK(!dropped.is_due());
    dropped.add(3, 1'000'000'000);
    dropped.add(4, 2'000'000'000);
    CHECK(!dropped.is_due());
    dropped.report();
    CHECK(dropped.is_due());
    CHECK(dropped.since() == 1.0);
    CHECK(dropped.take() == 7);
    CHECK(!dropped.is_due());
}

TEST_CASE("a report that is dropped itself is no line lost, and what it told is told again") {
    DroppedLines dropped;
    dropped.add(3, 1'000'000'000);
    dropped.report();
    CHECK(dropped.take() == 3);
    dropped.add(5, 2'000'000'000); // four lines and the report
    dropped.report();
    CHECK(dropped.since() == 1.0);
    CHECK(dropped.take() == 7);
    dropped.report(); // which arrived
    dropped.add(2, 3'000'000'000);
    dropped.report();
    CHECK(dropped.since() == 3.0);
    CHECK(dropped.take() == 2);
}
