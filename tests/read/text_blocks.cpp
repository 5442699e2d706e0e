// SPDX-License-Identifier: Apache-2.0
#include <eliot/read/text_blocks.hpp>

#include "support/catch.hpp"

#include <optional>
#include <string>

using eliot::detail::TextBlocks;

TEST_CASE("what was added stays where it is") {
    TextBlocks blocks;
    std::vector<std::string> texts;
    std::vector<const char*> kept;
    for (std::size_t i = 0; i < 1000; ++i) {
        texts.emplace_back(i * 7 % 3000, static_cast<char>('a' + i % 26));
        kept.push_back(blocks.add(texts.back()));
    }
    const TextBlocks moved = std::move(blocks);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CHECK(std::string_view{kept[i], texts[i].size()} == texts[i]);
    }
}

TEST_CASE("a text larger than any block is kept") {
    TextBlocks blocks;
    const std::string large(5'000'000, 'x');
    CHECK(std::string_view{blocks.add(large), large.size()} == large);
    CHECK(std::string_view{blocks.add(""), 0}.empty());
}

TEST_CASE("a copy lives on without the original, and neither writes over the other") {
    std::optional<TextBlocks> original{std::in_place};
    const char* const before = original->add("before");
    TextBlocks copy = *original;
    const char* const of_original = original->add("original");
    const char* const of_copy = copy.add("the copy");
    CHECK(std::string_view{of_original, 8} == "original");
    original.reset();
    CHECK(std::string_view{before, 6} == "before");
    CHECK(std::string_view{of_copy, 8} == "the copy");
}
