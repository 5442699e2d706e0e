// SPDX-License-Identifier: Apache-2.0
#pragma once

// A function's qualified name out of what the compiler calls it, alike on all compilers:
// `ns::Class::function`, `function::(lambda)`, `ns::(anonymous)::function`.
//
//     static constexpr auto name = detail::function_name(__PRETTY_FUNCTION__);

#include <eliot/config.hpp>

#include <cstddef>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A name made at compile time; longer ones are cut.
struct FunctionName {
    char text[256] = {};
    std::size_t size = 0;

    constexpr std::string_view view() const noexcept { return {text, size}; }
    constexpr void put(std::string_view bytes) noexcept {
        for (const char byte : bytes) {
            if (size < sizeof text) {
                text[size++] = byte;
            }
        }
    }
};

/// Reads a signature from left to right and keeps the name that stands before the parameters.
class SignatureReader {
public:
    constexpr explicit SignatureReader(std::string_view signature) noexcept : rest_{signature} {}

    constexpr FunctionName read() noexcept {
        // Behind the signature of a template: " [with T = int]" of g++, " [T = int]" of clang.
        while (!rest_.empty() && !rest_.starts_with(" [") && !rest_.starts_with(" requires ")) {
            nameless() || operator_name() || group() || plain();
        }
        return name_;
    }

private:
    constexpr bool replace(std::string_view token, std::string_view name) noexcept {
        if (!rest_.starts_with(token)) {
            return false;
        }
        name_.put(name);
        rest_.remove_prefix(token.size());
        return true;
    }
    /// g++ writes `f()::<lambda(int)>`, clang `f()::(anonymous class)::operator()(int)`.
    constexpr bool nameless() noexcept {
        if (rest_.starts_with("<lambda(")) {
            name_.put("(lambda)");
            skip_nested('<', '>');
            return true;
        }
        return replace("(anonymous class)::operator()", "(lambda)") ||
               replace("{anonymous}", "(anonymous)") ||
               replace("(anonymous namespace)", "(anonymous)") ||
               replace("<unnamed>", "(anonymous)");
    }
    constexpr bool operator_name() noexcept {
        const bool begins = name_.size == 0 || name_.view().ends_with(':');
        if (!begins || !rest_.starts_with("operator")) {
            return false;
        }
        const std::size_t from = rest_.starts_with("operator()") ? 10 : 8;
        const std::size_t end = rest_.find('(', from);
        if (end == std::string_view::npos) {
            return false;
        }
        name_.put(rest_.substr(0, end));
        rest_.remove_prefix(end);
        return true;
    }
    /// Parameters, template arguments and ABI tags are no part of the name; but a function that
    /// returns a pointer to a function stands in parentheses.
    constexpr bool group() noexcept {
        if (rest_.starts_with("(*") || rest_.starts_with("(&")) {
            rest_.remove_prefix(2);
        } else if (rest_[0] == '(') {
            skip_nested('(', ')');
            skip_qualifiers();
        } else if (rest_[0] == '<') {
            skip_nested('<', '>');
        } else if (rest_[0] == '[') {
            skip_nested('[', ']');
        } else {
            return false;
        }
        return true;
    }
    constexpr void skip_nested(char open, char close) noexcept {
        std::size_t depth = 0;
        while (!rest_.empty()) {
            depth += rest_[0] == open ? 1U : 0U;
            depth -= rest_[0] == close ? 1U : 0U;
            const bool arrow = rest_.starts_with("->");
            rest_.remove_prefix(arrow ? 2 : 1);
            if (depth == 0) {
                return;
            }
        }
    }
    constexpr void skip_qualifiers() noexcept {
        for (const std::string_view word : {" const", " volatile", " &&", " &"}) {
            if (rest_.starts_with(word)) {
                rest_.remove_prefix(word.size());
            }
        }
    }
    constexpr bool plain() noexcept {
        const char byte = rest_[0];
        if (byte == ' ' || byte == '*' || byte == '&') {
            name_.size = 0; // that was a return type
        } else if (byte != ')') {
            name_.put(rest_.substr(0, 1));
        }
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view rest_;
    FunctionName name_;
};

constexpr FunctionName function_name(std::string_view signature) noexcept {
    return SignatureReader{signature}.read();
}

} // namespace detail
ELIOT_END_NAMESPACE
