// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/on_error.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"

#include <stdexcept>
#include <string>

using eliot::detail::report_error;

TEST_CASE("trouble is one line on stderr") {
    const Child child{[] {
        report_error({"run.log", "std::system_error", "No space left on device", "lines are kept"});
        report_error({"", "", "two\nlines", ""});
        report_error({"", "", std::string(2000, 'x'), ""});
    }};
    const std::string cut = "eliot: " + std::string(504, 'x') + '\n';
    CHECK(child.errors() ==
          "eliot: run.log: std::system_error: No space left on device: lines are kept\n"
          "eliot: two lines\n" +
              cut);
}

TEST_CASE("a handler is told instead, until it is taken away") {
    const Child child{[] {
        std::string told;
        eliot::on_error([&told](const eliot::OutputError& error) {
            told += std::string{error.destination} + '|' + std::string{error.exception} + '|' +
                    std::string{error.reason} + '|' + std::string{error.consequence};
        });
        report_error({"a", "b", "c", "d"});
        eliot::on_error(nullptr);
        report_error({"", "", "on stderr", ""});
        _exit(told == "a|b|c|d" ? 0 : 1);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "eliot: on stderr\n");
}

TEST_CASE("what a handler throws is caught, and the trouble is told on stderr") {
    const Child child{[] {
        eliot::on_error([](const eliot::OutputError&) { throw std::runtime_error{"mine"}; });
        report_error({"", "", "reason", ""});
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(child.errors() == "eliot: reason\n");
}

TEST_CASE("a closed stderr does not kill") {
    const Child child{[] {
        close(STDERR_FILENO);
        report_error({"", "", "reason", ""});
    }};
    CHECK(child.outcome() == "exit status 0");
}
