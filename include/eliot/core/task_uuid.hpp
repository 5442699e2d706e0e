// SPDX-License-Identifier: Apache-2.0
#pragma once

// The name of a task: a random (version 4) UUID, kept as the text that stands in the log.
//
//     eliot::TaskUuid uuid = eliot::TaskUuid::generate();
//     std::string_view text = uuid.text();   // "b458a4c6-b439-4c02-8261-46f5fd3dc5c3"

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/shared.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE

/// The UUID of a task, 36 characters held inline; trivially copyable, no allocation anywhere.
class TaskUuid {
public:
    static constexpr std::size_t size = 36;

    /// The nil UUID, `00000000-0000-0000-0000-000000000000`: no task has it.
    constexpr TaskUuid() noexcept = default;

    /// A new random UUID, version 4, lower case. Each thread owns a xoshiro256** generator that the
    /// operating system seeds once (and again after a fork): unique, not secret. Any thread.
    static TaskUuid generate() noexcept;

    /// The UUID that `text` spells: exactly 36 characters, lower-case digits and four dashes, of
    /// any version. Everything else is refused, upper case too, because ids are compared as text.
    template <class Result = TaskUuid> // compiled where it is called: most files never do
    static std::optional<Result> parse(std::string_view text) noexcept {
        Result uuid;
        return parse(text, uuid) ? std::optional<Result>{uuid} : std::nullopt;
    }
    /// The same; false, and a UUID that means nothing, if it is refused.
    static bool parse(std::string_view text, TaskUuid& uuid) noexcept;

    /// The 36 characters; valid as long as this object.
    constexpr std::string_view text() const noexcept { return {text_, size}; }

    friend bool operator==(const TaskUuid& left, const TaskUuid& right) noexcept {
        return std::memcmp(left.text_, right.text_, size) == 0;
    }
    friend std::strong_ordering operator<=>(const TaskUuid& left, const TaskUuid& right) noexcept {
        return std::memcmp(left.text_, right.text_, size) <=> 0;
    }

private:
    char text_[size] = {'0', '0', '0', '0', '0', '0', '0', '0', '-', '0', '0', '0',
                        '0', '-', '0', '0', '0', '0', '-', '0', '0', '0', '0', '-',
                        '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0'};
};

namespace detail {

/// Generators of another generation than this one are seeded before they are used again.
inline constinit Shared<Atomic<std::uint32_t>> uuid_generation{1U};

/// Has every thread's generator seeded anew at its next use. Called in the child after a fork,
/// which otherwise would repeat its parent's UUIDs. Async-signal-safe.
inline void reseed_task_uuids() noexcept { uuid_generation->fetch_add(1, MemoryOrder::relaxed); }

/// xoshiro256** by Blackman and Vigna (public domain algorithm).
struct UuidGenerator {
    std::uint64_t state[4];
    std::uint32_t generation;

    static std::uint64_t rotate(std::uint64_t value, int by) noexcept {
        return value << by | value >> (64 - by);
    }

    std::uint64_t next() noexcept {
        const std::uint64_t result = rotate(state[1] * 5, 7) * 9;
        const std::uint64_t shifted = state[1] << 17;
        state[2] ^= state[0];
        state[3] ^= state[1];
        state[1] ^= state[2];
        state[0] ^= state[3];
        state[2] ^= shifted;
        state[3] = rotate(state[3], 45);
        return result;
    }

    [[gnu::noinline, gnu::cold]] void seed(std::uint32_t new_generation) noexcept {
        if (::getentropy(state, sizeof state) != 0) {
            seed_without_entropy();
        }
        generation = new_generation;
    }

    // Only where the kernel has no getrandom(2), or forbids it: time, process and thread.
    void seed_without_entropy() noexcept {
        timespec now{};
        ::clock_gettime(CLOCK_REALTIME, &now);
        state[0] = static_cast<std::uint64_t>(now.tv_sec) * 1000000000U +
                   static_cast<std::uint64_t>(now.tv_nsec);
        state[1] = static_cast<std::uint64_t>(::getpid());
        state[2] = reinterpret_cast<std::uintptr_t>(this);
        state[3] = 0x9e3779b97f4a7c15U;
        for (int i = 0; i < 32; ++i) {
            next();
        }
    }
};

// Never inlined: compilers keep the address of a thread_local over a co_await.
[[gnu::noinline]] inline UuidGenerator& uuid_generator() noexcept {
    static constinit thread_local UuidGenerator generator{};
    return generator;
}

// Writes the lower halves of eight bytes as two times four hexadecimal digits.
inline void write_hex_digits(char* first, char* second, std::uint64_t bytes) noexcept {
    constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
    const std::uint64_t halves = bytes & 0xF * ones;
    const std::uint64_t letters = (halves + 6 * ones) >> 4 & ones;
    const std::uint64_t digits = halves + '0' * ones + letters * ('a' - '0' - 10);
    char text[8];
    std::memcpy(text, &digits, 8);
    std::memcpy(first, text, 4);
    std::memcpy(second, text + 4, 4);
}

inline bool is_lower_hex(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}

namespace detail {

/// Gives ids out instead of the generators, as a test wants them; false to leave it to them.
using PinnedUuid = bool (*)(TaskUuid&) noexcept;
inline constinit Atomic<PinnedUuid> pinned_uuid{nullptr};
/// A bit of `uuid_generation` that no generator has: while it is set, each id passes by here.
inline constexpr std::uint32_t uuids_pinned = 1U << 31;

/// True if that gave the id; otherwise the generator is ready.
[[gnu::noinline, gnu::cold]] inline bool
pin_or_seed(UuidGenerator& generator, std::uint32_t generation, TaskUuid& uuid) noexcept {
    const PinnedUuid pinned = pinned_uuid.load(MemoryOrder::acquire);
    if ((generation & uuids_pinned) != 0 && pinned != nullptr && pinned(uuid)) {
        return true;
    }
    const std::uint32_t own = generation & ~uuids_pinned;
    if (generator.generation != own) {
        generator.seed(own);
    }
    return false;
}

}

inline TaskUuid TaskUuid::generate() noexcept {
    detail::UuidGenerator& generator = detail::uuid_generator();
    const std::uint32_t generation = detail::uuid_generation->load(detail::MemoryOrder::relaxed);
    TaskUuid uuid;
    if (generator.generation != generation && detail::pin_or_seed(generator, generation, uuid)) {
        return uuid;
    }
    const std::uint64_t first = generator.next();
    const std::uint64_t second = generator.next();
    detail::write_hex_digits(uuid.text_, uuid.text_ + 4, first);
    detail::write_hex_digits(uuid.text_ + 9, uuid.text_ + 14, first >> 4);
    detail::write_hex_digits(uuid.text_ + 19, uuid.text_ + 24, second);
    detail::write_hex_digits(uuid.text_ + 28, uuid.text_ + 32, second >> 4);
    uuid.text_[14] = '4';                // the version, and
    uuid.text_[19] = "89ab"[second & 3]; // the variant (RFC 9562, section 4)
    return uuid;
}

inline bool TaskUuid::parse(std::string_view text, TaskUuid& uuid) noexcept {
    if (text.size() != size) {
        return false;
    }
    for (std::size_t i = 0; i < size; ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !detail::is_lower_hex(text[i])) {
            return false;
        }
        uuid.text_[i] = text[i];
    }
    return true;
}

ELIOT_END_NAMESPACE
