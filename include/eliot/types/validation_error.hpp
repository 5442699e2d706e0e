// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an extra validator throws, and what tests throw for lines that are not as declared:
//
//     if (age < 0) { throw eliot::ValidationError{"age must not be negative"}; }

#include <eliot/config.hpp>

#include <exception>
#include <string>

ELIOT_BEGIN_NAMESPACE

/// A value that is not what its field promises. Never thrown into a program that logs: validators
/// run while tests capture, and what they throw is kept until the test asks.
class ValidationError : public std::exception {
public:
    explicit ValidationError(std::string what) : what_{static_cast<std::string&&>(what)} {}
    const char* what() const noexcept override { return what_.c_str(); }

private:
    std::string what_;
};

ELIOT_END_NAMESPACE
