// SPDX-License-Identifier: Apache-2.0
#pragma once

// One line that has something of everything, and what expressions say about it.

#include <eliot/read/expression.hpp>

#include <string_view>

namespace read_tests {

inline constexpr std::string_view expression_line =
    R"({"task_uuid":"u","timestamp":1795238935.25,"status":500,"ratio":0.5,"big":)"
    R"(123456789012345678901,"name":"Zo\u00eb \"Z\"","ok":true,"none":null,"a":{"b":[10,20,{"c":)"
    R"("deep"}]},"dotted.name":7,"odd name":"x","elapsed":0.012,"wait":"15ms","when":)"
    R"("2026-11-21T05:28:55Z","and":1,"dup":1,"dup":2,"text":"line\nbreak"})";

inline bool holds(std::string_view expression) {
    return eliot::Expression{expression}.matches(expression_line);
}

}
