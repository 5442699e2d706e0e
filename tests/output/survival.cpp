// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/survival.hpp>

#include "support/catch.hpp"
#include "support/files.hpp"

#include <cstdio>
#include <cstring>
#include <string>

using namespace eliot::detail;

namespace {

std::string chunks_of(const std::string& log, int entry) {
    return survival_directory(log) + '/' + std::to_string(getpid()) + '.' + std::to_string(entry);
}

struct Added {
    std::error_code error;
    int entry;
    Added(Survival& survivors, const std::string& log) : entry{survivors.add(log, error)} {}
};

} // namespace

TEST_CASE("what is committed stands in a file beside each log, without a write") {
    const TemporaryDirectory here;
    static constinit Survival mapping; // mappings stay
    CHECK(mapping.take() == nullptr);
    REQUIRE(Added{mapping, here / "a.log"}.entry == 0);
    REQUIRE(Added{mapping, here / "b.log"}.entry == 1);
    ChunkMemory* const memory = mapping.take();
    REQUIRE(memory != nullptr);
    std::memcpy(memory->bytes, "{\"the line\":1}\n", 15);
    memory->committed.store(15, MemoryOrder::release);
    CHECK(text_of(chunks_of(here / "a.log", 0)).find("{\"the line\":1}") != std::string::npos);
    CHECK(text_of(chunks_of(here / "b.log", 1)) == text_of(chunks_of(here / "a.log", 0)));
    mapping.remove(0);
    CHECK(!std::filesystem::exists(survival_directory(here / "a.log")));
    CHECK(mapping.is_active());
    mapping.remove(1);
    CHECK(!std::filesystem::exists(survival_directory(here / "b.log")));
    CHECK(!mapping.is_active());
    CHECK(mapping.take() == nullptr);
    CHECK(memory->committed.load(MemoryOrder::acquire) == 15); // ordinary memory now
}

TEST_CASE("mapped memory is known by its address, and by how far each log has written it") {
    const TemporaryDirectory here;
    static constinit Survival mapping;
    REQUIRE(Added{mapping, here / "a.log"}.entry == 0);
    mapping.take();
    ChunkMemory* const memory = mapping.take();
    CHECK(mapping.find(memory->bytes + 100) == memory);
    ChunkMemory other;
    CHECK(mapping.find(&other) == nullptr);
    mapping.after_write(0, {memory->bytes + 10, 20});
    mapping.after_write(-1, {memory->bytes, 500}); // a file that does not survive
    CHECK(memory->written[0].load(MemoryOrder::relaxed) == 30);
    CHECK(memory->written[1].load(MemoryOrder::relaxed) == 0);
    mapping.remove_all();
}

TEST_CASE("eight logs survive, one more is an error, and so is one that is nowhere") {
    const TemporaryDirectory here;
    static constinit Survival mapping;
    CHECK(Added{mapping, here / "no/a.log"}.error == std::errc::no_such_file_or_directory);
    CHECK(!mapping.is_active());
    for (int i = 0; i < static_cast<int>(ChunkMemory::most_survivors); ++i) {
        CHECK(Added{mapping, here / std::to_string(i)}.entry == i);
    }
    CHECK(Added{mapping, here / "one more"}.error == std::errc::too_many_files_open);
    mapping.remove(3);
    CHECK(Added{mapping, here / "one more"}.entry == 3);
    mapping.remove_all();
    CHECK(std::filesystem::is_empty(here.path()));
}
