// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names a type of message or action, by its text or by the object that describes it.
//
//     LoggedMessage::of_type(messages, "user:registered");
//     LoggedMessage::of_type(messages, user_registered);

#include <eliot/config.hpp>

#include <concepts>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace testing {

/// A MessageType, or something like it.
template <class T>
concept MessageTypeLike = requires(const T& type) {
    { type.message_type() } -> std::convertible_to<std::string_view>;
};
/// An ActionType, or something like it.
template <class T>
concept ActionTypeLike = requires(const T& type) {
    { type.action_type() } -> std::convertible_to<std::string_view>;
};
template <class T>
concept TypeText = std::convertible_to<const T&, std::string_view>;

class TypeName {
public:
    template <TypeText T>
    TypeName(const T& text) : text_{std::string_view{text}} {}
    template <MessageTypeLike T>
    TypeName(const T& type) : text_{std::string_view{type.message_type()}} {}
    template <ActionTypeLike T>
    TypeName(const T& type) : text_{std::string_view{type.action_type()}} {}

    const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
};

} // namespace testing
ELIOT_END_NAMESPACE
