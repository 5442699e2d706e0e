// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checks that a line is JSON and finds the members of its outermost object, in one pass, without
// building values: a reader needs six fields of most lines and the rest of few. Also takes what old
// Eliot wrote: NaN and Infinity, integers of any size, lone surrogates. Never recurses.
//
//     detail::JsonScanner scanner;
//     if (scanner.scan(line)) { for (const auto& member : scanner.members()) { … } }

#include <eliot/read/utf8.hpp>

#include <cstring>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A member of an object, or an element of a list (its key is empty then). Both are views into the
/// line as it was written: the key without its quotes, but with its escapes.
struct JsonMember {
    std::string_view key;
    std::string_view value;
};

constexpr bool is_json_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

constexpr bool is_plain_in_string(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x80 &&
           c != '"' && c != '\\';
}

/// True if one of the eight bytes is a control character, a quote, a backslash or not ASCII.
inline bool has_special_byte(std::uint64_t bytes) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = ones * 0x80;
    const std::uint64_t quotes = bytes ^ (ones * '"');
    const std::uint64_t backslashes = bytes ^ (ones * '\\');
    const std::uint64_t below = (bytes - ones * 0x20) | (quotes - ones) | (backslashes - ones);
    return ((below | bytes) & highs) != 0;
}

/// Skips the bytes of a string that need no look: stops at a quote, a backslash, a control
/// character, a byte that is not ASCII, or at `end`.
inline const char* skip_plain(const char* at, const char* end) noexcept {
    while (end - at >= 8) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, at, sizeof bytes);
        if (has_special_byte(bytes)) {
            break;
        }
        at += 8;
    }
    while (at != end && is_plain_in_string(*at)) {
        ++at;
    }
    return at;
}

class JsonScanner {
public:
    /// True if `line` is one JSON value and nothing else. Its views live as long as `line`.
    bool scan(std::string_view line) {
        begin_ = at_ = line.data();
        end_ = begin_ + line.size();
        members_.clear();
        error_ = {};
        skip_space();
        object_ = at_ != end_ && *at_ == '{';
        if (!(object_ ? outer_object() : value())) {
            return false;
        }
        skip_space();
        return at_ == end_ || fail("another value follows on the line");
    }

    /// Members of the outermost object in the order of the line; empty for every other value.
    const std::vector<JsonMember>& members() const noexcept { return members_; }

    bool is_object() const noexcept { return object_; }

    /// What is wrong, after scan() said false.
    std::string_view error() const noexcept { return error_; }

    /// Where it is wrong, in bytes from the beginning of the line.
    std::size_t error_offset() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

    /// True if all there is could be the beginning of a value: the line was torn off.
    bool is_torn() const noexcept { return at_ == end_ || is_cut_utf8(at_, end_); }

private:
    bool fail(std::string_view error) {
        error_ = error;
        return false;
    }

    void skip_space() noexcept {
        while (at_ != end_ && is_json_space(*at_)) {
            ++at_;
        }
    }

    bool take(char expected, std::string_view error) {
        skip_space();
        if (at_ == end_ || *at_ != expected) {
            return fail(error);
        }
        ++at_;
        return true;
    }

    bool peek(char wanted) {
        skip_space();
        return at_ != end_ && *at_ == wanted;
    }

    bool outer_object() {
        ++at_;
        if (peek('}')) {
            ++at_;
            return true;
        }
        while (member()) {
            if (peek('}')) {
                ++at_;
                return true;
            }
            if (!take(',', "expected , or } here")) {
                return false;
            }
        }
        return false;
    }

    bool member() {
        JsonMember found;
        if (!key(&found.key)) {
            return false;
        }
        skip_space();
        const char* const from = at_;
        if (!value()) {
            return false;
        }
        found.value = {from, static_cast<std::size_t>(at_ - from)};
        members_.push_back(found);
        return true;
    }

    bool key(std::string_view* text) {
        if (!take('"', "expected a name in quotes here")) {
            return false;
        }
        const char* const from = at_;
        if (!string_rest()) {
            return false;
        }
        *text = {from, static_cast<std::size_t>(at_ - from) - 1};
        return take(':', "expected : here");
    }

    /// One value of any depth: `open_` holds the bracket that closes each open container.
    bool value() {
        open_.clear();
        do {
            bool complete = false;
            if (!begin_value(&complete)) {
                return false;
            }
            if (complete && !after_value()) {
                return false;
            }
        } while (!open_.empty());
        return true;
    }

