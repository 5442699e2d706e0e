// SPDX-License-Identifier: Apache-2.0
#pragma once

// Encodes one field, `,"key":value`. A value that throws, or that makes the line too long, costs
// only itself: its text says what happened.

#include <eliot/config.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/encode/field_failure.hpp>
#include <eliot/encode/json_writer.hpp>

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

/// Encodes fields into a writer and collects what failed.
class FieldEncoder {
public:
    FieldEncoder(JsonWriter& out, FieldFailures& failures) noexcept
        : out_{out}, failures_{failures} {}

    JsonWriter& out() const noexcept { return out_; }
    /// From now on values that run user code are not evaluated: the thread is being ended.
    void refuse_user_code() noexcept { user_code_ = false; }

    void key(const FieldView& field) {
        if (field.static_key) [[likely]] {
            out_.raw({field.key, field.key_size});
        } else {
            key(std::string_view{field.key, field.key_size});
        }
    }
    void key(std::string_view name) {
        out_.raw(",\"");
        out_.escaped(name);
        out_.raw("\":");
    }

    /// The value of a view that is not `members`.
    void value(const FieldView& field) {
        switch (field.kind) {
        case ValueKind::null:
            out_.null();
            break;
        case ValueKind::boolean:
            out_.boolean(field.boolean);
            break;
        case ValueKind::signed_integer:
            out_.signed_integer(field.signed_integer);
            break;
        case ValueKind::unsigned_integer:
            out_.unsigned_integer(field.unsigned_integer);
            break;
        case ValueKind::float64:
            out_.float64(field.float64);
            break;
        case ValueKind::float32:
            out_.float32(field.float32);
            break;
        case ValueKind::text:
            text({field.text.data, field.text.size});
            break;
        case ValueKind::c_string:
            c_string(field);
            break;
        case ValueKind::object:
            object(name_of(field), field.object.encode, field.object.object);
            break;
        case ValueKind::members:
            break;
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
    static std::string_view name_of(const FieldView& field) noexcept {
        return field.static_key ? std::string_view{field.key + 2, field.key_size - 4U}
                                : std::string_view{field.key, field.key_size};
    }

    void text(std::string_view text) {
        if (text.size() <= JsonWriter::largest_piece) [[likely]] {
            out_.text(text);
            return;
        }
        const std::size_t begin = out_.size();
        out_.mark();
        out_.text(text);
        if (out_.cut()) {
            cut(begin);
        }
        out_.unmark();
    }
    void c_string(const FieldView& field) {
        field.c_string == nullptr ? out_.null() : text(field.c_string);
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
