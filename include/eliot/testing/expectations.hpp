// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the matchers of each test framework look for, without the framework. An expectation owns all
// that it needs.
//
//     MessageExpectation{type, fields}.mismatch(log)   // why it is not met; empty if it is
//     MessageExpectation{type, fields}.evidence(log)   // by what it is met

#include <eliot/config.hpp>
#include <eliot/testing/assertions.hpp>
#include <eliot/testing/capture.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/search.hpp>
#include <eliot/testing/tree_pattern.hpp>

#include <nlohmann/json.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

using Messages = std::vector<nlohmann::json>;

inline std::string with_fields(const nlohmann::json& fields) {
    return fields.empty() ? "" : " with " + short_value(fields, longest_compared_value);
}

/// What can be looked through.
template <class T>
concept LogLike = std::same_as<T, Messages> || std::same_as<T, testing::Capture>;

inline Messages lines_of(const Messages& messages) { return messages; }
inline Messages lines_of(const testing::Capture& log) { return log.messages(); }

/// A log that has a message.
class MessageExpectation {
public:
    using Subject = testing::Capture; ///< above all; whatever `mismatch` takes will do
    MessageExpectation(std::string type, const nlohmann::json& fields)
        : type_{std::move(type)}, fields_(fields) {
        check_fields_object(fields);
    }

    template <LogLike Log>
    std::string mismatch(const Log& log) const {
        const Messages messages = lines_of(log);
        const MessageSearch search{messages, type_, fields_};
        return search.match() == nullptr ? search.text() : "";
    }
    template <LogLike Log>
    std::string evidence(const Log& log) const {
        const Messages messages = lines_of(log);
        const MessageSearch search{messages, type_, fields_};
        return "there is " + message() + ".\n\n" + log_section(messages, search.match());
    }
    std::string description() const { return "contains " + message(); }

private:
    std::string message() const { return "a message " + in_quotes(type_) + with_fields(fields_); }

    std::string type_;
    nlohmann::json fields_;
};

/// A log that has an action.
class ActionExpectation {
public:
    using Subject = testing::Capture;
    explicit ActionExpectation(ExpectedAction expected) : expected_{std::move(expected)} {}

    template <LogLike Log>
    std::string mismatch(const Log& log) const {
        const Messages messages = lines_of(log);
        const ActionSearch search{messages, expected_};
        return search.match() == nullptr ? search.text() : "";
    }
    template <LogLike Log>
    std::string evidence(const Log& log) const {
        const Messages messages = lines_of(log);
        const ActionSearch search{messages, expected_};
        const auto* match = search.match();
        return "there is " + action() + ".\n\n" +
               log_section(messages, match != nullptr ? &match->start_message() : nullptr);
    }
    std::string description() const { return "contains " + action(); }

private:
    std::string action() const {
        const bool succeeded = expected_.outcome == testing::succeeded;
        return "an action " + in_quotes(expected_.type) + " that " +
               (succeeded ? "succeeded" : "failed") + with_fields(expected_.start) +
               (expected_.end.empty() ? "" : ", at its end") + with_fields(expected_.end);
    }

    ExpectedAction expected_;
};

/// A message that has fields.
class FieldsExpectation {
public:
    using Subject = nlohmann::json;
    explicit FieldsExpectation(const nlohmann::json& fields) : fields_(fields) {
        check_fields_object(fields);
    }

    std::string mismatch(const nlohmann::json& message) const {
        return text_on_missing_fields(message, fields_);
    }
    std::string mismatch(const testing::LoggedMessage& message) const {
        return mismatch(message.message());
    }
    template <class Message>
    std::string evidence(const Message&) const {
        return "the message has the fields " + fields();
    }
    std::string description() const { return "contains the fields " + fields(); }

private:
    std::string fields() const { return short_value(fields_, longest_compared_value); }

    nlohmann::json fields_;
};

/// A log in which a tree is found; or an action that is that tree.
class TreeExpectation {
public:
    using Subject = testing::Capture;
    explicit TreeExpectation(std::string_view pattern)
        : text_{pattern}, pattern_{TreePatternParser{pattern}.parse()} {}

    template <LogLike Log>
    std::string mismatch(const Log& log) const {
        const Messages messages = lines_of(log);
        const auto roots = testing::LoggedAction::roots(messages);
        if (is_found(pattern_, roots)) {
            return "";
        }
        const testing::LoggedChild* nearest = find_type(pattern_, roots);
        return there_is("no") +
               (nearest == nullptr ? "" : TreeDifference{pattern_, *nearest}.text() + "\n\n") +
               log_section(messages);
    }
    std::string mismatch(const testing::LoggedAction& action) const {
        const testing::LoggedChild node{action};
        if (matches(pattern_, node)) {
            return "";
        }
        return there_is("no") + (matches_type(pattern_, node)
                                     ? TreeDifference{pattern_, node}.text()
                                     : "The action is " + in_quotes(action.type()) + ".");
    }
    template <LogLike Log>
    std::string evidence(const Log& log) const {
        return there_is("a") + log_section(lines_of(log));
    }
    std::string evidence(const testing::LoggedAction&) const { return there_is("a"); }
    std::string description() const { return "contains the tree " + text_; }

private:
    std::string there_is(const char* article) const {
        return std::string{"there is "} + article + " tree\n\n    " + text_ + "\n\n";
    }

    std::string text_;
    TreePattern pattern_;
};

// What the matchers of every framework are made of, from the arguments that each of them takes.

template <class Type, FieldArgument... Fields>
    requires testing::TypeText<Type> || testing::MessageTypeLike<Type>
MessageExpectation expect_message(const Type& type, const Fields&... fields) {
    return {testing::TypeName{type}.text(), json_of_message_fields(type, fields...)};
}
inline MessageExpectation expect_message(const testing::TypeName& type,
                                         const nlohmann::json& fields) {
    return {type.text(), fields};
}

template <class Type, class Ended, class... Start, class... End>
    requires testing::TypeText<Type> || testing::ActionTypeLike<Type>
ActionExpectation expect_action(const Type& type, const Ended& outcome,
                                const testing::Expected<Start...>& start,
                                const testing::Expected<End...>& end) {
    return ActionExpectation{expected_action(type, outcome, start, end)};
}
inline ActionExpectation expect_action(const testing::TypeName& type, testing::Outcome outcome,
                                       const nlohmann::json& start, const nlohmann::json& end) {
    return ActionExpectation{{type.text(), outcome, start, end}};
}

template <FieldArgument... Fields>
FieldsExpectation expect_fields(const Fields&... fields) {
    return FieldsExpectation{json_of_fields(fields...)};
}

} // namespace detail
ELIOT_END_NAMESPACE
