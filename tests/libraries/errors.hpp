// SPDX-License-Identifier: Apache-2.0
#pragma once

// An exception that is thrown by a library and described by the program.

#include <exception>

class __attribute__((visibility("default"))) SharedError : public std::exception {
public:
    explicit SharedError(int code) noexcept : code_{code} {}
    const char* what() const noexcept override { return "shared"; }
    int code() const noexcept { return code_; }

private:
    int code_;
};
