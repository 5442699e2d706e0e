// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/chunk.hpp>

#include "support/catch.hpp"

#include <cstring>
#include <memory>
#include <string_view>

using namespace eliot::detail;

namespace {

struct OwnedChunk {
    std::unique_ptr<ChunkMemory> memory = std::make_unique<ChunkMemory>();
    Chunk chunk;

    OwnedChunk() { chunk.memory = memory.get(); }
    void append(std::string_view line) {
        std::memcpy(chunk.end(), line.data(), line.size());
        chunk.commit(chunk.end() + line.size(), nullptr);
    }
};

} // namespace

TEST_CASE("what is committed stands behind what was") {
    OwnedChunk owned;
    owned.append("one\n");
    owned.append("two\n");
    CHECK(owned.chunk.committed() == 8);
    CHECK(owned.chunk.lines(0, 8) == "one\ntwo\n");
    CHECK(owned.chunk.lines(4, 8) == "two\n");
}

TEST_CASE("there is room up to the limit, which anyone may set to nothing") {
    OwnedChunk owned;
    owned.append("0123456789");
    CHECK(owned.chunk.has_room(Chunk::capacity - 10));
    CHECK(!owned.chunk.has_room(Chunk::capacity - 9));
    owned.chunk.limit.store(0, MemoryOrder::relaxed);
    CHECK(!owned.chunk.has_room(1));
}

TEST_CASE("memory that begins anew is empty, and newer than what began before") {
    ChunkMemory first;
    ChunkMemory second;
    first.begin_anew();
    second.begin_anew();
    first.committed.store(10, MemoryOrder::relaxed);
    first.written[3].store(10, MemoryOrder::relaxed);
    CHECK(second.sequence.load(MemoryOrder::relaxed) > first.sequence.load(MemoryOrder::relaxed));
    first.begin_anew();
    CHECK(first.committed.load(MemoryOrder::relaxed) == 0);
    CHECK(first.written[3].load(MemoryOrder::relaxed) == 0);
    CHECK(first.sequence.load(MemoryOrder::relaxed) > second.sequence.load(MemoryOrder::relaxed));
}
