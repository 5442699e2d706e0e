// SPDX-License-Identifier: Apache-2.0
#pragma once

// Encodes one field, `,"key":value`. A value that throws, or that makes the line too long, costs
// only itself: its text says what happened.

#include <eliot/config.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/encode/field_failure.hpp>
#include <eliot/encode/json_writer.hpp>
#include <eliot/encode/plain_text.hpp>

#include <cstddef>
#include <cstring>
#include <cxxabi.h>
#include <exception>
#include <pthread.h>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// While it lives this thread is not cancelled: a line that was begun is finished.
class NoCancellation {
public:
    NoCancellation() noexcept { pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before_); }
    NoCancellation(const NoCancellation&) = delete;
    NoCancellation& operator=(const NoCancellation&) = delete;
    ~NoCancellation() { pthread_setcancelstate(before_, nullptr); }

private:
    int before_ = PTHREAD_CANCEL_ENABLE;
};

/// Copies at least `Usual` bytes, in blocks of 16 bytes, and returns the end of the first `size`.
/// Both sides have room for that.
template <std::size_t Usual>
char* copy_padded(char* to, const char* from, std::size_t size) noexcept {
    std::memcpy(to, from, Usual);
    for (std::size_t i = Usual; i < size; i += 16) [[unlikely]] {
        std::memcpy(to + i, from + i, 16);
    }
    return to + size;
}
/// Copies a name without a call, if it has the usual size of one.
inline void copy_text(char* to, const char* from, std::size_t size) noexcept {
    if (size - 8 <= 8) [[likely]] {
        const auto last = load<std::uint64_t>(from + size - 8);
        std::memcpy(to, from, 8);
        std::memcpy(to + size - 8, &last, 8);
    } else {
        std::memcpy(to, from, size);
    }
}
template <std::size_t Size>
char* copy_literal(char* to, const char (&text)[Size]) noexcept {
    std::memcpy(to, text, Size - 1);
    return to + Size - 1;
}

/// Room for a number or the like.
inline constexpr std::size_t number_room = 48;

/// Writes the inside of a string; null if it might not end before `end`.
[[gnu::noinline]] inline char* write_other_text(char* to, const char* end, const char* text,
                                                std::size_t size) noexcept {
    // Signed, because keys and numbers may have passed `end`: behind it there is room for them, and
    // for a text of 16 bytes as well.
    const std::ptrdiff_t room = end - to;
    const auto least = static_cast<std::ptrdiff_t>(size);
    if ((size <= 16 || least <= room) && copy_if_plain(to, text, size)) [[likely]] {
        return to + size;
    }
    constexpr auto slack = static_cast<std::ptrdiff_t>(escape_slack);
    return 6 * least + slack <= room ? write_escaped(to, text, size) : nullptr;
}
/// The same, at its fastest for the usual size of a name.
[[gnu::always_inline]] inline char* write_short_text(char* to, const char* end, const char* text,
                                                     std::size_t size) noexcept {
    const bool is_usual = size - 8 <= 8 && copy_ends_if_plain<std::uint64_t>(to, text, size);
    return is_usual ? to + size : write_other_text(to, end, text, size);
}
/// Writes the value of a view that is a number, a short text or the like, and returns its end; null
/// if it is something else. There is room for a number; a text ends before `end`.
[[gnu::always_inline]] inline char* write_if_short(char* to, const char* end,
                                                   const FieldView& field) noexcept {
    if (field.kind == ValueKind::text) {
        *to = '"';
        to = write_short_text(to + 1, end, field.text.data, field.text.size);
        return to != nullptr ? copy_literal(to, "\"") : nullptr;
    }
    if (field.kind == ValueKind::signed_integer) {
        const auto value = static_cast<std::uint64_t>(field.signed_integer);
        return value < 100'000'000 ? put_up_to_eight_digits(to, static_cast<std::uint32_t>(value))
                                   : write_signed(to, field.signed_integer);
    }
    if (field.kind == ValueKind::float64) {
        return write_double(to, field.float64);
    }
    switch (field.kind) {
    case ValueKind::unsigned_integer:
        return write_unsigned(to, field.unsigned_integer);
    case ValueKind::float32:
        return write_float(to, field.float32);
    case ValueKind::boolean:
        return field.boolean ? copy_literal(to, "true") : copy_literal(to, "false");
    case ValueKind::null:
        return copy_literal(to, "null");
    default:
        return nullptr;
    }
}

