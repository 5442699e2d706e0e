// SPDX-License-Identifier: Apache-2.0
#pragma once

// Helpers for comparing the texts of failures whole.

#include <exception>
#include <string>

/// Without the blanks that keep Catch2 from losing its indent behind an empty line.
inline std::string without_blank_lines(std::string text) {
    for (auto at = text.find("\n \n"); at != std::string::npos; at = text.find("\n \n")) {
        text.erase(at + 1, 1);
    }
    return text;
}

/// What `f` throws says.
template <class Exception, class F>
std::string text_thrown_by(F f) {
    try {
        f();
    } catch (const Exception& exception) {
        return without_blank_lines(exception.what());
    }
    return "(nothing was thrown)";
}
