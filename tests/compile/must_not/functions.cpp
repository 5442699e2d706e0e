// SPDX-License-Identifier: Apache-2.0
// Mistakes with functions that are given to the library. must_not_compile.py says how this file is
// read.

#include <eliot/eliot.hpp>

#include <stdexcept>
#include <string>

using namespace eliot::literals;

int main() {
    eliot::register_exception_extractor<std::runtime_error>(
        [](const std::runtime_error& error) { return eliot::extracted("what"_f = error.what()); });
    const auto right = eliot::log_call<"right", "x", "">([](int x, int y) { return x + y; });

#if CASE == 1
    // an extractor that returns something else
    // expect: eliot: an extractor returns its fields by eliot::extracted
    eliot::register_exception_extractor<std::runtime_error>(
        [](const std::runtime_error& error) { return std::string{error.what()}; });
#endif

#if CASE == 2
    // a wrapped function with too few names
    // expect: eliot: log_call needs one name for each argument of the function
    const auto wrong = eliot::log_call<"wrong", "x">([](int x, int y) { return x + y; });
    return wrong(1, 2);
#endif

    return right(1, 2);
}
