// SPDX-License-Identifier: Apache-2.0
#pragma once

// UTF-8 as the readers need it: decode one character, encode one, and never trust the input.
// Surrogates written as three bytes are let through (Python's json does), everything else that is
// no UTF-8 is refused.
//
//     for (const char* at = begin; at != end;) { use(detail::decode_utf8(at, end)); }

#include <eliot/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline constexpr char32_t bad_utf8 = 0xFFFFFFFF;

constexpr bool is_continuation(char byte) noexcept {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// How many bytes a character has by its first one; 0 if no character begins so.
constexpr std::size_t utf8_length(char first) noexcept {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0x80) {
        return 1;
    }
    if (byte < 0xC2) {
        return 0;
    }
    if (byte < 0xE0) {
        return 2;
    }
    if (byte < 0xF0) {
        return 3;
    }
    return byte < 0xF5 ? 4 : 0;
}

/// Joins the bytes of a character of `length` bytes; bad_utf8 if one of them does not belong.
constexpr char32_t join_utf8(const char* at, std::size_t length) noexcept {
    constexpr unsigned char lead_masks[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    char32_t code = static_cast<unsigned char>(at[0]) & lead_masks[length];
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(at[i])) {
            return bad_utf8;
        }
        code = (code << 6U) | (static_cast<unsigned char>(at[i]) & 0x3FU);
    }
    return code >= smallest[length] && code <= 0x10FFFF ? code : bad_utf8;
}

/// The character at `at`, which must not be `end`. Moves `at` past it; past one byte if it is none.
constexpr char32_t decode_utf8(const char*& at, const char* end) noexcept {
    const std::size_t length = utf8_length(*at);
    const bool whole = length != 0 && static_cast<std::size_t>(end - at) >= length;
    const char32_t code = whole ? join_utf8(at, length) : bad_utf8;
    at += code == bad_utf8 ? 1 : length;
    return code;
}

/// True if what is left before `end` is the beginning of a character that was cut off.
constexpr bool is_cut_utf8(const char* at, const char* end) noexcept {
    if (static_cast<std::size_t>(end - at) >= utf8_length(*at)) {
        return false;
    }
    while (++at != end) {
        if (!is_continuation(*at)) {
            return false;
        }
    }
    return true;
}

constexpr bool is_surrogate(char32_t code) noexcept { return code >= 0xD800 && code < 0xE000; }

/// Appends `code` as UTF-8; a surrogate becomes three bytes, see the top of the file.
inline void append_utf8(std::string& out, char32_t code) {
    const auto tail = [&](unsigned shift) {
        out.push_back(static_cast<char>(0x80U | ((code >> shift) & 0x3FU)));
    };
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        out.push_back(static_cast<char>(0xC0U | (code >> 6U)));
        tail(0);
    } else if (code < 0x10000) {
        out.push_back(static_cast<char>(0xE0U | (code >> 12U)));
        tail(6);
        tail(0);
    } else {
        out.push_back(static_cast<char>(0xF0U | (code >> 18U)));
        tail(12);
        tail(6);
        tail(0);
    }
}

/// Replaces every byte that is no UTF-8, and every surrogate, by U+FFFD.
inline std::string repair_utf8(std::string_view text) {
    std::string out;
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        const char32_t code = decode_utf8(at, end);
        append_utf8(out, code == bad_utf8 || is_surrogate(code) ? U'\uFFFD' : code);
    }
    return out;
}

}
ELIOT_END_NAMESPACE
