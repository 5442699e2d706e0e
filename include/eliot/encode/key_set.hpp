// SPDX-License-Identifier: Apache-2.0
#pragma once

// The keys that a line got at run time, as places in its text: keeps a name from standing twice in
// one object, or in the framework's place. Constructing one that stays empty costs next to nothing.

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

class KeySet {
public:
    KeySet() noexcept {}
    KeySet(const KeySet&) = delete;
    KeySet& operator=(const KeySet&) = delete;
    ~KeySet() {
        if (heap_ != nullptr) [[unlikely]] {
            std::free(heap_);
        }
    }

    /// The key `,"name":` that `line` ends with, from `begin` on; false if it must not stand there.
    bool add(std::string_view line, std::size_t begin) noexcept {
        const std::string_view key = line.substr(begin);
        if (is_reserved(key.substr(2, key.size() - 4))) {
            return false;
        }
        const Place* const places = heap_ != nullptr ? heap_ : local_;
        for (std::size_t i = 0; i < count_; ++i) {
            if (line.substr(places[i].begin, places[i].size) == key) {
                return false;
            }
        }
        return remember(
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(key.size())});
    }

private:
    struct Place {
        std::uint32_t begin;
        std::uint32_t size;
    };

    bool remember(Place place) noexcept {
        if (count_ == capacity_ && !grow()) {
            return false;
        }
        (heap_ != nullptr ? heap_ : local_)[count_++] = place;
        return true;
    }
    bool grow() noexcept {
        auto* places = static_cast<Place*>(std::malloc(2 * capacity_ * sizeof(Place)));
        if (places == nullptr) {
            return false;
        }
        const Place* const old = heap_ != nullptr ? heap_ : local_;
        for (std::size_t i = 0; i < count_; ++i) {
            places[i] = old[i];
        }
        std::free(heap_);
        heap_ = places;
        capacity_ *= 2;
        return true;
    }

    static constexpr std::size_t local_capacity = 32;
    Place local_[local_capacity];
    Place* heap_ = nullptr; ///< instead of `local_`, once that is full
    std::size_t count_ = 0;
    std::size_t capacity_ = local_capacity;
};

} // namespace detail
ELIOT_END_NAMESPACE
