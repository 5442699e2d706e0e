// SPDX-License-Identifier: Apache-2.0

// Testing what a function logs when it fails.

#include <eliot/eliot.hpp>
#include <eliot/testing.hpp>

#include <iostream>
#include <stdexcept>
#include <string>

using namespace eliot::literals;
using eliot::testing::Capture;
using eliot::testing::expected;
using eliot::testing::failed;

// The program: an import that goes on when a file cannot be read.

void read_file(const std::string& name) {
    eliot::start_action("read", "file"_f = name).run([&] {
        throw std::runtime_error{name + ": no such file"};
    });
}

void import_files(int count) {
    auto action = eliot::start_action("import", "count"_f = count);
    for (int i = 1; i <= count; ++i) {
        try {
            read_file("users" + std::to_string(i) + ".csv");
        } catch (const std::exception&) {
            eliot::write_traceback();
        }
    }
}

// Its tests.

void test_that_a_missing_file_is_told() {
    Capture log;
    import_files(1);
    log.assert_has_action("read", failed, expected("file"_f = "users1.csv"),
                          expected("exception"_f = "std::runtime_error"));
    log.flush_tracebacks<std::runtime_error>(); // without it check() would throw
    log.check();
}

/// What a failed assertion says.
void test_that_is_wrong() {
    Capture log;
    log.pin_clock(1425356800);
    log.pin_ids();
    import_files(2);
    std::cout << log.text() << '\n';
    try {
        log.assert_has_action("read", failed, expected("file"_f = "users3.csv"));
    } catch (const eliot::testing::AssertionError& error) {
        std::cout << error.what() << "\n\n";
    }
    try {
        log.check();
    } catch (const eliot::testing::UnflushedTracebacks& error) {
        std::cout << error.what() << "\n\n";
    }
}

int main() {
    test_that_a_missing_file_is_told();
    test_that_is_wrong();
    std::cout << "passed\n";
}
