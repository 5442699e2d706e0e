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

/// A sequence of `,"key":value` at the front of a buffer, whose sizes stand at its end, the first
/// ones last. One thread's at a time.
class EncodedFields {
public:
    struct Entry {
        std::string_view key; ///< `,"name":`
        std::string_view value;
    };

    constexpr EncodedFields() noexcept = default;
    EncodedFields(EncodedFields&& other) noexcept
        : bytes_{other.bytes_},
          size_{other.size_},
          capacity_{other.capacity_},
          count_{other.count_} {
        other.bytes_ = nullptr;
        other.size_ = other.capacity_ = other.count_ = 0;
    }
    EncodedFields& operator=(EncodedFields&& other) noexcept {
        detail::swap_values(bytes_, other.bytes_);
        detail::swap_values(size_, other.size_);
        detail::swap_values(capacity_, other.capacity_);
        detail::swap_values(count_, other.count_);
        return *this;
    }
    ~EncodedFields() { std::free(bytes_); }

    bool empty() const noexcept { return count_ == 0; }
    /// The size of all keys and values.
    std::size_t size() const noexcept { return size_; }
    /// Writes all fields one behind the other, in blocks, and returns their end.
    char* copy_to(char* to) const noexcept {
        return size_ != 0 ? copy_padded<padding>(to, bytes_, size_) : to;
    }
    /// Forgets the fields; keeps a buffer of ordinary size for the next use.
    void clear() noexcept {
        size_ = count_ = 0;
        if (capacity_ > kept) [[unlikely]] {
            std::free(bytes_);
            bytes_ = nullptr;
            capacity_ = 0;
        }
    }

    /// Encodes now. A reserved name is left out. Out of memory: the field is lost.
    void add(const FieldView& field, FieldFailures& failures) { add(&field, 1, failures); }
    /// The fields of one call, of which those that are named at compile time differ.
    void add(const FieldView* fields, std::size_t count, FieldFailures& failures) {
        for (std::size_t i = add_plain(fields, count); i != count; ++i) {
            if (!is_plain(fields[i]) || !add_short(fields[i], true)) {
                add_other(fields[i], failures);
            }
        }
    }
    /// The same up to the first field that is no number, short text or the like; how many were.
    [[gnu::always_inline]] std::size_t add_plain(const FieldView* fields,
                                                 std::size_t count) noexcept {
        const bool may_clash = !empty();
        std::size_t i = 0;
        while (i != count && is_plain(fields[i]) && add_short(fields[i], may_clash)) {
            ++i;
        }
        return i;
    }
    /// The same for bytes that are encoded already.
    void add_encoded(std::string_view key, std::string_view value) noexcept {
        if (is_reserved(bare(key))) {
            return;
        }
        remove(key);
        if (make_room(key.size() + value.size())) {
            char* const begin = bytes_ + size_;
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
        bool more() const noexcept { return left_ != 0; }
        Entry entry() const noexcept {
            const Sizes sizes = read();
            return {{text_, sizes.key}, {text_ + sizes.key, sizes.value}};
        }
        void advance() noexcept {
            text_ += size();
            sizes_ -= sizeof(Sizes);
            --left_;
        }

    private:
        friend class EncodedFields;
        struct Sizes {
            std::uint32_t key;
            std::uint32_t value;
        };

        Cursor(char* text, char* sizes, std::size_t left) noexcept
            : text_{text}, sizes_{sizes}, left_{left} {}

        Sizes read() const noexcept {
            Sizes sizes;
            std::memcpy(&sizes, sizes_, sizeof sizes);
            return sizes;
        }
        std::size_t size() const noexcept {
            const Sizes sizes = read();
            return std::size_t{sizes.key} + sizes.value;
        }

        char* text_;
        char* sizes_;
        std::size_t left_;
    };
    Cursor first() const noexcept { return {bytes_, empty() ? nullptr : sizes_at(0), count_}; }

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

    static bool is_plain(const FieldView& field) noexcept {
        return field.static_key && field.kind <= ValueKind::text;
    }
    [[gnu::always_inline]] bool add_short(const FieldView& field, bool may_clash) noexcept {
        if (may_clash) [[unlikely]] {
            remove({field.key, field.key_size});
        }
        if (!make_room(longest_fragment + short_text + number_room)) [[unlikely]] {
            return false;
        }
        char* const value = copy_padded<16>(bytes_ + size_, field.key, field.key_size);
        char* const end = write_if_short(value, value + short_text, field);
        if (end != nullptr) [[likely]] {
            append(field.key_size, static_cast<std::size_t>(end - value));
        }
        return end != nullptr;
    }
    [[gnu::noinline]] void add_other(const FieldView& field, FieldFailures& failures) {
        if (field.kind == ValueKind::members) {
            Sink sink{*this, failures};
            field.members.encode(sink, field.members.object);
        } else {
            add_any(field, failures);
        }
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
        std::memcpy(sizes_at(count_++), &sizes, sizeof sizes);
        size_ += key_size + value_size;
    }
    char* sizes_at(std::size_t index) const noexcept {
        return bytes_ + (capacity_ - (index + 1) * sizeof(Sizes));
    }

    static std::string_view bare(std::string_view key) noexcept {
        return key.substr(2, key.size() - 4);
    }

    [[gnu::noinline]] void remove(std::string_view key) noexcept {
        for (Cursor at = first(); at.more(); at.advance()) {
            if (at.entry().key == key) {
                remove(at);
                return;
            }
        }
    }
    void remove(Cursor at) noexcept {
        const std::size_t gap = at.size();
        const auto behind = static_cast<std::size_t>(bytes_ + size_ - at.text_) - gap;
        std::memmove(at.text_, at.text_ + gap, behind);
        size_ -= gap;
        char* const last = sizes_at(--count_);
        std::memmove(last + sizeof(Sizes), last, (at.left_ - 1) * sizeof(Sizes));
    }
    /// For `need` bytes, what blocks write behind them, and their sizes.
    bool make_room(std::size_t need) noexcept {
        need += size_ + padding + (count_ + 1) * sizeof(Sizes);
        return need <= capacity_ || grow(need);
    }
    [[gnu::noinline]] bool grow(std::size_t need) noexcept {
        std::size_t capacity = capacity_ == 0 ? 1024 : capacity_;
        while (capacity < need) {
            capacity *= 2;
        }
        auto* const bytes = static_cast<char*>(std::malloc(capacity));
        if (bytes == nullptr) {
            return false;
        }
        if (bytes_ != nullptr) {
            const std::size_t sizes = count_ * sizeof(Sizes);
            std::memcpy(bytes, bytes_, size_);
            std::memcpy(bytes + capacity - sizes, bytes_ + capacity_ - sizes, sizes);
            std::free(bytes_);
        }
        bytes_ = bytes;
        capacity_ = capacity;
        return true;
    }

    char* bytes_ = nullptr;
    std::size_t size_ = 0; ///< of the text
    std::size_t capacity_ = 0;
    std::size_t count_ = 0;
};

} // namespace detail
ELIOT_END_NAMESPACE
