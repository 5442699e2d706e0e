// SPDX-License-Identifier: Apache-2.0
#pragma once

// The words of a filter expression, and its errors, which know their column.
//
//     detail::ExpressionLexer lexer{"status >= 500"};

#include <eliot/read/json_value.hpp>
#include <eliot/read/time_parse.hpp>
#include <eliot/read/visible.hpp>

#include <stdexcept>

ELIOT_BEGIN_NAMESPACE

/// What is wrong with an expression; the text of what() is for users and shows the place.
class ExpressionError : public std::invalid_argument {
public:
    ExpressionError(std::string_view expression, std::size_t offset, const std::string& problem)
        : std::invalid_argument(described(expression, offset, problem)),
          column_(column_of(expression, offset)) {}

    /// In characters, from 1.
    std::size_t column() const noexcept { return column_; }

private:
    static std::size_t column_of(std::string_view expression, std::size_t offset) noexcept {
        std::size_t column = 1;
        for (const char c : expression.substr(0, offset)) {
            column += detail::is_continuation(c) ? 0U : 1U;
        }
        return column;
    }

    static std::string described(std::string_view expression, std::size_t offset,
                                 const std::string& problem) {
        const std::string shown = detail::visible(expression);
        const std::string before = detail::visible(expression.substr(0, offset));
        return problem + ", column " + std::to_string(column_of(expression, offset)) + "\n    " +
               shown + "\n    " + std::string(detail::columns(std::string_view{before}), ' ') + '^';
    }

    std::size_t column_;
};

namespace detail {

enum class TokenKind : std::uint8_t { end, name, text, number, duration, time, symbol };

struct Token {
    TokenKind kind = TokenKind::end;
    std::size_t offset = 0;
    std::string text;   ///< as it stands; of a text what is between the quotes
    Instant time;       ///< of a time
    double seconds = 0; ///< of a duration
};

class ExpressionLexer {
public:
    explicit ExpressionLexer(std::string_view expression) : text_(expression) { advance(); }

    const Token& token() const noexcept { return token_; }
    std::string_view expression() const noexcept { return text_; }

    [[noreturn]] void fail(const std::string& problem) const { fail(problem, token_.offset); }

    [[noreturn]] void fail(const std::string& problem, std::size_t offset) const {
        throw ExpressionError{text_, offset, problem};
    }

    bool is_symbol(std::string_view symbol) const noexcept {
        return token_.kind == TokenKind::symbol && token_.text == symbol;
    }

    /// `and`, `or`, `not`, `exists`, which no field can be called without ["…"].
    bool is_word(std::string_view word) const noexcept {
        return token_.kind == TokenKind::name && token_.text == word;
    }

    bool take_symbol(std::string_view symbol) {
        const bool found = is_symbol(symbol);
        if (found) {
            advance();
        }
        return found;
    }

    bool take_word(std::string_view word) {
        const bool found = is_word(word);
        if (found) {
            advance();
        }
        return found;
    }

    void advance() {
        while (at_ < text_.size() && is_json_space(text_[at_])) {
            ++at_;
        }
        token_ = {};
        token_.offset = at_;
        if (at_ == text_.size()) {
            return;
        }
        const char c = text_[at_];
        if (c == '"' || c == '\'') {
            read_text(c);
        } else if (is_digit(c) ||
                   (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
            read_number();
        } else if (is_name_start(c)) {
            read_name();
        } else {
            read_symbol();
        }
    }

private:
    void read_name() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_name_part(text_[at_])) {
            ++at_;
        }
        token_.kind = TokenKind::name;
        token_.text = text_.substr(begin, at_ - begin);
    }

    void read_symbol() {
        for (const std::string_view symbol :
             {"==", "!=", "<=", ">=", "=~", "&&", "||", "<", ">", "(", ")", "[", "]", ".", "!"}) {
            if (text_.substr(at_, symbol.size()) == symbol) {
                token_.kind = TokenKind::symbol;
                token_.text = symbol;
                at_ += symbol.size();
                return;
            }
        }
        fail(text_[at_] == '=' ? "a comparison is written =="
                               : "nothing begins with this character");
    }

    /// Quotes of either kind. Escapes stay, but for those of the quote: a pattern has its own.
    void read_text(char quote) {
        const std::size_t begin = at_++;
        token_.kind = TokenKind::text;
        while (at_ < text_.size() && text_[at_] != quote) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                read_escape(quote);
            } else {
                token_.text += text_[at_++];
            }
        }
        if (at_ == text_.size()) {
            fail("this text has no closing quote", begin);
        }
        ++at_;
    }

    void read_escape(char quote) {
        const char c = text_[at_ + 1];
        if (c == quote) {
            token_.text += quote;
        } else {
            token_.text += '\\';
            token_.text += c;
        }
        at_ += 2;
    }

    void read_number() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && is_number_part(begin)) {
            ++at_;
        }
        token_.text = text_.substr(begin, at_ - begin);
        if (JsonScanner{}.scan(token_.text)) {
            token_.kind = TokenKind::number;
        } else if (const auto time = parse_time(token_.text)) {
            token_.kind = TokenKind::time;
            token_.time = *time;
        } else if (const auto duration = parse_duration(token_.text)) {
            token_.kind = TokenKind::duration;
            token_.seconds = static_cast<double>(*duration) / 1e9;
        } else {
            fail("this is no number, no duration such as 10ms and no time such as "
                 "2026-11-21T05:28:55Z");
        }
    }

    bool is_number_part(std::size_t begin) const noexcept {
        const char c = text_[at_];
        return is_name_part(c) || c == '.' || c == ':' || (c == '+' && at_ > begin);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Token token_;
};

}
ELIOT_END_NAMESPACE
