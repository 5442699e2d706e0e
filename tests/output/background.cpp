// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/background.hpp>

#include "support/catch.hpp"

#include <cstddef>

using namespace eliot::detail;

namespace {

/// With `size` chunks in it, which are told apart by `from`.
void fill(BackgroundQueue& queue, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
        delete queue.exchange({make_chunk_memory(), i, i, nullptr}, false);
    }
}

} // namespace

TEST_CASE("chunks leave the queue in their order, and their memory is used again, empty") {
    static constinit BackgroundQueue queue; // the memory stays its own
    fill(queue, 3);
    ChunkMemory* const first = queue.first().memory;
    first->committed.store(100, MemoryOrder::relaxed);
    CHECK(queue.first().from == 0);
    queue.remove_first();
    CHECK(queue.first().from == 1);
    CHECK(queue.exchange({make_chunk_memory(), 3, 3, nullptr}, false) == first);
    CHECK(first->committed.load(MemoryOrder::relaxed) == 0);
    for (std::size_t i = 1; i < 4; ++i) {
        CHECK(queue.first().from == i);
        queue.remove_first();
    }
    CHECK(queue.empty());
    CHECK(queue.first().memory == nullptr);
    delete first;
}

TEST_CASE("a full queue takes nothing more from who does not wait, and shows what is in it") {
    static constinit BackgroundQueue queue;
    fill(queue, BackgroundQueue::capacity);
    const FullChunk one_more{queue.first().memory, 99, 99, nullptr};
    CHECK(queue.exchange(one_more, false) == nullptr);
    queue.remove_first();
    CHECK(queue.exchange(one_more, false) != nullptr);
    std::size_t expected = 1;
    queue.peek([&](const FullChunk& chunk) {
        CHECK(chunk.from == (expected == BackgroundQueue::capacity ? 99 : expected));
        ++expected;
    });
    CHECK(expected == BackgroundQueue::capacity + 1);
}
