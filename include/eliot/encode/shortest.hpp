// SPDX-License-Identifier: Apache-2.0
#pragma once

// std::to_chars for floating-point numbers:
//
//     char* end = shortest(text, text + 32, 0.1, Notation::fixed);
//
// With libstdc++ the same functions by the names they have in the library. <charconv> defines those
// for all types of integers along with them, which is a thirtieth of what including eliot costs.

#include <eliot/config.hpp>

#include <string_view> // which standard library it is

#if !defined(__GLIBCXX__)
#    include <charconv>
#endif

ELIOT_BEGIN_NAMESPACE
namespace detail {

#if defined(__GLIBCXX__)

/// std::chars_format.
enum class Notation : int { scientific = 1, fixed = 2 };

/// std::to_chars_result.
struct ToCharsResult {
    char* end;
    int error;
};

ToCharsResult to_chars(char* begin, char* end, double value, Notation notation) noexcept
    asm("_ZSt8to_charsPcS_dSt12chars_format");
ToCharsResult to_chars(char* begin, char* end, float value, Notation notation) noexcept
    asm("_ZSt8to_charsPcS_fSt12chars_format");

template <class Float>
char* shortest(char* begin, char* end, Float value, Notation notation) noexcept {
    return to_chars(begin, end, value, notation).end;
}

#else

using Notation = std::chars_format;

template <class Float>
char* shortest(char* begin, char* end, Float value, Notation notation) noexcept {
    return std::to_chars(begin, end, value, notation).ptr;
}

#endif

} // namespace detail
ELIOT_END_NAMESPACE
