// SPDX-License-Identifier: Apache-2.0
#pragma once

// Text as the contents of a JSON string: copied 16 bytes at a time, escaped where JSON demands it,
// and made valid UTF-8 where it is not.
//
//     char* end = detail::write_escaped(out, text.data(), text.size());

#include <eliot/config.hpp>
#include <eliot/core/fixed_string.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

ELIOT_BEGIN_NAMESPACE

namespace detail {

/// What `write_escaped` may touch beyond its result's end.
inline constexpr std::size_t escape_slack = 16;

constexpr bool is_plain(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
}

// The bytes that may follow a lead byte; `count` of them, the first between `low` and `high`
// (Unicode, table 3-7).
struct Utf8Tail {
    unsigned char count, low, high;
};

constexpr Utf8Tail utf8_tail(unsigned char lead) noexcept {
    if (lead < 0xC2 || lead > 0xF4) {
        return {0, 0, 0};
    }
    if (lead < 0xE0) {
        return {1, 0x80, 0xBF};
    }
    if (lead < 0xF0) {
        return {2, lead == 0xE0 ? std::uint8_t{0xA0} : std::uint8_t{0x80},
                lead == 0xED ? std::uint8_t{0x9F} : std::uint8_t{0xBF}};
    }
    return {3, lead == 0xF0 ? std::uint8_t{0x90} : std::uint8_t{0x80},
            lead == 0xF4 ? std::uint8_t{0x8F} : std::uint8_t{0xBF}};
}

// How much of `text`, which is not empty, is one character, or the longest start of one.
struct Utf8Part {
    std::size_t size;
    bool valid;
};

constexpr Utf8Part utf8_part(const char* text, std::size_t size) noexcept {
    Utf8Tail tail = utf8_tail(static_cast<unsigned char>(text[0]));
    std::size_t taken = 1;
    while (taken <= tail.count && taken < size) {
        const auto byte = static_cast<unsigned char>(text[taken]);
        if (byte < tail.low || byte > tail.high) {
            break;
        }
        tail.low = 0x80;
        tail.high = 0xBF;
        ++taken;
    }
    return {taken, tail.count != 0 && taken == tail.count + 1U};
}

constexpr char* write_control(char* out, char c) noexcept {
    constexpr char digits[] = "0123456789abcdef";
    *out++ = '\\';
    switch (c) {
    case '"':
        *out++ = '"';
        return out;
    case '\\':
        *out++ = '\\';
        return out;
    case '\b':
        *out++ = 'b';
        return out;
    case '\f':
        *out++ = 'f';
        return out;
    case '\n':
        *out++ = 'n';
        return out;
    case '\r':
        *out++ = 'r';
        return out;
    case '\t':
        *out++ = 't';
        return out;
    default:
        break;
    }
    *out++ = 'u';
    *out++ = '0';
    *out++ = '0';
    *out++ = digits[static_cast<unsigned char>(c) >> 4];
    *out++ = digits[c & 15];
    return out;
}

// Writes what stands for the first character of `text`, which is not plain, and moves past it.
constexpr char* write_special(char* out, const char*& text, const char* end) noexcept {
    if (static_cast<unsigned char>(*text) < 0x80) {
        return write_control(out, *text++);
    }
    const Utf8Part part = utf8_part(text, static_cast<std::size_t>(end - text));
    const char* from = part.valid ? text : "\xEF\xBF\xBD";
    text += part.size;
    for (std::size_t left = part.valid ? part.size : 3; left != 0; --left) {
        *out++ = *from++;
    }
    return out;
}

// A block of text, which knows where its first byte is that cannot be copied as it is.
#if defined(__SSE2__)
struct TextBlock {
    static constexpr std::size_t size = 16;
    using Bytes [[gnu::vector_size(16)]] = signed char;
    using Words [[gnu::vector_size(16)]] = std::uint64_t;

    Bytes bytes;