/// Encodes fields into a writer and collects what failed.
class FieldEncoder {
public:
    FieldEncoder(JsonWriter& out, FieldFailures& failures) noexcept
        : out_{out}, failures_{failures} {}

    JsonWriter& out() const noexcept { return out_; }
    /// From now on values that run user code are not evaluated: the thread is being ended.
    void refuse_user_code() noexcept { user_code_ = false; }

    void key(const FieldView& field) {
        if (field.static_key) {
            out_.raw({field.key, field.key_size});
        } else {
            out_.raw(",\"");
            out_.escaped({field.key, field.key_size});
            out_.raw("\":");
        }
    }
    /// The value of a view that is not `members`.
    [[gnu::noinline]] void value(const FieldView& field) {
        char* const to = out_.reserve(short_text + number_room);
        if (char* const end = write_if_short(to, to + short_text, field)) {
            out_.advance(end);
        } else if (field.kind == ValueKind::text) {
            long_text({field.text.data, field.text.size});
        } else if (field.kind == ValueKind::c_string) {
            field.c_string == nullptr ? out_.null() : long_text(field.c_string);
        } else {
            object(name_of(field), field.object.encode, field.object.object);
        }
    }
    /// A value that may run user code. Lets a thread's forced end through, with the value replaced.
    [[gnu::noinline]] void object(std::string_view name, EncodeObject encode, void* object) {
        const std::size_t begin = out_.size();
        out_.mark();
        if (!user_code_) {
            failed(begin, "the thread was ended");
            return;
        }
        const NoCancellation whole_line;
        run(begin, name, encode, object);
        if (out_.cut()) {
            cut(begin);
        }
        out_.unmark();
    }

private:
    static constexpr std::size_t short_text = 1024;

    static std::string_view name_of(const FieldView& field) noexcept {
        return field.static_key ? std::string_view{field.key + 2, field.key_size - 4U}
                                : std::string_view{field.key, field.key_size};
    }

    void long_text(std::string_view text) {
        const std::size_t begin = out_.size();
        out_.mark();
        out_.text(text);
        if (out_.cut()) {
            cut(begin);
        }
        out_.unmark();
    }

#if ELIOT_HAS_EXCEPTIONS
    void run(std::size_t begin, std::string_view name, EncodeObject encode, void* object) {
        try {
            encode(out_, object);
        }
#    if defined(__GLIBCXX__)
        catch (abi::__forced_unwind&) {
            failed(begin, "the thread was ended");
            throw;
        }
#    endif
        catch (const std::exception& error) {
            failed(begin, error.what());
            failures_.add(name, error.what(), std::current_exception());
        } catch (...) {
            failed(begin, "an exception that is no std::exception");
            failures_.add(name, "an exception that is no std::exception", std::current_exception());
        }
    }
#else
    void run(std::size_t, std::string_view, EncodeObject encode, void* object) {
        encode(out_, object);
    }
#endif

    void failed(std::size_t begin, std::string_view reason) {
        out_.rewind(begin);
        out_.raw("\"eliot: serialization failed: ");
        out_.escaped(reason);
        out_.put('"');
        out_.unmark();
    }
    void cut(std::size_t begin) {
        out_.rewind(begin);
        out_.raw("\"eliot: value cut: the line would be longer than 16 MiB\"");
        out_.unmark();
    }

    JsonWriter& out_;
    FieldFailures& failures_;
    bool user_code_ = true;
};

} // namespace detail
ELIOT_END_NAMESPACE
