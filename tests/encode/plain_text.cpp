// SPDX-License-Identifier: Apache-2.0
#include <eliot/encode/plain_text.hpp>

#include "support/catch.hpp"

#include <cstring>
#include <memory>
#include <string>

using eliot::detail::copy_if_plain;

namespace {

/// In buffers of exactly the text's size, where a sanitizer sees every byte beyond.
bool copies(const std::string& text) {
    const std::unique_ptr<char[]> from{new char[text.size()]};
    const std::unique_ptr<char[]> to{new char[text.size()]};
    std::memcpy(from.get(), text.data(), text.size());
    const bool plain = copy_if_plain(to.get(), from.get(), text.size());
    return plain && std::memcmp(to.get(), from.get(), text.size()) == 0;
}

} // namespace

TEST_CASE("plain text of every length is copied, no byte more") {
    for (std::size_t size = 0; size < 200; ++size) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) {
            text += static_cast<char>('#' + i % 57);
        }
        CHECK(copies(text));
    }
}

TEST_CASE("every byte that needs an escape is found at every place") {
    for (std::size_t size = 1; size < 70; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (const char special : {'"', '\\', '\0', '\n', '\x1F', '\x80', '\xC3', '\xFF'}) {
                std::string text(size, 'x');
                text[at] = special;
                if (copies(text)) {
                    FAIL("size " << size << ", at " << at << ", byte " << int{special});
                }
            }
        }
    }
}
