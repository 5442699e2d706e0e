// SPDX-License-Identifier: Apache-2.0
#pragma once

// Remembers which tasks were complete already, so that a late line can be told from the first line
// of a task: the last so many of them, or, for a check of files, all, at about 16 bytes each.
//
//     detail::FinishedIds finished{65'536};

#include <eliot/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// 64 bits of an id, never 0. Two ids of ten million share one with a chance of 1 to 400 000.
inline std::uint64_t id_hash(std::string_view id) noexcept {
    std::uint64_t hash = 0xCBF29CE484222325U ^ (id.size() * 0x9E3779B97F4A7C15U);
    for (const char c : id) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        hash ^= hash >> 47U;
    }
    hash = (hash ^ (hash >> 32U)) * 0xD6E8FEB86659FD93U;
    hash ^= hash >> 32U;
    return hash == 0 ? 1 : hash;
}

class FinishedIds {
public:
    /// Remembers the last `capacity` ids; with 0 all of them.
    explicit FinishedIds(std::size_t capacity) : capacity_(capacity) {}

    bool contains(std::string_view id) const noexcept {
        return !slots_.empty() && slots_[slot_of(id_hash(id))] != 0;
    }

    void add(std::string_view id) {
        if ((count_ + 1) * 4 > slots_.size() * 3) {
            grow();
        }
        const std::uint64_t hash = id_hash(id);
        std::uint64_t& slot = slots_[slot_of(hash)];
        if (slot == hash) {
            return;
        }
        slot = hash;
        ++count_;
        remember_order(hash);
    }

    std::size_t size() const noexcept { return count_; }

private:
    /// Where `hash` is, or the free place where it belongs.
    std::size_t slot_of(std::uint64_t hash) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = static_cast<std::size_t>(hash) & mask;
        while (slots_[slot] != 0 && slots_[slot] != hash) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    void grow() {
        const std::vector<std::uint64_t> old = std::move(slots_);
        slots_.assign(old.empty() ? 64 : old.size() * 2, 0);
        for (const std::uint64_t hash : old) {
            if (hash != 0) {
                slots_[slot_of(hash)] = hash;
            }
        }
    }

    void remember_order(std::uint64_t hash) {
        if (capacity_ == 0) {
            return;
        }
        if (order_.size() < capacity_) {
            order_.push_back(hash);
            return;
        }
        forget(order_[oldest_]);
        order_[oldest_] = hash;
        oldest_ = (oldest_ + 1) % capacity_;
    }

    /// Closes the gap, so that a search never ends too early.
    void forget(std::uint64_t hash) noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t gap = slot_of(hash);
        slots_[gap] = 0;
        --count_;
        for (std::size_t at = (gap + 1) & mask; slots_[at] != 0; at = (at + 1) & mask) {
            const std::size_t home = static_cast<std::size_t>(slots_[at]) & mask;
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                slots_[gap] = slots_[at];
                slots_[at] = 0;
                gap = at;
            }
        }
    }

    std::size_t capacity_;
    std::size_t count_ = 0;
    std::vector<std::uint64_t> slots_;
    std::vector<std::uint64_t> order_;
    std::size_t oldest_ = 0;
};

}
ELIOT_END_NAMESPACE
