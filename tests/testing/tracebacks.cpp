// SPDX-License-Identifier: Apache-2.0
#include <eliot/testing/tracebacks.hpp>

#include <eliot/eliot.hpp>
#include <eliot/testing/capture.hpp>

#include "support/catch.hpp"
#include "testing/texts.hpp"
#include "testing/work.hpp"

#include <exception>
#include <stdexcept>
#include <string>
#include <system_error>

using eliot::testing::Capture;

TEST_CASE("a traceback that no test expects fails the check, whatever else is there") {
    Capture log;
    {
        auto action = eliot::start_action("work");
        log_traceback_of(std::runtime_error{"broken"});
    }
    try {
        log.check();
        FAIL("it does not throw");
    } catch (const eliot::testing::UnflushedTracebacks& error) {
        CHECK(error.tracebacks().size() == 1);
        CHECK(without_blank_lines(error.what()) == R"(a traceback was logged that no test expected:

    std::runtime_error: broken
      in work

If that is right, expect it:

    log.flush_tracebacks<std::runtime_error>();

The log:

    work → succeeded
    └── eliot:traceback
            exception="std::runtime_error"
            reason="broken")");
    }
}

TEST_CASE("flushing takes the tracebacks of a type and of types derived from it") {
    Capture log;
    log_traceback_of(std::system_error{std::make_error_code(std::errc::io_error)});
    log_traceback_of(std::runtime_error{"plain"});
    log_traceback_of(std::logic_error{"other"});
    log_traceback_of(42);
    const auto flushed = log.flush_tracebacks<std::runtime_error>();
    CHECK(flushed.size() == 2);
    CHECK(flushed.at(1)["reason"] == "plain");
    CHECK(log.flush_tracebacks<std::runtime_error>().empty());
    CHECK_THROWS_AS(log.check(), eliot::testing::UnflushedTracebacks);
    CHECK(log.flush_tracebacks<std::exception>().size() == 1);
    CHECK(log.flush_tracebacks<int>().size() == 1);
    CHECK_NOTHROW(log.check());
    CHECK(log.messages().size() == 4);
}

TEST_CASE("a traceback of no exception is flushed as any exception") {
    Capture log;
    log_traceback_of(std::exception_ptr{});
    CHECK(log.flush_tracebacks<std::runtime_error>().empty());
    CHECK(log.flush_tracebacks<std::exception>().size() == 1);
}
