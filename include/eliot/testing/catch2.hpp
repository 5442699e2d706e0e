// SPDX-License-Identifier: Apache-2.0
#pragma once

// Testing logs with Catch2, version 2 or 3: matchers, and a failed test for problems in a log that
// nobody asked about.
//
//     CHECK_THAT(log, HasMessage("user:registered", {{"username", "john"}}));
//     CHECK_THAT(log, HasTree("signin > [check, query > [row]]"));

#include <eliot/config.hpp>
#include <eliot/testing/assertions.hpp>
#include <eliot/testing/capture.hpp>
#include <eliot/testing/errors.hpp>
#include <eliot/testing/expectations.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/logged.hpp>
#include <eliot/testing/type_name.hpp>

#if __has_include(<catch2/catch_test_macros.hpp>)
#    include <catch2/catch_test_macros.hpp>
#    include <catch2/catch_tostring.hpp>
#    include <catch2/internal/catch_test_failure_exception.hpp>
#    include <catch2/matchers/catch_matchers.hpp>
#else
#    include <catch2/catch.hpp>
#endif
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR < 3
template <class Subject>
using CatchMatcherBase = Catch::MatcherBase<Subject>;
#else
template <class Subject>
using CatchMatcherBase = Catch::Matchers::MatcherBase<Subject>;
#endif

/// `&&` and `||` work on the expectation's subject; alone it matches whatever the expectation can
/// look at.
template <class Expectation, class Subject = typename Expectation::Subject>
class CatchMatcher final : public CatchMatcherBase<Subject> {
public:
    explicit CatchMatcher(Expectation expectation) : expectation_{std::move(expectation)} {}

    CatchMatcher operator!() const {
        CatchMatcher opposite{*this};
        opposite.negated_ = !negated_;
        return opposite;
    }
    bool match(const Subject& subject) const override { return is_right(subject); }
    template <class Other>
        requires requires(const Expectation& expectation, const Other& other) {
            expectation.mismatch(other);
        }
    bool match(const Other& subject) const {
        return is_right(subject);
    }
    std::string describe() const override {
        const std::string description = expectation_.description();
        return !wrong_.empty() ? wrong_ : negated_ ? "not " + description : description;
    }

private:
    template <class Any>
    bool is_right(const Any& subject) const {
        const std::string mismatch = expectation_.mismatch(subject);
        const bool is_met = mismatch.empty();
        wrong_ = is_met != negated_ ? "" : is_met ? expectation_.evidence(subject) : mismatch;
        wrong_ = without_empty_lines(wrong_);
        return wrong_.empty();
    }

    Expectation expectation_;
    bool negated_ = false;
    mutable std::string wrong_; ///< about the last subject
};

inline testing::ProblemHandler before_catch = nullptr;

/// Fails the running test; outside of every test it is not for Catch2.
inline void fail_catch_test(std::string_view text) {
    try {
#if defined(FAIL_CHECK)
        FAIL_CHECK(std::string{text});
#else
        CATCH_FAIL_CHECK(std::string{text});
#endif
    } catch (const Catch::TestFailureException&) {
        // With --abort it ends the test, which a destructor cannot do.
    } catch (...) {
        before_catch(text);
    }
}

inline const bool connected_to_catch = [] {
    before_catch = testing::set_problem_handler(&fail_catch_test);
    return true;
}();

} // namespace detail

namespace testing {
inline namespace catch2_matchers {

/// A log (a Capture, or messages) that has a message of a type (text, or a MessageType) with these
/// fields, any subset.
template <class Type, FieldArgument... Fields>
    requires TypeText<Type> || MessageTypeLike<Type>
auto HasMessage(const Type& type, const Fields&... fields) {
    return eliot::detail::CatchMatcher{eliot::detail::expect_message(type, fields...)};
}
inline auto HasMessage(const TypeName& type, const nlohmann::json& fields) {
    return eliot::detail::CatchMatcher{eliot::detail::expect_message(type, fields)};
}

/// A log that has an action of a type that ended so, with these fields at its start and its end.
template <class Type, class Ended, class... Start, class... End>
    requires TypeText<Type> || ActionTypeLike<Type>
auto HasAction(const Type& type, const Ended& outcome, const Expected<Start...>& start,
               const Expected<End...>& end = Expected<>{}) {
    return eliot::detail::CatchMatcher{eliot::detail::expect_action(type, outcome, start, end)};
}
inline auto HasAction(const TypeName& type, Outcome outcome,
                      const nlohmann::json& start = nlohmann::json::object(),
                      const nlohmann::json& end = nlohmann::json::object()) {
    return eliot::detail::CatchMatcher{eliot::detail::expect_action(type, outcome, start, end)};
}

/// A message (JSON, or a LoggedMessage) that has these fields, and perhaps others.
inline auto ContainsFields(const nlohmann::json& fields) {
    return eliot::detail::CatchMatcher{eliot::detail::FieldsExpectation{fields}};
}
template <FieldArgument First, FieldArgument... Fields>
auto ContainsFields(const First& first, const Fields&... fields) {
    return eliot::detail::CatchMatcher{eliot::detail::expect_fields(first, fields...)};
}

/// A log in which a tree of types is found anywhere, or a LoggedAction that is that tree; see
/// tree_pattern.hpp. Throws std::invalid_argument if the pattern is none.
inline auto HasTree(std::string_view pattern) {
    return eliot::detail::CatchMatcher{eliot::detail::TreeExpectation{pattern}};
}

} // namespace catch2_matchers
} // namespace testing
ELIOT_END_NAMESPACE

// A matcher shows these where it has something to say of them.
template <>
struct Catch::StringMaker<eliot::testing::Capture> {
    static std::string convert(const eliot::testing::Capture&) { return "the log:"; }
};
