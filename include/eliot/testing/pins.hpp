// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fixed time and counted task ids for the lines of one capture. The clock and the source of ids
// are replaced only while some capture pins them, and ask which capture the calling thread logs to.
//
//     pin_time(target.pins, Timestamp{0});   …   unpin(target.pins);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/clock.hpp>
#include <eliot/core/digits.hpp>
#include <eliot/core/task_uuid.hpp>
#include <eliot/output/captures.hpp>

#include <cstdint>
#include <cstring>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Those of the capture that this thread logs to; null if there is none.
inline Pins* pins_here() noexcept {
    Pins* const own = this_thread().pins.load(MemoryOrder::acquire);
    return own != nullptr ? own : runtime().pins.load(MemoryOrder::acquire);
}

inline Timestamp pinned_time() noexcept {
    const Pins* pins = pins_here();
    const std::int64_t time =
        pins != nullptr ? pins->time.load(MemoryOrder::relaxed) : Pins::no_time;
    if (time != Pins::no_time) {
        return Timestamp{time};
    }
    const Clock chosen = chosen_clock.load(MemoryOrder::relaxed);
    return chosen != nullptr ? chosen() : system_time();
}

/// `00000000-0000-4000-8000-000000000012` for 12: a UUID of version 4 like all others.
inline TaskUuid numbered_uuid(std::uint64_t number) noexcept {
    char text[] = "00000000-0000-4000-8000-000000000000";
    char digits[max_integer_text];
    const auto size = static_cast<std::size_t>(write_unsigned(digits, number) - digits);
    constexpr std::size_t room = 12;
    const std::size_t shown = size < room ? size : room;
    std::memcpy(text + TaskUuid::size - shown, digits + size - shown, shown);
    return TaskUuid::parse({text, TaskUuid::size}).value_or(TaskUuid{});
}

inline bool pinned_id(TaskUuid& uuid) noexcept {
    Pins* pins = pins_here();
    if (pins == nullptr || pins->next_id.load(MemoryOrder::relaxed) == 0) {
        return false;
    }
    uuid = numbered_uuid(pins->next_id.fetch_add(1, MemoryOrder::relaxed));
    return true;
}

// With `captures_mutex`, which the library holds over a fork.
inline constinit unsigned pinned_times = 0; ///< captures that pin the time
inline constinit unsigned pinned_ids = 0;

inline void pin_time(Pins& pins, Timestamp time) noexcept {
    const Lock lock{runtime().captures_mutex};
    if (pins.time.exchange(time.nanoseconds(), MemoryOrder::relaxed) == Pins::no_time) {
        ++pinned_times;
        pinning_clock.store(&pinned_time, MemoryOrder::seq_cst);
        use_wanted_clock();
    }
}

inline void pin_ids(Pins& pins) noexcept {
    const Lock lock{runtime().captures_mutex};
    if (pins.next_id.exchange(1, MemoryOrder::relaxed) == 0 && ++pinned_ids == 1) {
        pinned_uuid.store(&pinned_id, MemoryOrder::release);
        uuid_generation->fetch_or(uuids_pinned, MemoryOrder::release);
    }
}

inline void unpin(Pins& pins) noexcept {
    const Lock lock{runtime().captures_mutex};
    if (pins.time.exchange(Pins::no_time, MemoryOrder::relaxed) != Pins::no_time &&
        --pinned_times == 0) {
        pinning_clock.store(nullptr, MemoryOrder::seq_cst);
        use_wanted_clock();
    }
    if (pins.next_id.exchange(0, MemoryOrder::relaxed) != 0 && --pinned_ids == 0) {
        uuid_generation->fetch_and(~uuids_pinned, MemoryOrder::release);
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
