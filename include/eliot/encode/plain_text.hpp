// SPDX-License-Identifier: Apache-2.0
#pragma once

// Copies text that can stand in a JSON string as it is, which is nearly all of it: printable ASCII
// without quotes and backslashes. Blocks overlap instead of ending where the text ends.
//
//     if (!detail::copy_if_plain(out, text, size)) { … write_escaped(out, text, size) … }

#include <eliot/config.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Sixteen bytes of text, in the compiler's vectors: <emmintrin.h> costs more than this header.
struct PlainBlock {
    using Chars [[gnu::vector_size(16)]] = char;
    using Bytes [[gnu::vector_size(16)]] = signed char;
    using Words [[gnu::vector_size(16)]] = unsigned long long;

    Words words;

    bool is_plain() const noexcept {
        // Signed, so that one comparison finds control characters and bytes beyond ASCII.
        const auto bytes = reinterpret_cast<Bytes>(words);
        auto shown = bytes > 0x1F;
#if defined(__SSE2__) && !defined(__clang__)
        asm("" : "+x"(shown)); // or g++ finds what is not shown, by one more comparison
#endif
        const auto plain = shown & ~((bytes == '"') | (bytes == '\\'));
#if defined(__SSE2__)
        return __builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(plain)) == 0xFFFF;
#else
        const auto both = reinterpret_cast<Words>(plain);
        return (both[0] & both[1]) == ~0ULL;
#endif
    }
};

template <class Word>
Word load(const char* from) noexcept {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

/// Copies `2 * sizeof(Word)` bytes, or fewer, of which those in the middle are copied twice.
template <class Word>
[[gnu::always_inline]] inline bool copy_ends_if_plain(char* to, const char* text,
                                                      std::size_t size) noexcept {
    const Word first = load<Word>(text);
    const Word last = load<Word>(text + size - sizeof(Word));
    std::memcpy(to, &first, sizeof first);
    std::memcpy(to + size - sizeof last, &last, sizeof last);
    if constexpr (sizeof(Word) == 8) {
        return PlainBlock{{first, last}}.is_plain();
    } else {
        const std::uint64_t both = first | std::uint64_t{last} << 32;
        return PlainBlock{{both, both}}.is_plain();
    }
}

inline bool copy_long_if_plain(char* to, const char* text, std::size_t size) noexcept {
    bool plain = copy_ends_if_plain<std::uint64_t>(to + size - 16, text + size - 16, 16);
    for (std::size_t i = 0; i + 16 < size && plain; i += 16) {
        plain = copy_ends_if_plain<std::uint64_t>(to + i, text + i, 16);
    }
    return plain;
}

inline bool copy_short_if_plain(char* to, const char* text, std::size_t size) noexcept {
    bool plain = true;
    for (std::size_t i = 0; i < size; ++i) {
        to[i] = text[i];
        plain = plain && text[i] > 0x1F && text[i] < 0x7F && text[i] != '"' && text[i] != '\\';
    }
    return plain;
}

/// False if the text must be written another way; what was copied then is of no use.
inline bool copy_if_plain(char* to, const char* text, std::size_t size) noexcept {
    if (size > 16) {
        return copy_long_if_plain(to, text, size);
    }
    if (size >= 8) {
        return copy_ends_if_plain<std::uint64_t>(to, text, size);
    }
    return size >= 4 ? copy_ends_if_plain<std::uint32_t>(to, text, size)
                     : copy_short_if_plain(to, text, size);
}

} // namespace detail
ELIOT_END_NAMESPACE
