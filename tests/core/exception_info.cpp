// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/exception_info.hpp>

#include "support/catch.hpp"

#include <exception>
#include <stdexcept>
#include <string>
#include <typeinfo>
#include <vector>

using namespace eliot::detail;

namespace shop {
struct Closed {};
} // namespace shop

TEST_CASE("the exception being handled has a readable type") {
    CHECK(current_exception_type() == "unknown");
    try {
        throw std::out_of_range{"x"};
    } catch (...) {
        CHECK(current_exception_type() == "std::out_of_range");
    }
    try {
        throw shop::Closed{};
    } catch (...) {
        CHECK(current_exception_type() == "shop::Closed");
    }
    try {
        throw std::string{"text"};
    } catch (...) {
        CHECK(current_exception_type() == "std::string");
    }
}

TEST_CASE("what std::throw_with_nested throws has the type that was given to it") {
    try {
        try {
            throw 1;
        } catch (...) {
            std::throw_with_nested(std::out_of_range{"x"});
        }
    } catch (...) {
        CHECK(current_exception_type() == "std::out_of_range");
    }
}

TEST_CASE("a name that cannot be demangled stays as it is") {
    CHECK(readable_type_name("no mangled name") == "no mangled name");
}
