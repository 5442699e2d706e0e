// SPDX-License-Identifier: Apache-2.0
#pragma once

// The bytes of one thread's lines between encoding and delivery.
//
//     0 ≤ prompt, buffered ≤ committed ≤ capacity;  [0, committed) is whole lines, final
//
// The owner appends and commits without the mutex; whoever delivers or resets holds it.

#include <eliot/config.hpp>
#include <eliot/output/destination.hpp>
#include <eliot/output/mutex.hpp>

#include <atomic>
#include <cstddef>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct Chunk {
    static constexpr std::size_t capacity = 32 * 1024;
    /// A line is begun only with this much room; most lines then never outgrow the chunk.
    static constexpr std::size_t line_room = 4 * 1024;

    std::atomic<std::size_t> committed{0};
    const Schema* last_schema = nullptr; ///< of the line that was committed last; the owner's

    Mutex mutex;
    std::size_t prompt = 0;                ///< delivered to line files, callbacks, captures
    std::size_t buffered = 0;              ///< delivered to the others
    const DestinationList* list = nullptr; ///< where the lines go; null: the program's list

    char bytes[capacity];

    std::string_view lines(std::size_t from, std::size_t to) const noexcept {
        return {bytes + from, to - from};
    }
};

} // namespace detail
ELIOT_END_NAMESPACE
