// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines logged before there was any destination: the last 1000, at most 1 MiB, as in Eliot.

#include <eliot/config.hpp>
#include <eliot/encode/encoded_fields.hpp>
#include <eliot/output/mutex.hpp>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// True if the object in `line` has the key `,"name":` at its top level.
inline bool has_key(std::string_view line, std::string_view key) noexcept {
    key.remove_prefix(1);
    std::size_t depth = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            if (depth == 1 && line.substr(i, key.size()) == key) {
                return true;
            }
            for (++i; i < line.size() && line[i] != '"'; ++i) {
                i += line[i] == '\\' ? 1U : 0U;
            }
        } else {
            depth += line[i] == '{' || line[i] == '[' ? 1U : 0U;
            depth -= line[i] == '}' || line[i] == ']' ? 1U : 0U;
        }
    }
    return false;
}

/// A line with the global fields that it does not have itself.
inline std::string with_globals(std::string_view line, const EncodedFields* globals) {
    std::string whole{line.substr(0, line.size() - 2)}; // without }\n
    if (globals != nullptr) {
        for (auto at = globals->first(); at.more(); at.advance()) {
            if (!has_key(line, at.entry().key)) {
                whole += at.entry().key;
                whole += at.entry().value;
            }
        }
    }
    whole += "}\n";
    return whole;
}

class EarlyLines {
public:
    static constexpr std::size_t most_lines = 1000;
    static constexpr std::size_t most_bytes = std::size_t{1} << 20;

    /// Whole lines; the oldest are dropped when there are too many.
    void keep(std::string_view lines) noexcept {
        const Lock lock{mutex};
        while (!lines.empty()) {
            const std::size_t size = lines.find('\n') + 1;
            keep_one(lines.substr(0, size));
            lines.remove_prefix(size);
        }
    }
    /// Hands over the oldest line; `f` is called without any lock held.
    template <class F>
    void take_each(F&& f) {
        while (Node* node = pop()) {
            const Freed freed{node};
            f(node->line());
        }
    }
    void discard() noexcept {
        while (Node* node = pop()) {
            std::free(node);
        }
    }

    Mutex mutex;

private:
    struct Node {
        Node* next;
        std::size_t size;
        std::string_view line() const noexcept {
            return {reinterpret_cast<const char*>(this + 1), size};
        }
    };

    struct Freed {
        void* memory;
        ~Freed() { std::free(memory); }
    };

    void keep_one(std::string_view line) noexcept {
        void* memory = std::malloc(sizeof(Node) + line.size());
        if (memory == nullptr) {
            return;
        }
        Node* node = new (memory) Node{nullptr, line.size()};
        std::memcpy(static_cast<char*>(memory) + sizeof(Node), line.data(), line.size());
        (last_ == nullptr ? first_ : last_->next) = node;
        last_ = node;
        ++count_;
        bytes_ += line.size();
        while (count_ > most_lines || (bytes_ > most_bytes && count_ > 1)) {
            std::free(pop_locked());
        }
    }
    Node* pop() noexcept {
        const Lock lock{mutex};
        return pop_locked();
    }
    Node* pop_locked() noexcept {
        Node* node = first_;
        if (node != nullptr) {
            first_ = node->next;
            last_ = first_ == nullptr ? nullptr : last_;
            --count_;
            bytes_ -= node->size;
        }
        return node;
    }

    Node* first_ = nullptr;
    Node* last_ = nullptr;
    std::size_t count_ = 0;
    std::size_t bytes_ = 0;
};

} // namespace detail
ELIOT_END_NAMESPACE
