// SPDX-License-Identifier: Apache-2.0
#pragma once

// Assertions about messages that are at hand, captured or read. Of a capture they are members.
//
//     assert_contains_fields(action.end_message(), {{"status", 200}});

#include <eliot/config.hpp>
#include <eliot/testing/difference.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/search.hpp>

#include <nlohmann/json.hpp>

#include <string>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Empty if the message has them all.
inline std::string text_on_missing_fields(const nlohmann::json& message,
                                          const nlohmann::json& fields) {
    check_fields_object(fields);
    if (count_different(fields, message) == 0) {
        return {};
    }
    Rows compared;
    add_compared(compared, "", fields, message);
    std::string text = "the message " + in_quotes(type_of_line(message)) +
                       " does not have the expected fields:\n\n" + compared.text();
    text.pop_back(); // the last line's end is the reporter's to write
    return text;
}

} // namespace detail

namespace testing {

/// Throws AssertionError, with the differences, unless `message` has all of `fields` (an object)
/// with equal values. Others may be there, too.
inline void assert_contains_fields(const nlohmann::json& message, const nlohmann::json& fields) {
    const std::string text = eliot::detail::text_on_missing_fields(message, fields);
    if (!text.empty()) {
        throw AssertionError{text};
    }
}
inline void assert_contains_fields(const LoggedMessage& message, const nlohmann::json& fields) {
    assert_contains_fields(message.message(), fields);
}
template <FieldArgument First, FieldArgument... Fields>
void assert_contains_fields(const nlohmann::json& message, const First& first,
                            const Fields&... fields) {
    assert_contains_fields(message, eliot::detail::json_of_fields(first, fields...));
}
template <FieldArgument First, FieldArgument... Fields>
void assert_contains_fields(const LoggedMessage& message, const First& first,
                            const Fields&... fields) {
    assert_contains_fields(message.message(), eliot::detail::json_of_fields(first, fields...));
}

} // namespace testing
ELIOT_END_NAMESPACE