    static TextBlock load(const char* from) noexcept {
        TextBlock block;
        std::memcpy(&block.bytes, from, size);
        return block;
    }
    void store(char* to) const noexcept { std::memcpy(to, &bytes, size); }
    // Signed, so that one comparison finds control characters and non-ASCII bytes.
    std::size_t plain() const noexcept {
        const auto special = (bytes < 0x20) | (bytes == '"') | (bytes == '\\');
        const auto mask = static_cast<unsigned>(
            __builtin_ia32_pmovmskb128(reinterpret_cast<ByteVector>(special)));
        return static_cast<std::size_t>(__builtin_ctz(mask | 0x10000U));
    }
    using ByteVector [[gnu::vector_size(16)]] = char;
};
#else
struct TextBlock {
    static constexpr std::size_t size = 8;

    std::uint64_t bytes;

    static TextBlock load(const char* from) noexcept {
        TextBlock block;
        std::memcpy(&block.bytes, from, size);
        return block;
    }
    void store(char* to) const noexcept { std::memcpy(to, &bytes, size); }
    // Bit 7 of a byte is set if it is special; above the first one it may be set wrongly.
    std::size_t plain() const noexcept {
        constexpr std::uint64_t ones = 0x0101010101010101U;
        const std::uint64_t text = first_lowest(bytes);
        const std::uint64_t control = text - 0x20 * ones;
        const std::uint64_t quote = (text ^ 0x22 * ones) - ones;
        const std::uint64_t backslash = (text ^ 0x5C * ones) - ones;
        const std::uint64_t mask = (control | quote | backslash | text) & 0x80 * ones;
        return mask == 0 ? size : static_cast<std::size_t>(__builtin_ctzll(mask)) / 8;
    }
    static std::uint64_t first_lowest(std::uint64_t value) noexcept {
        return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? value : __builtin_bswap64(value);
    }
};
#endif

/// Writes the contents of a JSON string, without quotes, and returns their end. Valid UTF-8 passes,
/// DEL too; every maximal ill-formed part becomes U+FFFD, as Unicode recommends (3.9). `out` has
/// room for `6 * size + escape_slack` bytes: up to 16 bytes behind the end may be overwritten.
inline char* write_escaped(char* out, const char* text, std::size_t size) noexcept {
    const char* const end = text + size;
    while (static_cast<std::size_t>(end - text) >= TextBlock::size) {
        const TextBlock block = TextBlock::load(text);
        block.store(out);
        const std::size_t plain = block.plain();
        out += plain;
        text += plain;
        while (plain != TextBlock::size && text != end && !is_plain(*text)) {
            out = write_special(out, text, end);
        }
    }
    while (text != end) {
        if (is_plain(*text)) {
            *out++ = *text++;
        } else {
            out = write_special(out, text, end);
        }
    }
    return out;
}

// A buffer that holds every escaped form of `Name` as `,"name":`, at compile time.
template <FixedString Name>
struct KeyBuffer {
    char data[6 * Name.size() + 4]{};
    std::size_t size = 0;

    consteval KeyBuffer() {
        const char* text = Name.data;
        const char* const end = text + Name.size();
        char* out = data;
        *out++ = ',';
        *out++ = '"';
        while (text != end) {
            if (is_plain(*text)) {
                *out++ = *text++;
            } else {
                out = write_special(out, text, end);
            }
        }
        *out++ = '"';
        *out++ = ':';
        size = static_cast<std::size_t>(out - data);
    }
};

/// `size` characters at `data`, padded with NULs to a multiple of 16 so that they can be copied in
/// blocks.
template <std::size_t Size>
struct KeyFragment {
    static constexpr std::size_t size = Size;
    char data[(Size + 15) / 16 * 16]{};
};

template <FixedString Name>
consteval auto make_key_fragment() {
    constexpr KeyBuffer<Name> buffer;
    KeyFragment<buffer.size> fragment;
    for (std::size_t i = 0; i < buffer.size; ++i) {
        fragment.data[i] = buffer.data[i];
    }
    return fragment;
}

/// `,"name":`, the member's name as it stands in a line, escaped at compile time.
template <FixedString Name>
inline constexpr auto key_fragment = make_key_fragment<Name>();

}

ELIOT_END_NAMESPACE
