// SPDX-License-Identifier: Apache-2.0
#pragma once

// Looks for the message or the action that a test expects. If it is not there, says so in a text
// that shows what was expected, how the nearest candidate differs, and the log as a tree.
//
//     const LoggedMessage found = MessageSearch{messages, "user:registered", fields}.found();

#include <eliot/config.hpp>
#include <eliot/testing/difference.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/log_text.hpp>
#include <eliot/testing/logged.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline std::string log_section(const std::vector<nlohmann::json>& messages,
                               const nlohmann::json* nearest = nullptr) {
    std::string text = "The log:\n\n" + LogText{"    ", nearest, "this one"}.draw(messages);
    text.pop_back(); // the last line's end is the reporter's to write
    return text;
}

inline std::string introduce_nearest(std::size_t candidates) {
    return candidates == 1 ? "\nThe only one differs:\n\n"
                           : "\nThe nearest of " + std::to_string(candidates) + " differs:\n\n";
}

inline std::string in_quotes(std::string_view text) { return '"' + std::string{text} + '"'; }

/// How many characters must be added, removed or replaced to make one text of the other.
inline std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t k = 1; k <= to.size(); ++k) {
            const std::size_t replaced = diagonal + (from[i - 1] != to[k - 1] ? 1 : 0);
            diagonal = row[k];
            row[k] = std::min({row[k - 1] + 1, diagonal + 1, replaced});
        }
    }
    return row.back();
}

inline std::string type_of_line(const nlohmann::json& message) {
    const std::string type = text_member(message, "message_type");
    return type.empty() ? text_member(message, "action_type") : type;
}

/// A word on a type that is not in the log, if there is something to say.
inline std::string hint_on_type(const std::vector<nlohmann::json>& messages,
                                const std::string& type) {
    std::string nearest;
    std::size_t least = type.size() / 3 + 1;
    for (const nlohmann::json& message : messages) {
        const std::string other = type_of_line(message);
        const std::size_t distance = edit_distance(type, other);
        if (distance == 0) {
            const bool is_action = message.contains("action_type");
            return is_action ? " There is an action of that name."
                             : " There is a message of that name.";
        }
        if (distance < least) {
            least = distance;
            nearest = other;
        }
    }
    return nearest.empty() ? "" : " Did you mean " + in_quotes(nearest) + "?";
}

/// Fields that a test gives as JSON.
inline void check_fields_object(const nlohmann::json& fields) {
    if (!fields.is_object() && !fields.is_null()) {
        throw std::invalid_argument{"eliot: expected fields must be a JSON object, such as "
                                    "{{\"name\", \"john\"}, {\"age\", 12}}; this is " +
                                    short_value(fields, 60)};
    }
}

/// Refers to all that it is made of.
class MessageSearch {
public:
    MessageSearch(const std::vector<nlohmann::json>& messages, const std::string& type,
                  const nlohmann::json& fields)
        : messages_{messages}, type_{type}, fields_{fields} {
        check_fields_object(fields);
        for (const nlohmann::json& message : messages_) {
            if (text_member(message, "message_type") == type_) {
                consider(message);
            }
        }
    }

    /// The first message that has the fields; null if none has.
    const nlohmann::json* match() const noexcept { return least_ == 0 ? nearest_ : nullptr; }
    testing::LoggedMessage found() const {
        if (match() == nullptr) {
            throw testing::AssertionError{text()};
        }
        return testing::LoggedMessage{*match()};
    }
    /// Why there is no match.
    std::string text() const {
        if (nearest_ == nullptr) {
            return "no message " + in_quotes(type_) + " was logged." +
                   hint_on_type(messages_, type_) + "\n\n" + log_section(messages_);
        }
        Rows expected;
        add_expected(expected, "", fields_);
        Rows compared;
        add_compared(compared, "", fields_, *nearest_);
        return "no message " + in_quotes(type_) + " has the expected fields:\n\n" +
               expected.text() + introduce_nearest(candidates_) + compared.text() + "\n" +
               log_section(messages_, nearest_);
    }

private:
    void consider(const nlohmann::json& message) {
        ++candidates_;
        const std::size_t different = count_different(fields_, message);
        if (nearest_ == nullptr || different < least_) {
            nearest_ = &message;
            least_ = different;
        }
    }

