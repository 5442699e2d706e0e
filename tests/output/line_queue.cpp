// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/line_queue.hpp>

#include "support/catch.hpp"

using eliot::detail::LineQueue;
using eliot::detail::QueuedLine;

TEST_CASE("lines leave the queue in their order, with what is missing in front of them") {
    LineQueue queue;
    queue.add({"a\n"});
    CHECK(queue.drop(7));
    CHECK(!queue.drop(8));
    queue.add({"b\n", true});
    QueuedLine line;
    CHECK(queue.take(line));
    CHECK((line.text == "a\n" && line.gap.count == 0 && !line.is_report));
    CHECK(queue.take(line));
    CHECK((line.text == "b\n" && line.gap.count == 2 && line.gap.since == 7 && line.is_report));
    CHECK(!queue.take(line));
}

TEST_CASE("lines that are missing at the end are told of once all others are gone") {
    LineQueue queue;
    queue.add({"a\n"});
    queue.drop(7);
    QueuedLine line;
    CHECK(queue.take(line));
    CHECK(!queue.is_empty());
    CHECK(queue.take(line));
    CHECK((line.text.empty() && line.gap.count == 1));
    CHECK(queue.is_empty());
    CHECK(!queue.take(line));
}
