// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where in its task a line stands: the numbers on the way from the root to it.
//
//     eliot::TaskLevel level{2, 3};             // the third thing in the task's second thing
//     level.to_string();                        // "/2/3"
//     level.next() == eliot::TaskLevel{2, 4};

#include <eliot/config.hpp>
#include <eliot/core/digits.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// A sequence of numbers, each at least 1; the empty one is the root, `/`. Levels compare number by
/// number, not as text: `/2` < `/2/1` < `/10`. Up to three numbers are held without an allocation.
class TaskLevel {
public:
    /// Walks the numbers, outermost first.
    class Iterator {
    public:
        using value_type = std::uint32_t;
        using difference_type = std::ptrdiff_t;
        using reference = std::uint32_t;
        using pointer = void;
        using iterator_category = std::input_iterator_tag;

        Iterator() = default;
        std::uint32_t operator*() const noexcept { return number_at(at_); }
        Iterator& operator++() noexcept { return at_ += number_size, *this; }
        Iterator operator++(int) noexcept {
            const Iterator before = *this;
            return ++*this, before;
        }
        bool operator==(const Iterator&) const = default;

    private:
        friend TaskLevel;
        explicit Iterator(const char* at) noexcept : at_{at} {}

        const char* at_ = nullptr;
    };

    /// A text with more numbers than this is refused by `parse`.
    static constexpr std::size_t max_size = 4096;

    TaskLevel() = default;
    TaskLevel(std::initializer_list<std::uint32_t> numbers) {
        for (const std::uint32_t number : numbers) {
            push_back(number);
        }
    }

    /// The level that `text` spells, `/` or `/2/3`. Refused: anything without its leading slash,
    /// empty parts, a closing slash, signs, blanks, zero, leading zeros, numbers of more than 32
    /// bits, more than `max_size` numbers.
    template <class Result = TaskLevel> // compiled where it is called: most files never do
    static std::optional<Result> parse(std::string_view text) {
        Result level;
        return parse(text, level) ? std::optional<Result>{level} : std::nullopt;
    }
    /// The same; false, and a level that means nothing, if it is refused.
    static bool parse(std::string_view text, TaskLevel& level);

    /// `/2/3`; the root is `/`.
    std::string to_string() const;

    std::size_t size() const noexcept { return bytes_.size() / number_size; }
    bool empty() const noexcept { return bytes_.empty(); }
    bool is_root() const noexcept { return bytes_.empty(); }
    std::uint32_t operator[](std::size_t index) const noexcept {
        return number_at(bytes_.data() + index * number_size);
    }
    /// The innermost number; not of the root.
    std::uint32_t back() const noexcept { return (*this)[size() - 1]; }
    Iterator begin() const noexcept { return Iterator{bytes_.data()}; }
    Iterator end() const noexcept { return Iterator{bytes_.data() + bytes_.size()}; }

    void push_back(std::uint32_t number) {
        const std::uint32_t bytes = reordered(number);
        bytes_.append(reinterpret_cast<const char*>(&bytes), number_size);
    }

    /// The level with one number more: `/2` has the child `/2/1`.
    TaskLevel child(std::uint32_t number = 1) const;
    /// The level beside: `/2/3` is followed by `/2/4`. The root, and the number 2^32 - 1, are
    /// followed by themselves.
    TaskLevel next() const;
    /// The level around: `/2` for `/2/3`, the root for `/2`, and the root for the root.
    TaskLevel parent() const;

    bool operator==(const TaskLevel&) const = default;
    std::strong_ordering operator<=>(const TaskLevel& other) const noexcept {
        return bytes_.compare(other.bytes_) <=> 0;
    }

private:
    static constexpr std::size_t number_size = sizeof(std::uint32_t);

    /// From the processor's byte order to that of `bytes_`, and back.
    static constexpr std::uint32_t reordered(std::uint32_t number) noexcept {
        return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? number : __builtin_bswap32(number);
    }
    static std::uint32_t number_at(const char* at) noexcept {
        std::uint32_t number;
        std::memcpy(&number, at, number_size);
        return reordered(number);
    }
    void pop_back() noexcept { bytes_.resize(bytes_.size() - number_size); }

    // The numbers with their highest byte first: compared as bytes they compare as numbers, and a
    // string is what every program has compiled anyway.
    std::string bytes_;
};

namespace detail {

/// Takes a number without sign or leading zeros from the front of `text`; 0 if there is none, or
/// more than 32 bits of it.
inline std::uint32_t take_number(std::string_view& text) noexcept {
    std::uint64_t number = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 10 && text[digits] >= '0' && text[digits] <= '9') {
        number = number * 10 + static_cast<unsigned>(text[digits++] - '0');
        if (number == 0) {
            return 0;
        }
    }
    text.remove_prefix(digits);
    return number > UINT32_MAX ? 0 : static_cast<std::uint32_t>(number);
}

}

inline bool TaskLevel::parse(std::string_view text, TaskLevel& level) {
    level = TaskLevel{};
    while (!text.empty() && text != "/") {
        if (text.front() != '/' || level.size() == max_size) {
            return false;
        }
        text.remove_prefix(1);
        const std::uint32_t number = detail::take_number(text);
        if (number == 0) {
            return false;
        }
        level.push_back(number);
    }
    return level.empty() == (text == "/");
}

inline std::string TaskLevel::to_string() const {
    std::string text;
    for (const std::uint32_t number : *this) {
        char part[1 + detail::max_integer_text] = {'/'};
        text.append(part, detail::write_unsigned(part + 1, number));
    }
    return empty() ? "/" : text;
}

inline TaskLevel TaskLevel::child(std::uint32_t number) const {
    TaskLevel level = *this;
    level.push_back(number);
    return level;
}

inline TaskLevel TaskLevel::next() const {
    TaskLevel level = *this;
    if (!empty() && back() != UINT32_MAX) {
        level.pop_back();
        level.push_back(back() + 1);
    }
    return level;
}

inline TaskLevel TaskLevel::parent() const {
    TaskLevel level = *this;
    if (!empty()) {
        level.pop_back();
    }
    return level;
}

ELIOT_END_NAMESPACE
