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
#include <utility>

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

// Writes the escape of a control character, quote or backslash.
constexpr char* write_escape(char* out, char c) noexcept {
    constexpr char letters[] = "uuuuuuuubtnufruuuuuuuuuuuuuuuuuu";
    constexpr char digits[] = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    const char letter = byte < 0x20 ? letters[byte] : c;
    *out++ = '\\';
    *out++ = letter;
    if (letter == 'u') {
        *out++ = '0';
        *out++ = '0';
        *out++ = digits[byte >> 4];
        *out++ = digits[byte & 15];
    }
    return out;
}

// Where the text goes on, and where the next character is written.
struct TextCursor {
    char* out;
    const char* text;
};

// Writes what stands for the first character of the text, which is not plain, and moves past it.
constexpr TextCursor write_special(TextCursor at, const char* end) noexcept {
    if (static_cast<unsigned char>(*at.text) < 0x80) {
        return {write_escape(at.out, *at.text), at.text + 1};
    }
    const Utf8Part part = utf8_part(at.text, static_cast<std::size_t>(end - at.text));
    const char* from = part.valid ? at.text : "\xEF\xBF\xBD";
    for (std::size_t left = part.valid ? part.size : 3; left != 0; --left) {
        *at.out++ = *from++;
    }
    return {at.out, at.text + part.size};
}

// Text of at most 8 bytes, and nothing beyond them, as a word whose lowest byte comes first; the
// rest is zero.
inline std::uint64_t load_word(const char* from, std::size_t size) noexcept {
    std::uint64_t word = 0;
    if constexpr (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__) {
        std::memcpy(&word, from, size);
        return __builtin_bswap64(word);
    }
    if (size == 8) {
        std::memcpy(&word, from, 8);
    } else if (size >= 4) {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::memcpy(&first, from, 4);
        std::memcpy(&last, from + size - 4, 4);
        word = first | std::uint64_t{last} << (size - 4) * 8;
    } else if (size != 0) {
        const auto byte = [from](std::size_t at) {
            return std::uint64_t{static_cast<unsigned char>(from[at])} << at * 8;
        };
        word = byte(0) | byte(size / 2) | byte(size - 1);
    }
    return word;
}

// Eight bytes of text, which know where the first one is that cannot be copied as it is. Bytes that
// were not loaded are zero, so they count as such.
struct WordBlock {
    static constexpr std::size_t size = 8;

    std::uint64_t bytes;

    static WordBlock load(const char* from) noexcept { return {load_word(from, size)}; }
    static WordBlock load(const char* from, std::size_t count) noexcept {
        return {load_word(from, count)};
    }

    void store(char* to) const noexcept {
        const bool swap = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;
        const std::uint64_t word = swap ? __builtin_bswap64(bytes) : bytes;
        std::memcpy(to, &word, size);
    }

    // Bit 7 of a byte is set if it is special; above the lowest of those it may be set wrongly.
    std::uint64_t specials() const noexcept {
        constexpr std::uint64_t ones = 0x0101'0101'0101'0101U;
        const std::uint64_t control = bytes - 0x20 * ones;
        const std::uint64_t quote = (bytes ^ 0x22 * ones) - ones;
        const std::uint64_t backslash = (bytes ^ 0x5C * ones) - ones;
        return (control | quote | backslash | bytes) & 0x80 * ones;
    }
    static std::size_t first(std::uint64_t specials) noexcept {
        return static_cast<std::size_t>(__builtin_ctzll(specials)) / 8;
    }
};

#if defined(__SSE2__)

// The same for 16 bytes, with the compiler's vectors: <emmintrin.h> costs more to include than this
// whole header.
struct VectorBlock {
    using Chars [[gnu::vector_size(16)]] = char;
    using Bytes [[gnu::vector_size(16)]] = signed char;
    using Words [[gnu::vector_size(16)]] = unsigned long long;
    static constexpr std::size_t size = 16;

    Bytes bytes;

    static VectorBlock load(const char* from) noexcept {
        VectorBlock block;
        std::memcpy(&block.bytes, from, size);
        return block;
    }
    static VectorBlock load(const char* from, std::size_t count) noexcept {
        if (count < 8) {
            return {reinterpret_cast<Bytes>(Words{load_word(from, count), 0})};
        }
        // In two steps, because none of them may be of 64 bits.
        const std::uint64_t last = load_word(from + count - 8, 8) >> (15 - count) * 8 >> 8;
        return {reinterpret_cast<Bytes>(Words{load_word(from, 8), last})};
    }

    void store(char* to) const noexcept { std::memcpy(to, &bytes, size); }

