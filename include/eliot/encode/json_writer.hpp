// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes JSON text, once, as final bytes, into the buffer that a line is built in:
//
//     void encode(eliot::JsonWriter& out) { out.put('['); out.signed_integer(1); out.put(']'); }
//
// A line that outgrows its buffer moves to the heap; above 16 MiB the value that crossed the limit
// is given up (see `cut`).

#include <eliot/config.hpp>
#include <eliot/encode/numbers.hpp>
#include <eliot/encode/strings.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// The only writer of JSON text. Belongs to one thread; never throws.
class JsonWriter {
public:
    /// The most that one `reserve` may ask for.
    static constexpr std::size_t largest_piece = 4096;
    /// A line above this is cut at a value.
    static constexpr std::size_t line_limit = std::size_t{16} << 20;

    /// Writes into [`begin`, `end`); with null pointers on the heap from the start.
    JsonWriter(char* begin, char* end) noexcept : line_{begin}, position_{begin}, end_{end} {}
    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;
    ~JsonWriter() {
        if (heap_ != nullptr) [[unlikely]] {
            std::free(heap_);
        }
    }

    void null() noexcept { raw("null"); }
    void boolean(bool value) noexcept { value ? raw("true") : raw("false"); }
    void signed_integer(std::int64_t value) noexcept {
        position_ = detail::write_signed(reserve(detail::max_integer_text + 16), value);
    }
    void unsigned_integer(std::uint64_t value) noexcept {
        position_ = detail::write_unsigned(reserve(detail::max_integer_text + 16), value);
    }
    /// Shortest text that reads back as the same value; NaN and infinities become null.
    void float64(double value) noexcept {
        position_ = detail::write_double(reserve(detail::max_double_text + 16), value);
    }
    void float32(float value) noexcept {
        position_ = detail::write_float(reserve(detail::max_double_text + 16), value);
    }
    /// A JSON string; invalid UTF-8 becomes U+FFFD.
    void text(std::string_view value) noexcept {
        put('"');
        escaped(value);
        put('"');
    }
    /// The inside of a JSON string.
    void escaped(std::string_view value) noexcept {
        if (value.size() > text_piece) [[unlikely]] {
            long_text(value);
            return;
        }
        position_ =
            detail::write_escaped(reserve(6 * value.size() + 32), value.data(), value.size());
    }
    /// Bytes that are JSON already.
    void raw(std::string_view json) noexcept {
        if (json.size() > largest_piece) [[unlikely]] {
            long_raw(json);
            return;
        }
        if (!json.empty()) { // whose data may be null
            std::memcpy(reserve(json.size()), json.data(), json.size());
            position_ += json.size();
        }
    }
    void put(char byte) noexcept {
        *reserve(1) = byte;
        ++position_;
    }

    /// Room for `size` bytes at the returned position; `advance` tells how far they were used.
    char* reserve(std::size_t size) noexcept {
        if (static_cast<std::size_t>(end_ - position_) < size) [[unlikely]] {
            grow(size);
        }
        return position_;
    }
    void advance(char* to) noexcept { position_ = to; }

    std::size_t size() const noexcept { return static_cast<std::size_t>(position_ - line_); }
    std::string_view view(std::size_t from = 0) const noexcept {
        return {line_ + from, size() - from};
    }
    /// Takes back everything behind the first `size` bytes.
    void rewind(std::size_t size) noexcept { position_ = line_ + size; }
    /// Puts `json` before what stands at offset `at`.
    void insert(std::size_t at, std::string_view json) noexcept {
        raw(json);
        if (size() >= at + json.size()) {
            char* place = line_ + at;
            std::memmove(place + json.size(), place, size() - at - json.size());
            std::memcpy(place, json.data(), json.size());
        }
    }

    /// True once a value crossed the limit (or memory ran out): what is written is taken back to
    /// the mark, and whoever writes a long value may stop.
    bool cut() const noexcept { return cut_; }
    /// Sets the mark: a value that begins here and crosses the limit is taken back to here.
    void mark() noexcept {
        mark_ = size();
        limit_ = line_limit;
        cut_ = false;
    }
    /// The value is written, or was taken back.
    void unmark() noexcept {
        limit_ = ~std::size_t{0};
        cut_ = false;
    }
    bool on_heap() const noexcept { return heap_ != nullptr; }
    /// Hands the heap buffer to the caller, who frees it with std::free.
    char* release_heap() noexcept {
        char* buffer = heap_;
        heap_ = line_ = position_ = end_ = nullptr;
        return buffer;
    }

private:
    static constexpr std::size_t text_piece = 512;

    [[gnu::noinline]] void long_text(std::string_view value) noexcept {
        while (!value.empty() && !cut_) {
            std::size_t size = value.size() < text_piece ? value.size() : text_piece;
            if (size < value.size()) {
                size = character_border(value, size);
            }
            position_ = detail::write_escaped(reserve(6 * size + 32), value.data(), size);
            value.remove_prefix(size);
        }
    }
    /// A UTF-8 sequence must not be torn between two pieces.
    static std::size_t character_border(std::string_view value, std::size_t size) noexcept {
        for (std::size_t back = 0; back < 4; ++back) {
            if ((static_cast<unsigned char>(value[size - back]) & 0xC0) != 0x80) {
                return size - back;
            }
        }
        return size;
    }
    [[gnu::noinline]] void long_raw(std::string_view json) noexcept {
        while (!json.empty() && !cut_) {
            raw(json.substr(0, largest_piece));
            json.remove_prefix(json.size() < largest_piece ? json.size() : largest_piece);
        }
    }

    [[gnu::noinline]] void grow(std::size_t need) noexcept {
        const std::size_t used = size();
        const auto capacity = static_cast<std::size_t>(end_ - line_);
        std::size_t wanted = capacity < 2 * largest_piece ? 4 * largest_piece : 2 * capacity;
        while (wanted < used + need) {
            wanted *= 2;
        }
        char* buffer = used + need > limit_ ? nullptr : static_cast<char*>(std::malloc(wanted));
        if (buffer == nullptr) {
            give_up(need);
            return;
        }
        if (used != 0) {
            std::memcpy(buffer, line_, used);
        }
        std::free(heap_);
        heap_ = line_ = buffer;
        position_ = buffer + used;
        end_ = buffer + wanted;
    }
    void give_up(std::size_t need) noexcept {
        cut_ = true;
        position_ = line_ + mark_;
        if (static_cast<std::size_t>(end_ - position_) < need) {
            // No memory at all: the line is lost, and its owner sees `cut`.
            position_ = line_ = heap_ != nullptr ? heap_ : lost_;
            end_ = line_ + 2 * largest_piece;
        }
    }

    static inline char lost_[2 * largest_piece];

    char* line_;
    char* position_;
    char* end_;
    char* heap_ = nullptr;
    std::size_t mark_ = 0;
    std::size_t limit_ = ~std::size_t{0};
    bool cut_ = false;
};

ELIOT_END_NAMESPACE
