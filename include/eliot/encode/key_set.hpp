// SPDX-License-Identifier: Apache-2.0
#pragma once

// The keys that a line has so far, as places in its text: keeps names that are known only at run
// time from standing twice in one object, or in the framework's place. The first one wins.

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
        if (places_ != local_) {
            std::free(places_);
        }
    }

    /// The key `,"name":` that `line` ends with, from `begin` on; false if it must not stand there.
    bool add(std::string_view line, std::size_t begin) noexcept {
        const std::string_view key = line.substr(begin);
        if (is_reserved(key.substr(2, key.size() - 4))) {
            return false;
        }
        for (std::size_t i = 0; i < count_; ++i) {
            if (places_[i].size == key.size() && line.substr(places_[i].begin, key.size()) == key) {
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
        places_[count_++] = place;
        return true;
    }
    bool grow() noexcept {
        auto* places = static_cast<Place*>(std::malloc(2 * capacity_ * sizeof(Place)));
        if (places == nullptr) {
            return false;
        }
        for (std::size_t i = 0; i < count_; ++i) {
            places[i] = places_[i];
        }
        if (places_ != local_) {
            std::free(places_);
        }
        places_ = places;
        capacity_ *= 2;
        return true;
    }

    static constexpr std::size_t local_capacity = 32;
    Place local_[local_capacity];
    Place* places_ = local_;
    std::size_t count_ = 0;
    std::size_t capacity_ = local_capacity;
};

} // namespace detail
ELIOT_END_NAMESPACE
