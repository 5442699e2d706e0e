// SPDX-License-Identifier: Apache-2.0
#pragma once

// The text of a task's lines: added piece by piece, in blocks that never move, so that a task of
// any size grows without being copied.
//
//     const char* kept = blocks.add("text");

#include <eliot/config.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A copy shares what was added before it, and begins a block of its own for what it is given.
class TextBlocks {
public:
    TextBlocks() = default;
    TextBlocks(const TextBlocks& other) : blocks_(other.blocks_), next_size_(other.next_size_) {}
    TextBlocks(TextBlocks&& other) noexcept
        : blocks_(std::move(other.blocks_)),
          free_(std::exchange(other.free_, nullptr)),
          left_(std::exchange(other.left_, 0)),
          next_size_(other.next_size_) {}
    TextBlocks& operator=(const TextBlocks&) = delete;
    TextBlocks& operator=(TextBlocks&&) = delete;
    ~TextBlocks() = default;

    /// Keeps `text` until this and every copy that shares it are gone.
    const char* add(std::string_view text) {
        if (text.size() > left_ || blocks_.empty()) {
            add_block(text.size());
        }
        std::memcpy(free_, text.data(), text.size());
        left_ -= text.size();
        return std::exchange(free_, free_ + text.size());
    }

private:
    static constexpr std::size_t first_size = 1024;
    static constexpr std::size_t most_size = 1'048'576;

    void add_block(std::size_t least) {
        left_ = std::max(least, next_size_);
        next_size_ = std::min(next_size_ * 2, most_size);
        blocks_.emplace_back(new char[left_]);
        free_ = blocks_.back().get();
    }

    std::vector<std::shared_ptr<char[]>> blocks_;
    char* free_ = nullptr;
    std::size_t left_ = 0;
    std::size_t next_size_ = first_size;
};

}
ELIOT_END_NAMESPACE
