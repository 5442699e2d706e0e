// SPDX-License-Identifier: Apache-2.0
#pragma once

// Testing logs with GoogleTest: matchers for EXPECT_THAT, and a failed test for problems in a log
// that nobody asked about.
//
//     EXPECT_THAT(log, HasMessage("user:registered", {{"username", "john"}}));
//     EXPECT_THAT(log, HasTree("signin > [check, query > [row]]"));

#include <eliot/config.hpp>
#include <eliot/testing/assertions.hpp>
#include <eliot/testing/capture.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/expectations.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/type_name.hpp>

#include <gmock/gmock-matchers.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Matches whatever the expectation can look at; the other names are GoogleTest's.
template <class Expectation>
class GmockMatcher {
public:
    using is_gtest_matcher = void;

    explicit GmockMatcher(Expectation expectation) : expectation_{std::move(expectation)} {}

    template <class Subject>
    bool MatchAndExplain(const Subject& subject, std::ostream* out) const {
        const std::string mismatch = expectation_.mismatch(subject);
        if (out != nullptr) { // only when a test fails
            *out << '\n' << (mismatch.empty() ? expectation_.evidence(subject) : mismatch);
        }
        return mismatch.empty();
    }
    void DescribeTo(std::ostream* out) const { *out << expectation_.description(); }
    void DescribeNegationTo(std::ostream* out) const {
        *out << "not " << expectation_.description();
    }

private:
    Expectation expectation_;
};

inline testing::ProblemHandler before_gtest = nullptr;

/// Fails the running test; outside of every test it is not for GoogleTest.
inline void fail_gtest(std::string_view text) {
    const ::testing::TestInfo* test = ::testing::UnitTest::GetInstance()->current_test_info();
    if (test == nullptr) {
        before_gtest(text);
        return;
    }
    ADD_FAILURE_AT(test->file(), test->line()) << text;
}

inline const bool connected_to_gtest = [] {
    before_gtest = testing::set_problem_handler(&fail_gtest);
    return true;
}();

} // namespace detail

namespace testing {
inline namespace gtest_matchers {

/// A log (a Capture, or messages) that has a message of a type (text, or a MessageType) with these
/// fields, any subset.
template <class Type, FieldArgument... Fields>
    requires TypeText<Type> || MessageTypeLike<Type>
auto HasMessage(const Type& type, const Fields&... fields) {
    return eliot::detail::GmockMatcher{eliot::detail::expect_message(type, fields...)};
}
inline auto HasMessage(const TypeName& type, const nlohmann::json& fields) {
    return eliot::detail::GmockMatcher{eliot::detail::expect_message(type, fields)};
}

/// A log that has an action of a type that ended so, with these fields at its start and its end.
template <class Type, class Ended, class... Start, class... End>
    requires TypeText<Type> || ActionTypeLike<Type>
auto HasAction(const Type& type, const Ended& outcome, const Expected<Start...>& start,
               const Expected<End...>& end = Expected<>{}) {
    return eliot::detail::GmockMatcher{eliot::detail::expect_action(type, outcome, start, end)};
}
inline auto HasAction(const TypeName& type, Outcome outcome,
                      const nlohmann::json& start = nlohmann::json::object(),
                      const nlohmann::json& end = nlohmann::json::object()) {
    return eliot::detail::GmockMatcher{eliot::detail::expect_action(type, outcome, start, end)};
}

/// A message (JSON, or a LoggedMessage) that has these fields, and perhaps others.
inline auto ContainsFields(const nlohmann::json& fields) {
    return eliot::detail::GmockMatcher{eliot::detail::FieldsExpectation{fields}};
}
template <FieldArgument First, FieldArgument... Fields>
auto ContainsFields(const First& first, const Fields&... fields) {
    return eliot::detail::GmockMatcher{eliot::detail::expect_fields(first, fields...)};
}

/// A log in which a tree of types is found anywhere, or a LoggedAction that is that tree; see
/// tree_pattern.hpp. Throws std::invalid_argument if the pattern is none.
inline auto HasTree(std::string_view pattern) {
    return eliot::detail::GmockMatcher{eliot::detail::TreeExpectation{pattern}};
}

} // namespace gtest_matchers

/// A matcher shows the log where it has something to say of it.
inline void PrintTo(const Capture&, std::ostream* out) { *out << "the log"; }

} // namespace testing
ELIOT_END_NAMESPACE
