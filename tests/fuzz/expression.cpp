// SPDX-License-Identifier: Apache-2.0

// The first line is an expression, what follows are lines of a log. An expression is either refused
// at a column that it has, or says yes or no of every line, and `not` of it the opposite.

#include "fuzz.hpp"

#include <optional>

namespace {

using fuzz::require;

/// The problem, the expression, and a mark below it, none of which can move a terminal's cursor.
void check_error(std::string_view expression, const eliot::ExpressionError& error) {
    std::size_t characters = 0;
    for (const char c : expression) {
        characters += eliot::detail::is_continuation(c) ? 0U : 1U;
    }
    require(error.column() >= 1 && error.column() <= characters + 1,
            "an error is at a column of the expression", error.what());
    const auto lines = fuzz::lines_of(error.what());
    require(lines.size() == 3, "an error takes three lines", error.what());
    require(lines[2].find_first_not_of(' ') == lines[2].size() - 1 && lines[2].back() == '^',
            "the last line is a mark", error.what());
    require(eliot::detail::columns(lines[2]) <= eliot::detail::columns(lines[1]) + 1,
            "the mark is below the expression", error.what());
    for (const std::string_view line : lines) {
        require(eliot::detail::visible(line) == line, "an error holds no control character",
                error.what());
    }
}

std::optional<eliot::Expression> compile(std::string_view text) {
    try {
        return eliot::Expression{text};
    } catch (const eliot::ExpressionError& error) {
        check_error(text, error);
        return std::nullopt;
    }
}

void check_answers(const std::string& text, const eliot::Expression& expression,
                   std::string_view line) {
    const bool yes = expression.matches(line);
    require(expression.matches(line) == yes, "the answer does not change", text);
    if (const auto opposite = compile("not (" + text + ')')) {
        require(opposite->matches(line) != yes, "not is the opposite", text);
    }
    if (const auto same = compile('(' + text + ") and (" + text + ')')) {
        require(same->matches(line) == yes, "twice is the same as once", text);
    }
    if (const auto either = compile("exists task_uuid or (" + text + ')')) {
        require(either->matches(line) || !yes, "what is true is true beside anything", text);
    }
}

bool is_object(std::string_view line) {
    eliot::detail::JsonScanner scanner;
    return scanner.scan(line) && scanner.is_object();
}

}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto lines = fuzz::lines_of(fuzz::text_of(data, size));
    const std::string text{lines.empty() ? std::string_view{} : lines[0]};
    const auto expression = compile(text);
    if (!expression) {
        return 0;
    }
    lines[0] = R"({"a": {"b": [1, 2.5, "x"]}, "n": 5, "s": "text", "timestamp": 1.5, "t": true})";
    lines.push_back("{}");
    for (const std::string_view line : lines) {
        if (is_object(fuzz::trimmed(line))) {
            check_answers(text, *expression, fuzz::trimmed(line));
        }
    }
    return 0;
}
