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
    Added(Survival& survival, const std::string& log) : entry{survival.add(log, error)} {}
};

} // namespace

TEST_CASE("what is committed stands in a file beside each log, without a write") {
    const TemporaryDirectory here;
    static constinit Survival survival; // mappings stay
    CHECK(survival.take() == nullptr);
    REQUIRE(Added{survival, here / "a.log"}.entry == 0);
    REQUIRE(Added{survival, here / "b.log"}.entry == 1);
    ChunkMemory* const memory = survival.take();
    REQUIRE(memory != nullptr);
    std::memcpy(memory->bytes, "{\"the line\":1}\n", 15);
    memory->committed.store(15, MemoryOrder::release);
    CHECK(text_of(chunks_of(here / "a.log", 0)).find("{\"the line\":1}") != std::string::npos);
    CHECK(text_of(chunks_of(here / "b.log", 1)) == text_of(chunks_of(here / "a.log", 0)));
    survival.remove(0);
    CHECK(!std::filesystem::exists(survival_directory(here / "a.log")));
    CHECK(survival.is_active());
    survival.remove(1);
    CHECK(!std::filesystem::exists(survival_directory(here / "b.log")));
    CHECK(!survival.is_active());
    CHECK(survival.take() == nullptr);
    CHECK(memory->committed.load(MemoryOrder::acquire) == 15); // ordinary memory now
}

TEST_CASE("mapped memory is known by its address, and by how far each log has written it") {
    const TemporaryDirectory here;
    static constinit Survival survival;
    REQUIRE(Added{survival, here / "a.log"}.entry == 0);
    survival.take();
    ChunkMemory* const memory = survival.take();
    CHECK(survival.find(memory->bytes + 100) == memory);
    ChunkMemory other;
    CHECK(survival.find(&other) == nullptr);
    survival.after_write(0, {memory->bytes + 10, 20});
    survival.after_write(-1, {memory->bytes, 500}); // a file that does not survive
    CHECK(memory->written[0].load(MemoryOrder::relaxed) == 30);
    CHECK(memory->written[1].load(MemoryOrder::relaxed) == 0);
    survival.remove_all();
}

TEST_CASE("eight logs survive, one more is an error, and so is one that is nowhere") {
    const TemporaryDirectory here;
    static constinit Survival survival;
    CHECK(Added{survival, here / "no/a.log"}.error == std::errc::no_such_file_or_directory);
    CHECK(!survival.is_active());
    for (int i = 0; i < static_cast<int>(ChunkMemory::most_survivors); ++i) {
        CHECK(Added{survival, here / std::to_string(i)}.entry == i);
    }
    CHECK(Added{survival, here / "one more"}.error == std::errc::too_many_files_open);
    survival.remove(3);
    CHECK(Added{survival, here / "one more"}.entry == 3);
    survival.remove_all();
    CHECK(std::filesystem::is_empty(here.path()));
}
