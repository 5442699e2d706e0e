// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines that a file could not take, kept until it can: at most 1 MiB, whole lines, the oldest
// first. What does not fit is dropped and counted.
//
//     backlog.keep(lines);   …   backlog.remove(written);   backlog.lost();

#include <eliot/config.hpp>
#include <eliot/core/exchange.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline std::uint64_t count_lines(std::string_view lines) noexcept {
    std::uint64_t count = 0;
    for (std::size_t at = lines.find('\n'); at != std::string_view::npos;
         at = lines.find('\n', at + 1)) {
        ++count;
    }
    return count;
}

/// Without anything in it, it owns no memory. One thread at a time.
class Backlog {
public:
    static constexpr std::size_t most_bytes = std::size_t{1} << 20;

    Backlog() noexcept = default;
    Backlog(Backlog&& other) noexcept
        : bytes_{detail::exchange(other.bytes_, nullptr)},
          size_{detail::exchange(other.size_, 0)},
          lost_{detail::exchange(other.lost_, 0)} {}
    Backlog& operator=(Backlog other) noexcept {
        detail::swap_values(bytes_, other.bytes_);
        detail::swap_values(size_, other.size_);
        detail::swap_values(lost_, other.lost_);
        return *this;
    }
    ~Backlog() { std::free(bytes_); }

    bool empty() const noexcept { return size_ == 0; }
    std::string_view lines() const noexcept { return {bytes_, size_}; }
    /// Lines that were dropped since the last `take_lost`.
    std::uint64_t lost() const noexcept { return lost_; }
    std::uint64_t take_lost() noexcept { return detail::exchange(lost_, 0); }

    /// Once a line is dropped, so is everything behind it: what is kept has no gap.
    void keep(std::string_view lines) noexcept {
        const std::size_t size = lost_ == 0 ? fitting(lines) : 0;
        if (size != 0) {
            std::memcpy(bytes_ + size_, lines.data(), size);
            size_ += size;
        }
        lost_ += count_lines(lines.substr(size));
    }
    /// The first `size` bytes are written.
    void remove(std::size_t size) noexcept {
        size_ -= size;
        if (size_ == 0) {
            std::free(detail::exchange(bytes_, nullptr));
        } else {
            std::memmove(bytes_, bytes_ + size, size_);
        }
    }
    /// Without counting anything.
    void forget() noexcept { *this = Backlog{}; }

private:
    /// How much of `lines` there is room for, in whole lines.
    std::size_t fitting(std::string_view lines) noexcept {
        if (bytes_ == nullptr) {
            bytes_ = static_cast<char*>(std::malloc(most_bytes));
        }
        if (bytes_ == nullptr) {
            return 0;
        }
        const std::string_view room = lines.substr(0, most_bytes - size_);
        return room.rfind('\n') + 1; // npos + 1 is 0
    }

    char* bytes_ = nullptr;
    std::size_t size_ = 0;
    std::uint64_t lost_ = 0;
};

} // namespace detail
ELIOT_END_NAMESPACE
