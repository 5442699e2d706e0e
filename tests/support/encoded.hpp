// SPDX-License-Identifier: Apache-2.0
#pragma once

// The JSON text of one value, as the encoder writes it:
//
//     CHECK(encoded(std::vector{1, 2}) == "[1,2]");

#include <eliot/encode/value.hpp>

#include <string>

template <class T>
std::string encoded(T&& value) {
    char buffer[256];
    eliot::JsonWriter out{buffer, buffer + sizeof buffer};
    eliot::encode_value(out, value);
    return std::string{out.view()};
}
