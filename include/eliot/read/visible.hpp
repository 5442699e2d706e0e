// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text from a log on its way to a terminal: control characters become visible ones, so that a log
// can neither move the cursor nor turn what stands there around; columns are counted and lines cut.
//
//     detail::append_visible(out, "\x1b[31m");                 // ␛[31m

#include <eliot/read/utf8.hpp>

#include <algorithm>
#include <iterator>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct CodeRange {
    char32_t first;
    char32_t last;
};

template <std::size_t Count>
bool in_ranges(const CodeRange (&ranges)[Count], char32_t code) noexcept {
    const auto* range = std::partition_point(
        ranges, ranges + Count, [&](const CodeRange& each) { return each.last < code; });
    return range != ranges + Count && range->first <= code;
}

/// C0, DEL and C1, and the characters that turn the direction of the text that follows.
constexpr bool is_control(char32_t code) noexcept {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

inline void append_code_escape(std::string& out, char32_t code) {
    constexpr char digits[] = "0123456789abcdef";
    out += code < 0x100 ? "\\x" : code < 0x10000 ? "\\u" : "\\U";
    for (int shift = code < 0x100 ? 4 : code < 0x10000 ? 12 : 28; shift >= 0; shift -= 4) {
        out += digits[(code >> static_cast<unsigned>(shift)) & 0xFU];
    }
}

/// C0 and DEL as the pictures Unicode has for them, other controls by number, no UTF-8 as U+FFFD.
inline void append_visible_code(std::string& out, char32_t code) {
    if (code < 0x20) {
        append_utf8(out, 0x2400 + code);
    } else if (code == 0x7F) {
        append_utf8(out, 0x2421);
    } else if (code == bad_utf8 || is_surrogate(code)) {
        append_utf8(out, 0xFFFD);
    } else if (is_control(code)) {
        append_code_escape(out, code);
    } else {
        append_utf8(out, code);
    }
}

constexpr bool is_printable_ascii(char c) noexcept { return c >= 0x20 && c < 0x7F; }

/// Appends `text` without a character that a terminal would act on.
inline void append_visible(std::string& out, std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        const char* const run = at;
        at = std::find_if_not(at, end, is_printable_ascii);
        out.append(run, at);
        if (at != end) {
            append_visible_code(out, decode_utf8(at, end));
        }
    }
}

inline std::string visible(std::string_view text) {
    std::string out;
    append_visible(out, text);
    return out;
}

inline bool is_zero_width(char32_t code) noexcept {
    static constexpr CodeRange ranges[] = {
        {0x0300, 0x036F}, {0x0483, 0x0489},   {0x0591, 0x05BD},   {0x0610, 0x061A},
        {0x064B, 0x065F}, {0x06D6, 0x06DC},   {0x0900, 0x0902},   {0x093C, 0x093C},
        {0x0941, 0x0948}, {0x0E31, 0x0E31},   {0x0E34, 0x0E3A},   {0x0E47, 0x0E4E},
        {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},   {0x200B, 0x200F},   {0x2028, 0x202E},
        {0x2060, 0x206F}, {0x20D0, 0x20FF},   {0xFE00, 0xFE0F},   {0xFE20, 0xFE2F},
        {0xFEFF, 0xFEFF}, {0x1F3FB, 0x1F3FF}, {0xE0000, 0xE0FFF},
    };
    return in_ranges(ranges, code);
}

inline bool is_double_width(char32_t code) noexcept {
    static constexpr CodeRange ranges[] = {
        {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},
        {0x2648, 0x2653},   {0x26A1, 0x26A1},   {0x2705, 0x2705},   {0x274C, 0x274C},
        {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
        {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F18E, 0x1F19A},
        {0x1F200, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F900, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };
    return in_ranges(ranges, code);
}

/// Columns that a character takes on a terminal.
inline std::size_t columns(char32_t code) noexcept {
    if (code < 0x300) {
        return code >= 0x20 ? 1 : 0;
    }
    return is_zero_width(code) ? 0 : is_double_width(code) ? 2 : 1;
}

/// Columns of a text without escape sequences.
inline std::size_t columns(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        count += columns(decode_utf8(at, end));
    }
    return count;
}

/// Where the first `count` characters of a text end.
inline std::size_t characters_end(std::string_view text, std::size_t count) noexcept {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; at != end && count > 0; --count) {
        decode_utf8(at, end);
    }
    return static_cast<std::size_t>(at - text.data());
}

/// The first line of a text and not too much of it, made visible.
inline void append_cut_value(std::string& out, std::string_view text, std::size_t limit,
                             std::string_view ellipsis) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t end = line.size() <= limit ? line.size() : characters_end(line, limit);
    append_visible(out, line.substr(0, end));
    if (end < text.size()) {
        out += ellipsis;
    }
}

/// Moves past a colour sequence `ESC [ … m` of our own.
constexpr const char* skip_colour(const char* at, const char* end) noexcept {
    while (at != end && *at != 'm') {
        ++at;
    }
    return at == end ? at : at + 1;
}

/// Where `width` columns of `line` end. Colour sequences take no columns.
inline const char* fitting_end(std::string_view line, std::size_t width) noexcept {
    const char* const end = line.data() + line.size();
    std::size_t used = 0;
    for (const char* at = line.data(); at != end;) {
        const char* const from = at;
        if (*at == '\x1b') {
            at = skip_colour(at, end);
            continue;
        }
        used += columns(decode_utf8(at, end));
        if (used > width) {
            return from;
        }
    }
    return end;
}

/// Appends `line` if it fits into `width` columns; else as much as does, with `mark` at the end and
/// colours switched off.
inline void append_cut(std::string& out, std::string_view line, std::size_t width,
                       std::string_view mark) {
    if (fitting_end(line, width) == line.data() + line.size()) {
        out += line;
        return;
    }
    const std::size_t room = width > columns(mark) ? width - columns(mark) : 0;
    const std::string_view kept{line.data(), fitting_end(line, room)};
    out += kept;
    out += mark;
    out += kept.find('\x1b') == std::string_view::npos ? "" : "\x1b[0m";
}

}
ELIOT_END_NAMESPACE
