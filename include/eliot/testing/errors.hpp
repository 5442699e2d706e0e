// SPDX-License-Identifier: Apache-2.0
#pragma once

// What assertions about a log throw, and who is told of problems that nobody asked about.
//
//     CHECK_THROWS_AS(log.check(), eliot::testing::UnflushedTracebacks);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE

namespace detail {

/// Puts a blank into each: Catch2 forgets to indent what follows an empty line.
inline std::string without_empty_lines(std::string text) {
    for (auto at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at)) {
        text.insert(++at, 1, ' ');
    }
    return text;
}

} // namespace detail

namespace testing {

/// The log is not as it was expected to be. `what()` shows what was expected, the nearest that is
/// there, and the log as a tree.
class AssertionError : public std::logic_error {
public:
    explicit AssertionError(const std::string& text)
        : std::logic_error{eliot::detail::without_empty_lines(text)} {}
};

/// Tracebacks were logged that no test expected. `what()` shows them.
class UnflushedTracebacks : public std::logic_error {
public:
    UnflushedTracebacks(const std::string& text, std::vector<nlohmann::json> tracebacks)
        : std::logic_error{eliot::detail::without_empty_lines(text)},
          tracebacks_(std::move(tracebacks)) {}

    /// The messages `eliot:traceback`, in the order they were logged.
    const std::vector<nlohmann::json>& tracebacks() const noexcept { return tracebacks_; }

private:
    std::vector<nlohmann::json> tracebacks_;
};

/// Is given the text of problems in a log whose capture ended without anybody asking for them.
/// Called in the capture's destructor; what it throws is dropped.
using ProblemHandler = void (*)(std::string_view text);

/// Writes the text to stderr and aborts: without a test framework nothing else is certain to be
/// seen.
[[noreturn]] inline void abort_with_problems(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
    std::abort();
}

/// Sets who is told from now on and returns who was before. catch2.hpp and gtest.hpp set one that
/// fails the test.
ProblemHandler set_problem_handler(ProblemHandler handler) noexcept;

} // namespace testing

namespace detail {

inline constinit Atomic<testing::ProblemHandler> problem_handler{&testing::abort_with_problems};

} // namespace detail

inline testing::ProblemHandler testing::set_problem_handler(ProblemHandler handler) noexcept {
    return detail::problem_handler.exchange(handler, detail::MemoryOrder::acq_rel);
}

ELIOT_END_NAMESPACE
