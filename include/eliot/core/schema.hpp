// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a message type or an action type says of its lines, as plain data without templates, for
// everybody who meets typed lines only at run time:
//
//     if (const eliot::Schema* schema = record.schema()) { for (auto& field : schema->fields) … }
//
// A schema is static: it belongs to the C++ type of the message type, outlives everything, and
// holds what that type knows. Descriptions and constant values belong to the object that
// `message_type` made; see `MessageType::fields` and `describe`.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>

#include <cstddef>
#include <exception>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// A kind of JSON value. `number` is any number, `integer` one without fraction.
enum class JsonKind : unsigned char {
    null = 1,
    boolean = 2,
    integer = 4,
    number = 8,
    string = 16,
    array = 32,
    object = 64,
};

/// A set of kinds.
class JsonKinds {
public:
    constexpr JsonKinds() noexcept = default;
    constexpr JsonKinds(JsonKind kind) noexcept : bits_{static_cast<unsigned char>(kind)} {}
    /// What a serializer or a `to_json` returns is known only when it runs.
    static constexpr JsonKinds any() noexcept { return JsonKinds{127U}; }

    /// Of an integer the answer is yes if any number will do.
    constexpr bool allow(JsonKind kind) const noexcept {
        const bool number = kind == JsonKind::integer && has(JsonKind::number);
        return has(kind) || number;
    }
    constexpr bool empty() const noexcept { return bits_ == 0; }

    friend constexpr JsonKinds operator|(JsonKinds left, JsonKinds right) noexcept {
        return JsonKinds{static_cast<unsigned>(left.bits_ | right.bits_)};
    }
    friend constexpr bool operator==(JsonKinds, JsonKinds) noexcept = default;

private:
    constexpr explicit JsonKinds(unsigned bits) noexcept
        : bits_{static_cast<unsigned char>(bits)} {}
    constexpr bool has(JsonKind kind) const noexcept {
        return (bits_ & static_cast<unsigned char>(kind)) != 0;
    }

    unsigned char bits_ = 0;
};

/// One field of a type.
struct FieldSchema {
    std::string_view name;
    JsonKinds kinds;              ///< what its value may be
    bool constant = false;        ///< made by `field_for_value`: never passed, always written
    std::string_view description; ///< empty in a `Schema`
};

/// The fields of one kind of line, in the order in which the line has them.
struct FieldSchemas {
    const FieldSchema* data = nullptr;
    std::size_t count = 0;

    constexpr const FieldSchema* begin() const noexcept { return data; }
    constexpr const FieldSchema* end() const noexcept { return data + count; }
    constexpr std::size_t size() const noexcept { return count; }
    /// Null if there is no field of that name.
    constexpr const FieldSchema* find(std::string_view name) const noexcept {
        for (const FieldSchema& field : *this) {
            if (field.name == name) {
                return &field;
            }
        }
        return nullptr;
    }
};

/// A type's lines. All fields are required, none beside them and the global ones is expected; on
/// the failure line of an action there are `exception`, `reason` and whatever else.
struct Schema {
    std::string_view type; ///< the value of message_type or action_type
    bool is_action = false;
    FieldSchemas fields;  ///< of the message, or of an action's start
    FieldSchemas success; ///< of an action's success; may come in several calls
};

namespace detail {

/// A value that its field's extra validator refused.
struct ValidationFailure {
    const Schema& schema;
    const FieldSchema& field;
    std::exception_ptr exception; ///< what the validator threw
};

/// Where such failures go. Validators run at the call, on the thread that logs, just before the
/// line is written, and only while `flag::validating` is set. Whoever sets that flag sets this
/// first and never takes it back; the function finds out by itself which capture the calling thread
/// logs to, and must not throw.
inline constinit Atomic<void (*)(const ValidationFailure&)> validation_sink{nullptr};

} // namespace detail

ELIOT_END_NAMESPACE
