// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/strings.hpp>

#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <string_view>

using namespace eliot::detail;

namespace {

// In buffers of exactly the size they may have, so that sanitizers see what goes beyond them.
template <class Block>
std::string escaped_by(std::string_view text) {
    const std::unique_ptr<char[]> in(new char[text.size()]);
    std::copy(text.begin(), text.end(), in.get());
    const std::unique_ptr<char[]> out(new char[6 * text.size() + escape_slack]);
    return {out.get(), write_escaped_by<Block>(out.get(), in.get(), text.size())};
}

std::string escaped(std::string_view text) { return escaped_by<TextBlock>(text); }

// The reference, by definition and not by table: a code point, or -1 if these bytes are none.
long decode(std::string_view bytes) {
    constexpr unsigned smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const std::size_t size = bytes.size();
    const unsigned lead = static_cast<unsigned char>(bytes[0]);
    if (size == 1) {
        return lead < 0x80 ? static_cast<long>(lead) : -1;
    }
    if (size > 4 || lead >> (7 - size) != (0xFFU >> (7 - size) & ~1U)) {
        return -1;
    }
    unsigned point = lead & (0x3FU >> (size - 1));
    for (const char c : bytes.substr(1)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >> 6 != 2) {
            return -1;
        }
        point = point << 6 | (byte & 0x3FU);
    }
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point < smallest[size] || point > 0x10FFFF || surrogate ? -1 : static_cast<long>(point);
}

// Whether some character starts with these bytes. What may follow is an interval that holds its
// own lower or upper end, so both are tried.
bool starts_character(std::string_view bytes) {
    for (std::size_t size = bytes.size(); size <= 4; ++size) {
        for (const char filler : {'\x80', '\xBF'}) {
            std::string filled{bytes};
            filled.resize(size, filler);
            if (decode(filled) >= 0) {
                return true;
            }
        }
    }
    return false;
}

std::string escape_of(std::string_view character) {
    constexpr std::string_view letters = "\"\"\\\\\bb\ff\nn\rr\tt";
    const char c = character[0];
    if ((c >= 'a' && c <= 'z') || c < 0) {
        return std::string{character};
    }
    for (std::size_t i = 0; i < letters.size(); i += 2) {
        if (letters[i] == c) {
            return {'\\', letters[i + 1]};
        }
    }
    if (static_cast<unsigned char>(c) < 0x20) {
        char text[8];
        std::snprintf(text, sizeof text, "\\u%04x", c);
        return text;
    }
    return std::string{character};
}

std::string reference(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        std::size_t size = 1;
        while (size < 4 && decode(text.substr(0, size)) < 0 && size < text.size() &&
               starts_character(text.substr(0, size + 1))) {
            ++size;
        }
        const bool valid = decode(text.substr(0, size)) >= 0;
        out += valid ? escape_of(text.substr(0, size)) : "\xEF\xBF\xBD";
        text.remove_prefix(size);
    }
    return out;
}

// Appends a code point as UTF-8, if it is one.
void append(std::string& text, unsigned long point) {
    for (std::size_t size = 1; size <= 4; ++size) {
        std::string bytes;
        for (std::size_t tail = 1; tail < size; ++tail) {
            bytes.insert(bytes.begin(), static_cast<char>(0x80 | (point >> 6 * (tail - 1) & 0x3F)));
        }
        const unsigned long lead = size == 1 ? 0 : 0xFFU << (8 - size);
        bytes.insert(bytes.begin(), static_cast<char>(lead | point >> 6 * (size - 1)));
        if (decode(bytes) == static_cast<long>(point)) {
            text += bytes;
            return;
        }
    }
}

void check_against_reference(const std::string& text) {
    const std::string expected = reference(text);
    if (escaped(text) != expected || escaped_by<WordBlock>(text) != expected) {
        INFO(nlohmann::json::binary({text.begin(), text.end()}).dump());
        CHECK(escaped(text) == expected);
        CHECK(escaped_by<WordBlock>(text) == expected);
    }
}

template <eliot::FixedString Name>
std::string_view key() {
    return {key_fragment<Name>.data, key_fragment<Name>.size};
}

}

TEST_CASE("plain text is copied") {
    CHECK(escaped("") == "");
    CHECK(escaped("x") == "x");
    CHECK(escaped("The quick brown fox jumps over the lazy dog; 0123456789 /~") ==
          "The quick brown fox jumps over the lazy dog; 0123456789 /~");
}

TEST_CASE("what JSON demands is escaped, in its short form where there is one") {
    CHECK(escaped("a\"b\\c\b\f\n\r\t") == R"(a\"b\\c\b\f\n\r\t)");
    CHECK(escaped(std::string_view{"\0\x01\x1f", 3}) == R"(\u0000\u0001\u001f)");
    CHECK(escaped("/\x7f'") == "/\x7f'");
}

