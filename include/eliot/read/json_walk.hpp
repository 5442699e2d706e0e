// SPDX-License-Identifier: Apache-2.0
#pragma once

// Walks through values that JsonScanner has accepted: what kind a value is, its members one by one,
// its string decoded, its number as a double. Nothing here checks syntax again.
//
//     detail::JsonMember member;
//     for (detail::JsonItems walk{value}; walk.next(&member);) { … }

#include <eliot/read/json_scan.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

ELIOT_BEGIN_NAMESPACE
namespace detail {

enum class JsonTextKind { null, boolean, number, string, list, object };

/// The kind of a value that begins with `first`. NaN and the infinities are numbers.
constexpr JsonTextKind json_kind(char first) noexcept {
    switch (first) {
    case '{':
        return JsonTextKind::object;
    case '[':
        return JsonTextKind::list;
    case '"':
        return JsonTextKind::string;
    case 't':
    case 'f':
        return JsonTextKind::boolean;
    case 'n':
        return JsonTextKind::null;
    default:
        return JsonTextKind::number;
    }
}

constexpr JsonTextKind json_kind(std::string_view value) noexcept {
    return json_kind(value.front());
}

constexpr bool is_container(JsonTextKind kind) noexcept {
    return kind == JsonTextKind::list || kind == JsonTextKind::object;
}

constexpr bool is_name_start(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Names may hold hyphens, as in the language of filters there is no subtraction.
constexpr bool is_name_part(char c) noexcept { return is_name_start(c) || is_digit(c) || c == '-'; }

/// `at` stands behind an opening quote; the result stands at the closing one.
inline const char* closing_quote(const char* at, const char* end) noexcept {
    for (;;) {
        at = skip_plain(at, end);
        if (at == end || *at == '"') {
            return at;
        }
        at += *at == '\\' ? 2 : 1;
    }
}

/// True if none of the eight bytes is a quote, a letter or a bracket: numbers and what parts them.
inline bool are_of_numbers(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = ones * 0x80;
    const std::uint64_t from_colon = ((bytes & ~highs) + ones * (0x80 - ':')) | bytes;
    const std::uint64_t quotes = bytes ^ (ones * '"');
    return ((from_colon | ((quotes - ones) & ~quotes)) & highs) == 0;
}

/// Skips what a list of numbers is mostly made of, such as a deep task_level.
inline const char* skip_numbers(const char* at, const char* end) noexcept {
    for (std::uint64_t bytes = 0; end - at >= 8; at += 8) {
        std::memcpy(&bytes, at, sizeof bytes);
        if (!are_of_numbers(bytes)) {
            break;
        }
    }
    return at;
}

/// The end of the container that opens at `at`.
inline const char* container_end(const char* at, const char* end) noexcept {
    std::size_t depth = 0;
    for (; at != end; ++at) {
        if (*at == '"') {
            at = closing_quote(at + 1, end);
        } else if (*at == '{' || *at == '[') {
            ++depth;
            at = skip_numbers(at + 1, end) - 1;
        } else if ((*at == '}' || *at == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return end;
}

/// The end of the value that begins at `at`.
inline const char* value_end(const char* at, const char* end) noexcept {
    if (*at == '{' || *at == '[') {
        return container_end(at, end);
    }
    if (*at == '"') {
        return closing_quote(at + 1, end) + 1;
    }
    while (at != end && *at != ',' && *at != '}' && *at != ']' && !is_json_space(*at)) {
        ++at;
    }
    return at;
}

/// Where the containers inside a value end, found in one pass. Without it a walk down into a value
/// would look for the end of each container again on each level.
class ContainerEnds {
public:
    /// True if `value` lies in what the ends are known of.
    bool covers(std::string_view value) const noexcept {
        return value.data() >= whole_.data() &&
               value.data() + value.size() <= whole_.data() + whole_.size();
    }

    void find(std::string_view value) {
        whole_ = value;
        containers_.clear();
        open_.clear();
        const char* const end = value.data() + value.size();
        for (const char* at = value.data(); at != end; ++at) {
            if (*at == '"') {
                at = closing_quote(at + 1, end);
            } else if (*at == '{' || *at == '[') {
                open_.push_back(containers_.size());
                containers_.push_back({at, end});
            } else if (*at == '}' || *at == ']') {
                containers_[open_.back()].end = at + 1;
                open_.pop_back();
            }
        }
    }

    /// The end of the container that begins at `begin`, which must lie in the value.
    const char* end_of(const char* begin) const noexcept {
        return std::partition_point(containers_.begin(), containers_.end(),
                                    [&](const Container& each) { return each.begin < begin; })
            ->end;
    }

private:
    struct Container {
        const char* begin;
        const char* end;
    };

    std::string_view whole_;
    std::vector<Container> containers_;
    std::vector<std::size_t> open_;
};

/// The members of an object or the elements of a list; none of any other value.
class JsonItems {
public:
    /// `ends`, if given, must cover the container.
    explicit JsonItems(std::string_view container, const ContainerEnds* ends = nullptr) noexcept
        : at_(container.data()),
          end_(at_ + container.size()),
          ends_(ends),
          object_(!container.empty() && container.front() == '{') {
        if (object_ || (at_ != end_ && *at_ == '[')) {
            ++at_;
        } else {
            at_ = end_;
        }
    }

    bool next(JsonMember* member) noexcept {
        skip_separators();
        if (at_ == end_ || *at_ == '}' || *at_ == ']') {
            return false;
        }
        member->key = object_ ? take_key() : std::string_view{};
        const char* const from = at_;
        const bool known = ends_ != nullptr && (*at_ == '{' || *at_ == '[');
        at_ = known ? ends_->end_of(at_) : value_end(at_, end_);
        member->value = {from, static_cast<std::size_t>(at_ - from)};
        return true;
    }

private:
    void skip_separators() noexcept {
        while (at_ != end_ && (is_json_space(*at_) || *at_ == ',' || *at_ == ':')) {
            ++at_;
        }
    }

    std::string_view take_key() noexcept {
        const char* const from = ++at_;
        at_ = closing_quote(at_, end_);
        const std::string_view key{from, static_cast<std::size_t>(at_ - from)};
        ++at_;
        skip_separators();
        return key;
    }

    const char* at_;
    const char* end_;
    const ContainerEnds* ends_;
    bool object_;
};

constexpr unsigned hex_value(char digit) noexcept {
    return digit <= '9' ? static_cast<unsigned>(digit - '0')
                        : (static_cast<unsigned>(digit) | 0x20U) - 'a' + 10;
}

constexpr char32_t four_hex(const char* at) noexcept {
    return (hex_value(at[0]) << 12U) | (hex_value(at[1]) << 8U) | (hex_value(at[2]) << 4U) |
           hex_value(at[3]);
}

/// Appends the character of the escape at `at` (behind the `u`), with its second half if one
/// follows. The result stands behind it.
inline const char* append_unicode_escape(std::string& out, const char* at, const char* end) {
    char32_t code = four_hex(at);
    at += 4;
    if (code >= 0xD800 && code < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        const char32_t low = four_hex(at + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
            at += 6;
        }
    }
    append_utf8(out, code);
    return at;
}

constexpr char simple_escape(char kind) noexcept {
    switch (kind) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return kind;
    }
}

/// Appends what stands between the quotes of a string, decoded. A lone surrogate comes out as three
/// bytes, see utf8.hpp.
inline void append_decoded(std::string& out, std::string_view quoted) {
    const char* at = quoted.data();
    const char* const end = at + quoted.size();
    while (at != end) {
        const auto* escape =
            static_cast<const char*>(std::memchr(at, '\\', static_cast<std::size_t>(end - at)));
        out.append(at, escape == nullptr ? end : escape);
        if (escape == nullptr) {
            return;
        }
        at = escape + 2;
        if (escape[1] == 'u') {
            at = append_unicode_escape(out, at, end);
        } else {
            out.push_back(simple_escape(escape[1]));
        }
    }
}

inline std::string decoded(std::string_view quoted) {
    std::string out;
    append_decoded(out, quoted);
    return out;
}

/// A string value without its quotes.
constexpr std::string_view inside_quotes(std::string_view value) noexcept {
    return value.substr(1, value.size() - 2);
}

/// The decoded text of a value that is a string; nothing for every other kind.
inline std::optional<std::string> string_value(std::string_view value) {
    if (value.empty() || value.front() != '"') {
        return std::nullopt;
    }
    return decoded(inside_quotes(value));
}

/// True if a name between quotes, escapes and all, means `name`.
inline bool same_name(std::string_view quoted, std::string_view name) {
    return quoted == name ||
           (quoted.find('\\') != std::string_view::npos && decoded(quoted) == name);
}

/// The member called `name`; the last one if there are several; nothing if there is none.
inline std::optional<std::string_view> find_member(std::string_view object, std::string_view name) {
    std::optional<std::string_view> found;
    JsonMember member;
    for (JsonItems walk{object}; walk.next(&member);) {
        if (same_name(member.key, name)) {
            found = member.value;
        }
    }
    return found;
}

}
ELIOT_END_NAMESPACE
