// SPDX-License-Identifier: Apache-2.0
#pragma once

// A destination that writes down the types of what it gets, each with a blank behind it.
//
//     std::string text;  eliot::add_destination(Types{&text});

#include <eliot/output/record.hpp>

#include <string>

struct Types {
    void operator()(const eliot::Record& record) const {
        *text += std::string{record.type()} + ' ';
    }
    std::string* text;
};