TEST_CASE("valid UTF-8 passes") {
    for (const char* text :
         {"\u00e4", "\u20ac", "\U0001f600", "\u0080\u07ff\u0800\ud7ff\ue000\uffff",
          "\U00010000\U0010ffff", "\u2028\u2029\ufeff", "Пиво и 中文, ok"}) {
        CHECK(escaped(text) == text);
    }
}

TEST_CASE("every maximal ill-formed part becomes one U+FFFD") {
    const auto marks = [](int count) {
        std::string text;
        while (count-- > 0) {
            text += "\xEF\xBF\xBD";
        }
        return text;
    };
    // The examples of the Unicode standard, chapter 3.9, tables 3-8 to 3-11.
    CHECK(escaped("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41") == marks(8) + "A");
    CHECK(escaped("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41") == marks(8) + "A");
    CHECK(escaped("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42") == marks(5) + "A" + marks(2) + "B");
    CHECK(escaped("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") == marks(4) + "A");
    CHECK(escaped("\xE2\x82") == marks(1));
    CHECK(escaped("\xC3\"") == marks(1) + "\\\"");
}

TEST_CASE("every length around the blocks, with every special text at every place, is escaped") {
    for (const std::string_view special :
         {std::string_view{"\0", 1}, std::string_view{"\""}, std::string_view{"\\"},
          std::string_view{"\x1f"}, std::string_view{"\x7f"}, std::string_view{"\x80"},
          std::string_view{"\xFF"}, std::string_view{"\u00e4"}, std::string_view{"\u20ac"},
          std::string_view{"\U0001f600"}, std::string_view{"\xE2\x82"},
          std::string_view{"\xF0\x9F\x98"}, std::string_view{"\xED\xA0\x80"},
          std::string_view{"\n\" \"\n"}}) {
        for (std::size_t size = special.size(); size <= 70; ++size) {
            for (std::size_t at = 0; at + special.size() <= size; ++at) {
                std::string text;
                for (std::size_t i = 0; i < size; ++i) {
                    text += static_cast<char>('a' + i % 26);
                }
                check_against_reference(text.replace(at, special.size(), special));
            }
        }
    }
}

TEST_CASE("every pair of bytes is escaped, alone and inside of text") {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string pair{static_cast<char>(first), static_cast<char>(second)};
            check_against_reference(pair);
            check_against_reference("abc" + pair + "defg");
        }
    }
}

TEST_CASE("random bytes are escaped as the reference escapes them") {
    // Mostly bytes that mean something to UTF-8 or JSON, so that sequences come about.
    const std::string bytes =
        "a b\"\\\n\x01\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xec"
        "\xed\xee\xef\xf0\xf1\xf3\xf4\xf5\xff";
    std::mt19937 random{7};
    for (int i = 0; i < 30'000; ++i) {
        std::string text(random() % 40, ' ');
        for (char& c : text) {
            const bool any = random() % 8 == 0;
            c = any ? static_cast<char>(random() % 256) : bytes[random() % bytes.size()];
        }
        check_against_reference(text);
    }
}

TEST_CASE("nlohmann reads the text that was escaped, and writes it alike") {
    std::mt19937 random{8};
    for (int i = 0; i < 5'000; ++i) {
        std::string text;
        for (auto left = random() % 30; left != 0; --left) {
            append(text, random() >> random() % 32 & 0x1FFFFF);
        }
        const std::string literal = "\"" + escaped(text) + "\"";
        if (nlohmann::json::parse(literal) != text || nlohmann::json(text).dump() != literal) {
            CHECK(nlohmann::json::parse(literal) == text);
            CHECK(nlohmann::json(text).dump() == literal);
        }
    }
}

TEST_CASE("a key is escaped at compile time") {
    CHECK(key<"count">() == ",\"count\":");
    CHECK(key<"">() == ",\"\":");
    CHECK(key<"a\"b\\c\n\x01">() == R"(,"a\"b\\c\n\u0001":)");
    CHECK(key<"\u00e4\U0001f600">() == ",\"\u00e4\U0001f600\":");
    CHECK(key<"x\xFFy\xE2\x82">() == ",\"x\uFFFDy\uFFFD\":");
    CHECK(key<"a\0b">() == ",\"a\\u0000b\":");
    STATIC_REQUIRE(key_fragment<"count">.size == 9);
}

TEST_CASE("a key can be copied in blocks of 16") {
    STATIC_REQUIRE(sizeof(key_fragment<"count">.data) == 16);
    STATIC_REQUIRE(sizeof(key_fragment<"a_key_of_twelve">.data) == 32);
    CHECK(key_fragment<"count">.data[15] == '\0');
}