    bool begin_value(bool* complete) {
        skip_space();
        if (at_ == end_) {
            return fail("the line ends where a value is due");
        }
        if (*at_ == '[' || *at_ == '{') {
            return open_container(complete);
        }
        *complete = true;
        return scalar();
    }

    bool open_container(bool* complete) {
        const char close = *at_++ == '[' ? ']' : '}';
        if (peek(close)) {
            ++at_;
            *complete = true;
            return true;
        }
        open_.push_back(close);
        if (close == ']') {
            skip_whole_numbers();
            return true;
        }
        std::string_view ignored;
        return key(&ignored);
    }

    /// Skips elements of a list that are plain whole numbers, each with its comma: most of a
    /// task_level is such.
    void skip_whole_numbers() noexcept {
        for (const char* at = at_; at != end_ && *at >= '1' && *at <= '9';) {
            while (at != end_ && is_digit(*at)) {
                ++at;
            }
            if (at == end_ || *at != ',') {
                return;
            }
            ++at;
            at += at != end_ && *at == ' ' ? 1 : 0;
            at_ = at;
        }
    }

    /// Closes what ends here, and goes on to the next element of what does not.
    bool after_value() {
        while (!open_.empty()) {
            if (!peek(open_.back())) {
                std::string_view ignored;
                return take(',', "expected , or a closing bracket here") &&
                       (open_.back() == ']' || key(&ignored));
            }
            ++at_;
            open_.pop_back();
        }
        return true;
    }

    bool scalar() {
        switch (*at_) {
        case '"':
            ++at_;
            return string_rest();
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        case 'N':
            return word("NaN");
        case 'I':
            return word("Infinity");
        default:
            return number();
        }
    }

    bool word(std::string_view expected) {
        for (const char c : expected) {
            if (at_ == end_ || *at_ != c) {
                return fail("no JSON value begins so");
            }
            ++at_;
        }
        return true;
    }

    bool number() {
        const bool negative = *at_ == '-';
        at_ += negative ? 1 : 0;
        if (negative && at_ != end_ && *at_ == 'I') {
            return word("Infinity");
        }
        if (at_ != end_ && *at_ == '0') {
            ++at_;
        } else if (!digits()) {
            return fail("no JSON value begins so");
        }
        return fraction() && exponent();
    }

    bool digits() noexcept {
        const char* const from = at_;
        while (at_ != end_ && is_digit(*at_)) {
            ++at_;
        }
        return at_ != from;
    }

    bool fraction() {
        if (at_ == end_ || *at_ != '.') {
            return true;
        }
        ++at_;
        return digits() || fail("a digit must follow the decimal point");
    }

    bool exponent() {
        if (at_ == end_ || (*at_ != 'e' && *at_ != 'E')) {
            return true;
        }
        ++at_;
        if (at_ != end_ && (*at_ == '+' || *at_ == '-')) {
            ++at_;
        }
        return digits() || fail("a digit must follow the exponent sign");
    }

    /// The rest of a string whose opening quote is taken, with the closing one.
    bool string_rest() {
        for (;;) {
            at_ = skip_plain(at_, end_);
            if (at_ == end_) {
                return fail("the line ends inside a string");
            }
            if (*at_ == '"') {
                ++at_;
                return true;
            }
            if (!string_special()) {
                return false;
            }
        }
    }

    bool string_special() {
        if (*at_ == '\\') {
            return escape();
        }
        const char* next = at_;
        if (static_cast<unsigned char>(*at_) < 0x20) {
            return fail("a control character stands in a string");
        }
        if (decode_utf8(next, end_) == bad_utf8) {
            return fail("a string is not UTF-8");
        }
        at_ = next;
        return true;
    }

    bool escape() {
        if (++at_ == end_) {
            return fail("the line ends inside a string");
        }
        const char kind = *at_;
        if (std::string_view{"\"\\/bfnrtu"}.find(kind) == std::string_view::npos) {
            return fail("no such escape in JSON");
        }
        ++at_;
        return kind != 'u' || four_hex_digits();
    }

    bool four_hex_digits() {
        for (int i = 0; i < 4; ++i) {
            if (at_ == end_ ||
                std::string_view{"0123456789abcdefABCDEF"}.find(*at_) == std::string_view::npos) {
                return fail("four hexadecimal digits must follow \\u");
            }
            ++at_;
        }
        return true;
    }

    const char* begin_ = nullptr;
    const char* at_ = nullptr;
    const char* end_ = nullptr;
    bool object_ = false;
    std::string_view error_;
    std::string open_;
    std::vector<JsonMember> members_;
};

}
ELIOT_END_NAMESPACE
