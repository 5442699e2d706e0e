// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bytes of one thread's lines between encoding and delivery.
//
//     0 ≤ prompt, buffered ≤ committed ≤ capacity;  [0, committed) is whole lines, final
//
// The owner appends and commits without the mutex; whoever delivers, resets or exchanges the memory
// holds it.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/output/destination.hpp>
#include <eliot/output/mutex.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// May be mapped from a file, see survival.hpp; only then `written` and `sequence` mean something.
struct ChunkMemory {
    static constexpr std::size_t capacity = 32 * 1024;
    static constexpr std::size_t most_survivors = 8;

    ChunkMemory() noexcept {}

    /// Empty again. In this order: what is behind `committed` counts for nothing.
    void begin_anew() noexcept {
        committed.store(0, MemoryOrder::release);
        for (Atomic<std::uint32_t>& end : written) {
            end.store(0, MemoryOrder::release);
        }
        sequence.store(next_sequence->fetch_add(1, MemoryOrder::relaxed), MemoryOrder::release);
    }

    static inline constinit Shared<Atomic<std::uint64_t>> next_sequence{1U};

    Atomic<std::size_t> committed{0};
    bool is_mapped = false;                             ///< not from `new`
    Atomic<std::uint64_t> sequence{0};                  ///< which of the chunks is older
    Atomic<std::uint32_t> written[most_survivors] = {}; ///< by each log that survives
    char bytes[capacity];
};

struct Chunk {
    static constexpr std::size_t capacity = ChunkMemory::capacity;
    /// A line is begun only with this much room; most lines then never outgrow the chunk.
    static constexpr std::size_t line_room = 4 * 1024;

    ChunkMemory* memory = nullptr; ///< exchanged by the owner only
    /// No line is begun that might end behind this. Set to 0, by anyone with the mutex, it has the
    /// owner empty the chunk before its next line.
    Atomic<std::size_t> limit{capacity};
    const Schema* last_schema = nullptr; ///< of the line that was committed last; the owner's

    Mutex mutex;
    std::size_t prompt = 0;                ///< delivered to line files, callbacks, captures
    std::size_t buffered = 0;              ///< delivered to the others
    const DestinationList* list = nullptr; ///< where the lines go; null: the program's list
    Atomic<bool> waits{false};             ///< whoever has the mutex waits for the writing thread
    std::size_t background = 0; ///< meanwhile: delivered to the files of that, unlike `buffered`

    std::size_t committed() const noexcept { return memory->committed.load(MemoryOrder::acquire); }
    /// Where the next line begins; for the owner.
    char* end() const noexcept {
        return memory->bytes + memory->committed.load(MemoryOrder::relaxed);
    }
    const char* capacity_end() const noexcept { return memory->bytes + capacity; }
    /// Makes everything before `end` final; for the owner.
    void commit(const char* end, const Schema* schema) noexcept {
        last_schema = schema;
        commit(end);
    }
    /// The same, where `last_schema` is that of this line already.
    void commit(const char* end) noexcept {
        memory->committed.store(static_cast<std::size_t>(end - memory->bytes),
                                MemoryOrder::release);
    }
    bool has_room(std::size_t size) const noexcept {
        return memory->committed.load(MemoryOrder::relaxed) + size <=
               limit.load(MemoryOrder::relaxed);
    }
    std::string_view lines(std::size_t from, std::size_t to) const noexcept {
        return {memory->bytes + from, to - from};
    }
};

/// While it lives, the lines from `from` on have still to go to background files. If the program
/// crashes meanwhile, the crash handler sees to that; `buffered` has moved already.
class [[nodiscard]] WaitingForWriter {
public:
    WaitingForWriter(Chunk& chunk, std::size_t from) noexcept : chunk_{chunk} {
        chunk_.background = from;
        chunk_.waits.store(true, MemoryOrder::release);
    }
    WaitingForWriter(const WaitingForWriter&) = delete;
    WaitingForWriter& operator=(const WaitingForWriter&) = delete;
    ~WaitingForWriter() { chunk_.waits.store(false, MemoryOrder::release); }

private:
    Chunk& chunk_;
};

} // namespace detail
ELIOT_END_NAMESPACE