    // Signed, so that one comparison leaves out control characters and bytes beyond ASCII.
    unsigned specials() const noexcept {
        const auto plain = (bytes > 0x1F) & ~((bytes == '"') | (bytes == '\\'));
        const int mask = __builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(plain));
        return static_cast<unsigned>(mask) ^ 0xFFFFU;
    }
    static std::size_t first(unsigned specials) noexcept {
        return static_cast<std::size_t>(__builtin_ctz(specials));
    }
};

using TextBlock = VectorBlock;

#else

using TextBlock = WordBlock;

#endif

// The size of a well-formed character of two or three bytes, which most text beyond ASCII consists
// of; 0 for all others. `word` holds at least that many bytes.
inline std::size_t common_character(std::uint64_t word) noexcept {
    if ((word & 0xC0E0) == 0x80C0) {
        return (word & 0x1E) != 0 ? 2 : 0;
    }
    if ((word & 0xC0C0F0) == 0x8080E0) {
        // E0 begins overlong forms below A0, ED surrogates from A0 on.
        const std::uint64_t start = word & 0x200F;
        return start != 0 && start != 0x200D ? 3 : 0;
    }
    return 0;
}

// Goes on until two plain characters or the end: a space between two words is not worth a block.
[[gnu::noinline]] inline TextCursor write_specials(TextCursor at, const char* end) noexcept {
    while (at.text != end) {
        const std::uint64_t word = end - at.text >= 4 ? load_word(at.text, 4) : 0;
        if (const std::size_t size = common_character(word); size != 0) {
            std::memcpy(at.out, at.text, 4);
            at.out += size;
            at.text += size;
        } else if (!is_plain(*at.text)) {
            at = write_special(at, end);
        } else if (end - at.text >= 2 && !is_plain(at.text[1])) {
            *at.out++ = *at.text++;
        } else {
            break;
        }
    }
    return at;
}

template <class Block>
char* write_escaped_by(char* out, const char* text, std::size_t size) noexcept {
    const char* const end = text + size;
    TextCursor at{out, text};
    while (at.text != end) {
        const auto left = static_cast<std::size_t>(end - at.text);
        const Block block = left >= Block::size ? Block::load(at.text) : Block::load(at.text, left);
        block.store(at.out);
        const auto specials = block.specials();
        // Two cases, or every block would have to wait for the one before.
        if (specials == 0) [[likely]] {
            at = {at.out + Block::size, at.text + Block::size};
            continue;
        }
        const std::size_t plain = Block::first(specials);
        at = {at.out + plain, at.text + plain};
        if (at.text != end) {
            at = write_specials(at, end);
        }
    }
    return at.out;
}

/// Writes the contents of a JSON string, without quotes, and returns their end. Valid UTF-8 passes,
/// DEL too; every maximal ill-formed part becomes U+FFFD, as Unicode recommends (3.9). Nothing is
/// read beyond the text's end. `out` has room for `6 * size + escape_slack` bytes: up to 16 bytes
/// behind the end may be overwritten.
inline char* write_escaped(char* out, const char* text, std::size_t size) noexcept {
    return write_escaped_by<TextBlock>(out, text, size);
}

// A buffer that holds every escaped form of `Name` as `,"name":`, at compile time.
template <FixedString Name>
struct KeyBuffer {
    char data[6 * Name.size() + 4]{};
    std::size_t size = 0;

    consteval KeyBuffer() {
        const char* const end = Name.data + Name.size();
        TextCursor at{data, Name.data};
        *at.out++ = ',';
        *at.out++ = '"';
        while (at.text != end) {
            if (is_plain(*at.text)) {
                *at.out++ = *at.text++;
            } else {
                at = write_special(at, end);
            }
        }
        *at.out++ = '"';
        *at.out++ = ':';
        size = static_cast<std::size_t>(at.out - data);
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

// Names that need no escape, as nearly all do, without a loop and without a function of their own:
// every call that logs pays for this when it is compiled.
template <std::size_t N, std::size_t... I>
consteval bool is_plain_name(const FixedString<N>& name, std::index_sequence<I...>) {
    return (is_plain(name.data[I]) && ...);
}
template <std::size_t N, std::size_t... I>
consteval KeyFragment<N + 3> make_plain_fragment(const FixedString<N>& name,
                                                 std::index_sequence<I...>) {
    return {{',', '"', name.data[I]..., '"', ':'}};
}
template <FixedString Name>
using Indices = std::make_index_sequence<Name.size()>;

/// `,"name":`, the member's name as it stands in a line, escaped at compile time.
template <FixedString Name, bool IsPlain = is_plain_name(Name, Indices<Name>{})>
inline constexpr auto key_fragment = make_key_fragment<Name>();
template <FixedString Name>
inline constexpr auto key_fragment<Name, true> = make_plain_fragment(Name, Indices<Name>{});

}

ELIOT_END_NAMESPACE