    const std::vector<nlohmann::json>& messages_;
    const std::string& type_;
    const nlohmann::json& fields_;
    const nlohmann::json* nearest_ = nullptr;
    std::size_t least_ = 1;
    std::size_t candidates_ = 0;
};

/// Refers to all that it is made of.
class ActionSearch {
public:
    ActionSearch(const std::vector<nlohmann::json>& messages, const ExpectedAction& expected)
        : messages_{messages},
          expected_{expected},
          candidates_{testing::LoggedAction::of_type(messages, expected.type)} {
        check_fields_object(expected.start);
        check_fields_object(expected.end);
        for (const testing::LoggedAction& action : candidates_) {
            consider(action);
        }
    }

    ActionSearch(const ActionSearch&) = delete;
    ActionSearch& operator=(const ActionSearch&) = delete;

    /// The first action that is as expected; null if none is.
    const testing::LoggedAction* match() const noexcept { return least_ == 0 ? nearest_ : nullptr; }
    testing::LoggedAction found() const {
        if (match() == nullptr) {
            throw testing::AssertionError{text()};
        }
        return *match();
    }
    std::string text() const {
        if (nearest_ == nullptr) {
            return "no action " + in_quotes(expected_.type) + " was logged." +
                   hint_on_type(messages_, expected_.type) + "\n\n" + log_section(messages_);
        }
        return "no action " + in_quotes(expected_.type) + " is as expected:\n\n" + expected_text() +
               introduce_nearest(candidates_.size()) + compared_text() + "\n" +
               log_section(messages_, &nearest_->start_message());
    }

private:
    const char* wanted() const noexcept {
        return expected_.outcome == testing::succeeded ? "succeeded" : "failed";
    }
    static const char* outcome_of(const testing::LoggedAction& action) {
        return !action.is_finished() ? "never ended" : action.succeeded() ? "succeeded" : "failed";
    }
    static const nlohmann::json& end_of(const testing::LoggedAction& action) {
        static const nlohmann::json& no_message = *new nlohmann::json(nlohmann::json::object());
        return action.is_finished() ? action.end_message() : no_message;
    }

    void consider(const testing::LoggedAction& action) {
        const std::size_t different = (std::string_view{outcome_of(action)} != wanted() ? 1U : 0U) +
                                      count_different(expected_.start, action.start_message()) +
                                      count_different(expected_.end, end_of(action));
        if (nearest_ == nullptr || different < least_) {
            nearest_ = &action;
            least_ = different;
        }
    }

    std::string expected_text() const {
        Rows rows;
        rows.add("outcome", "", wanted());
        add_expected(rows, "start", expected_.start);
        add_expected(rows, "end", expected_.end);
        return rows.text();
    }
    std::string compared_text() const {
        Rows rows;
        const std::string_view outcome = outcome_of(*nearest_);
        const bool right = outcome == wanted();
        rows.add(right ? "  outcome" : "✗ outcome", "",
                 std::string{outcome} + (right ? "" : std::string{", expected "} + wanted()));
        add_compared(rows, "start", expected_.start, nearest_->start_message());
        add_compared(rows, "end", expected_.end, end_of(*nearest_));
        return rows.text();
    }

    const std::vector<nlohmann::json>& messages_;
    const ExpectedAction& expected_;
    std::vector<testing::LoggedAction> candidates_;
    const testing::LoggedAction* nearest_ = nullptr;
    std::size_t least_ = 1;
};

} // namespace detail
ELIOT_END_NAMESPACE
