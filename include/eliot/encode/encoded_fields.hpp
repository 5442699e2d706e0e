// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fields that were encoded before their line: success and failure fields of an action, extracted
// fields of an exception, global fields. Owns the bytes; a field given again replaces the old one.
//
//     EncodedFields fields; fields.add(view, failures);

#include <eliot/config.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/encode/field.hpp>
#include <eliot/encode/member_sink.hpp>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A sequence of `,"key":value` in one buffer, each behind its two sizes. One thread's at a time.
class EncodedFields {
public:
    struct Entry {
        std::string_view key; ///< `,"name":`
        std::string_view value;
    };

    constexpr EncodedFields() noexcept = default;
    EncodedFields(EncodedFields&& other) noexcept
        : bytes_{other.bytes_}, size_{other.size_}, capacity_{other.capacity_} {
        other.bytes_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    EncodedFields& operator=(EncodedFields&& other) noexcept {
        detail::swap_values(bytes_, other.bytes_);
        detail::swap_values(size_, other.size_);
        detail::swap_values(capacity_, other.capacity_);
        return *this;
    }
    ~EncodedFields() { std::free(bytes_); }

    bool empty() const noexcept { return size_ == 0; }
    /// At least the size of all keys and values.
    std::size_t size() const noexcept { return size_; }
    /// Writes all fields one behind the other, in blocks of 32 bytes, and returns their end.
    char* copy_to(char* to) const noexcept {
        for (Cursor at = first(); at.more(); at.advance()) {
            const std::string_view text = at.text();
            to = copy_padded<padding>(to, text.data(), text.size());
        }
        return to;
    }
    /// Forgets the fields; keeps a buffer of ordinary size for the next use.
    void clear() noexcept {
        size_ = 0;
        if (capacity_ > kept) [[unlikely]] {
            std::free(bytes_);
            bytes_ = nullptr;
            capacity_ = 0;
        }
    }

    /// Encodes now. A reserved name is left out. Out of memory: the field is lost.
    void add(const FieldView& field, FieldFailures& failures) {
        if (field.static_key && field.kind <= ValueKind::text && add_short(field)) [[likely]] {
            return;
        }
        if (field.kind == ValueKind::members) {
            Sink sink{*this, failures};
            field.members.encode(sink, field.members.object);
        } else {
            add_any(field, failures);
        }
    }
    /// The same for bytes that are encoded already.
    void add_encoded(std::string_view key, std::string_view value) noexcept {
        if (is_reserved(bare(key))) {
            return;
        }
        remove(key);
        if (make_room(sizeof(Sizes) + key.size() + value.size())) {
            char* const begin = bytes_ + size_ + sizeof(Sizes);
            std::memcpy(begin, key.data(), key.size());
            std::memcpy(begin + key.size(), value.data(), value.size());
            append(key.size(), value.size());
        }
    }
    void add_all(const EncodedFields& others) noexcept {
        for (Cursor at = others.first(); at.more(); at.advance()) {
            add_encoded(at.entry().key, at.entry().value);
        }
    }

    /// Walks the fields in the order they were added.
    class Cursor {
    public:
        Cursor(const char* at, const char* end) noexcept : at_{at}, end_{end} {}
        bool more() const noexcept { return at_ != end_; }
        Entry entry() const noexcept {
            const Sizes sizes = read();
            const char* key = at_ + sizeof sizes;
            return {{key, sizes.key}, {key + sizes.key, sizes.value}};
        }
        /// Key and value in one, readable in blocks of 16 bytes up to the padding.
        std::string_view text() const noexcept {
            const Sizes sizes = read();
            return {at_ + sizeof sizes, std::size_t{sizes.key} + sizes.value};
        }
        std::size_t size() const noexcept {
            const Sizes sizes = read();
            return sizeof sizes + sizes.key + sizes.value;
        }
        void advance() noexcept { at_ += size(); }
        const char* at() const noexcept { return at_; }

    private:
        struct Sizes {
            std::uint32_t key;
            std::uint32_t value;
        };
        friend class EncodedFields;
        Sizes read() const noexcept {
            Sizes sizes;
            std::memcpy(&sizes, at_, sizeof sizes);
            return sizes;
        }
        const char* at_;
        const char* end_;
    };
    Cursor first() const noexcept { return {bytes_, bytes_ + size_}; }

    /// The value under `,"name":`, empty if there is none.
    std::string_view find(std::string_view key) const noexcept {
        for (Cursor at = first(); at.more(); at.advance()) {
            if (at.entry().key == key) {
                return at.entry().value;
            }
        }
        return {};
    }

private:
    using Sizes = Cursor::Sizes;
    static constexpr std::size_t kept = 4096;
    static constexpr std::size_t short_text = 512;
    static constexpr std::size_t padding = 32;

    /// Collects the members of an object.
    class Sink final : public MemberSink {
    public:
        Sink(EncodedFields& fields, FieldFailures& failures) noexcept
            : fields_{fields}, failures_{failures} {}
        void member(std::string_view name, EncodeObject encode, void* object) override {
            FieldView view;
            view.key = name.data();
            view.key_size = static_cast<std::uint32_t>(name.size());
            view.static_key = false;
            view.kind = ValueKind::object;
            view.object = {object, encode};
            fields_.add(view, failures_);
        }

    private:
        EncodedFields& fields_;
        FieldFailures& failures_;
    };

    bool add_short(const FieldView& field) noexcept {
        const std::string_view key{field.key, field.key_size};
        remove(key);
        if (!make_room(sizeof(Sizes) + key.size() + short_text + number_room)) {
            return false;
        }
        char* const begin = bytes_ + size_ + sizeof(Sizes);
        char* const value = copy_padded<16>(begin, key.data(), key.size());
        char* const end = write_if_short(value, value + short_text, field);
        if (end == nullptr) {
            return false;
        }
        append(key.size(), static_cast<std::size_t>(end - value));
        return true;
    }
    void add_any(const FieldView& field, FieldFailures& failures) {
        char local[2048];
        JsonWriter out{local, local + sizeof local};
        FieldEncoder encoder{out, failures};
        encoder.key(field);
        const std::size_t key_size = out.size();
        encoder.value(field);
        add_encoded(out.view().substr(0, key_size), out.view().substr(key_size));
    }
    /// Counts in an entry whose text is in its place already.
    void append(std::size_t key_size, std::size_t value_size) noexcept {
        const Sizes sizes{static_cast<std::uint32_t>(key_size),
                          static_cast<std::uint32_t>(value_size)};
        std::memcpy(bytes_ + size_, &sizes, sizeof sizes);
        size_ += sizeof sizes + key_size + value_size;
    }

    static std::string_view bare(std::string_view key) noexcept {
        return key.substr(2, key.size() - 4);
    }

    void remove(std::string_view key) noexcept {
        for (Cursor at = first(); at.more(); at.advance()) {
            if (at.entry().key == key) {
                const std::size_t gap = at.size();
                char* place = bytes_ + (at.at() - bytes_);
                std::memmove(place, place + gap,
                             size_ - gap - static_cast<std::size_t>(place - bytes_));
                size_ -= gap;
                return;
            }
        }
    }
    bool make_room(std::size_t need) noexcept {
        need += padding;
        if (size_ + need <= capacity_) {
            return true;
        }
        std::size_t capacity = capacity_ == 0 ? 1024 : capacity_;
        while (capacity < size_ + need) {
            capacity *= 2;
        }
        auto* bytes = static_cast<char*>(std::realloc(bytes_, capacity));
        if (bytes == nullptr) {
            return false;
        }
        bytes_ = bytes;
        capacity_ = capacity;
        return true;
    }

    char* bytes_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace detail
ELIOT_END_NAMESPACE
