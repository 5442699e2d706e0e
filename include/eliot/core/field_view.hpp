// SPDX-License-Identifier: Apache-2.0
#pragma once

// A field with its type erased: what a call site hands to the one encoder, 32 bytes a field.
// A view owns nothing; it is valid until the end of the full expression that made it.

#include <eliot/config.hpp>

#include <cstddef>
#include <cstdint>

ELIOT_BEGIN_NAMESPACE

class JsonWriter;

namespace detail {

class MemberSink;

/// Those up to `text` are encoded without a function call of the user's.
enum class ValueKind : std::uint8_t {
    null,
    boolean,
    signed_integer,
    unsigned_integer,
    float64,
    float32,
    text,     ///< pointer and size
    c_string, ///< NUL-terminated, or null
    object,   ///< encoded by a function that may run user code
    members,  ///< several fields whose names are known at run time
};

using EncodeObject = void (*)(JsonWriter&, void*);
using EncodeMembers = void (*)(MemberSink&, const void*);

/// Longer keys are treated as if they were known only at run time.
inline constexpr std::size_t longest_fragment = 64;

struct FieldView {
    struct Text {
        const char* data;
        std::size_t size;
    };
    struct Object {
        void* object;
        EncodeObject encode;
    };
    struct Members {
        const void* object;
        EncodeMembers encode;
    };

    /// Bare; or, if `static_key`, `,"name":`, readable in blocks of 16 bytes and not longer than
    /// `longest_fragment`.
    const char* key;
    std::uint32_t key_size;
    ValueKind kind;
    bool static_key;
    union {
        bool boolean;
        std::int64_t signed_integer;
        std::uint64_t unsigned_integer;
        double float64;
        float float32;
        const char* c_string;
        Text text;
        Object object;
        Members members;
    };
};

static_assert(sizeof(FieldView) == 32);

} // namespace detail

ELIOT_END_NAMESPACE
