// SPDX-License-Identifier: Apache-2.0

#include "anchors.hpp"

#include <cstdint>
#include <locale.h>
#include <wctype.h>

namespace linkcheck {
namespace {

/// What the C library knows of Unicode; without that, letters beyond ASCII stay as they are.
locale_t unicode() {
    static const locale_t locale = [] {
        const locale_t plain = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return plain != nullptr ? plain : newlocale(LC_CTYPE_MASK, "en_US.UTF-8", nullptr);
    }();
    return locale;
}

/// Combining marks: GitHub keeps them, and with them the invisible one behind many emoji.
bool is_mark(wint_t letter) {
    return (letter >= 0x300 && letter <= 0x36f) || (letter >= 0x20d0 && letter <= 0x20ff) ||
           (letter >= 0xfe00 && letter <= 0xfe0f);
}

bool is_kept(wint_t letter) {
    if (letter < 0x80) {
        return std::string_view{"-_ "}.find(static_cast<char>(letter)) != std::string_view::npos ||
               (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    }
    return unicode() == nullptr || is_mark(letter) || iswalnum_l(letter, unicode()) != 0;
}

wint_t lower(wint_t letter) {
    if (letter < 0x80) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }
    return unicode() == nullptr ? letter : towlower_l(letter, unicode());
}

/// Takes one code point from the front; a byte that is no UTF-8 stands for itself.
wint_t take(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const std::size_t size = first < 0xc0 ? 1U : first < 0xe0 ? 2U : first < 0xf0 ? 3U : 4U;
    wint_t letter = size == 1 ? first : first & (0x7fU >> size);
    for (std::size_t i = 1; i < size && i < text.size(); ++i) {
        letter = letter << 6 | (static_cast<unsigned char>(text[i]) & 0x3fU);
    }
    text.remove_prefix(size < text.size() ? size : text.size());
    return letter;
}

void put(std::string& text, wint_t letter) {
    const auto byte = [&](wint_t bits) { text += static_cast<char>(bits); };
    if (letter < 0x80) {
        byte(letter);
    } else if (letter < 0x800) {
        byte(0xc0 | letter >> 6);
    } else if (letter < 0x10000) {
        byte(0xe0 | letter >> 12);
        byte(0x80 | (letter >> 6 & 0x3f));
    } else {
        byte(0xf0 | letter >> 18);
        byte(0x80 | (letter >> 12 & 0x3f));
        byte(0x80 | (letter >> 6 & 0x3f));
    }
    if (letter >= 0x80) {
        byte(0x80 | (letter & 0x3f));
    }
}

} // namespace

std::string lower(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        put(result, lower(take(text)));
    }
    return result;
}

std::string slug(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const wint_t letter = lower(take(text));
        if (is_kept(letter)) {
            put(result, letter == ' ' ? '-' : letter);
        }
    }
    return result;
}

void Anchors::add_heading(std::string_view text) {
    const std::string base = slug(text);
    std::string name = base;
    for (std::size_t& count = repetitions_[base]; !headings_.insert(name).second;) {
        name = base + '-' + std::to_string(++count);
    }
}

std::string Anchors::like(std::string_view name) const {
    const std::string candidate = slug(name);
    return contains(candidate) ? candidate : std::string{};
}

} // namespace linkcheck
