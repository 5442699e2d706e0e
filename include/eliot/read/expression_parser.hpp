// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the text of a filter expression to a tree of conditions, and from that and a line to yes or
// no. See expression.hpp for the language.
//
//     detail::ExpressionProgram program = detail::ExpressionParser{"a.b == 1"}.parse();

#include <eliot/read/expression_lexer.hpp>
#include <eliot/read/expression_values.hpp>
#include <eliot/read/pattern.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

enum class ExpressionKind : std::uint8_t { all, any, negation, presence, comparison, match };

enum class Comparison : std::uint8_t { equal, unequal, less, at_most, greater, at_least };

struct ExpressionNode {
    ExpressionKind kind;
    Comparison comparison = Comparison::equal;
    std::vector<std::uint32_t> parts; ///< of all, any and negation
    std::vector<Operand> operands;    ///< of the others
    std::vector<Pattern> pattern;     ///< of a match: one
};

struct ExpressionProgram {
    std::vector<ExpressionNode> nodes;
    std::uint32_t root = 0;
};

/// Recurses for parentheses and `not`, at most `most_nested` deep; a long chain of `and` is flat.
class ExpressionParser {
public:
    explicit ExpressionParser(std::string_view text) : lexer_(text) {}

    ExpressionProgram parse() {
        if (lexer_.token().kind == TokenKind::end) {
            lexer_.fail("the expression is empty");
        }
        program_.root = any(0);
        if (lexer_.token().kind != TokenKind::end) {
            lexer_.fail("expected and, or, or the end here");
        }
        return std::move(program_);
    }

private:
    static constexpr int most_nested = 100;

    std::uint32_t add(ExpressionNode node) {
        program_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(program_.nodes.size() - 1);
    }

    std::uint32_t join(ExpressionKind kind, std::vector<std::uint32_t> parts) {
        return parts.size() == 1 ? parts[0] : add({kind, {}, std::move(parts), {}, {}});
    }

    std::uint32_t any(int nested) {
        std::vector<std::uint32_t> parts{all(nested)};
        while (lexer_.take_word("or") || lexer_.take_symbol("||")) {
            parts.push_back(all(nested));
        }
        return join(ExpressionKind::any, std::move(parts));
    }

    std::uint32_t all(int nested) {
        std::vector<std::uint32_t> parts{negation(nested)};
        while (lexer_.take_word("and") || lexer_.take_symbol("&&")) {
            parts.push_back(negation(nested));
        }
        return join(ExpressionKind::all, std::move(parts));
    }

    std::uint32_t negation(int nested) {
        if (nested > most_nested) {
            lexer_.fail("this is nested too deep");
        }
        if (lexer_.take_word("not") || lexer_.take_symbol("!")) {
            return add({ExpressionKind::negation, {}, {negation(nested + 1)}, {}, {}});
        }
        if (lexer_.take_symbol("(")) {
            const std::uint32_t inner = any(nested + 1);
            if (!lexer_.take_symbol(")")) {
                lexer_.fail("expected ) here");
            }
            return inner;
        }
        if (lexer_.take_word("exists")) {
            return presence();
        }
        return comparison();
    }

    /// exists a.b, or exists(a.b)
    std::uint32_t presence() {
        const bool parentheses = lexer_.take_symbol("(");
        Operand field = path();
        if (parentheses && !lexer_.take_symbol(")")) {
            lexer_.fail("expected ) here");
        }
        return add({ExpressionKind::presence, {}, {}, {std::move(field)}, {}});
    }

    std::uint32_t comparison() {
        const std::size_t begin = lexer_.token().offset;
        Operand left = operand();
        if (left.is_path && lexer_.take_word("exists")) {
            return add({ExpressionKind::presence, {}, {}, {std::move(left)}, {}});
        }
        if (lexer_.take_symbol("=~")) {
            return match(std::move(left));
        }
        const auto known = comparison_sign();
        if (!known) {
            const char* const hint =
                left.is_path ? "; to ask whether a field is there: exists NAME" : "";
            lexer_.fail(std::string{"expected a comparison here"} + hint,
                        lexer_.token().kind == TokenKind::end ? begin : lexer_.token().offset);
        }
        Operand right = operand();
        read_times(left, right);
        read_times(right, left);
        return add(
            {ExpressionKind::comparison, *known, {}, {std::move(left), std::move(right)}, {}});
    }

    std::optional<Comparison> comparison_sign() {
        constexpr std::string_view signs[] = {"==", "!=", "<", "<=", ">", ">="};
        for (std::size_t i = 0; i < std::size(signs); ++i) {
            if (lexer_.take_symbol(signs[i])) {
                return static_cast<Comparison>(i);
            }
        }
        return std::nullopt;
    }

    /// A text that spells a time is one if it is compared with the line's timestamp.
    static void read_times(const Operand& field, Operand& value) {
        const bool timestamp = field.is_path && field.path.size() == 1 &&
                               field.path[0].name == "timestamp" && !field.path[0].is_index;
        if (timestamp && !value.is_path && json_kind(value.json) == JsonTextKind::string) {
            value.time = parse_time(inside_quotes(value.json));
        }
    }

    std::uint32_t match(Operand left) {
        const Token token = lexer_.token();
        if (token.kind != TokenKind::text) {
            lexer_.fail("expected a regular expression in quotes here");
        }
        try {
            Pattern pattern{token.text};
            lexer_.advance();
            return add({ExpressionKind::match, {}, {}, {std::move(left)}, {std::move(pattern)}});
        } catch (const PatternError& error) {
            lexer_.fail(std::string{"in the regular expression: "} + error.what(),
                        token.offset + 1 + error.offset());
        }
    }

    Operand operand() {
        const Token token = lexer_.token();
        switch (token.kind) {
        case TokenKind::text:
            lexer_.advance();
            return text_operand(token);
        case TokenKind::number:
            lexer_.advance();
            return Operand::of_json(token.text);
        case TokenKind::duration:
            lexer_.advance();
            return Operand::of_seconds(token.seconds);
        case TokenKind::time:
            lexer_.advance();
            return Operand::of_time(token.time);
        case TokenKind::name:
            if (token.text == "true" || token.text == "false" || token.text == "null") {
                lexer_.advance();
                return Operand::of_json(token.text);
            }
            break;
        default:
            break;
        }
        return path();
    }

    Operand text_operand(const Token& token) {
        std::string json = '"' + requoted(token) + '"';
        return Operand::of_json(std::move(json));
    }

    /// What is between the quotes as JSON has it; a quote of the other kind needs an escape there.
    std::string requoted(const Token& token) {
        std::string json;
        for (std::size_t i = 0; i < token.text.size(); ++i) {
            const char c = token.text[i];
            if (c == '"') {
                json += '\\';
            }
            json += c;
            if (c == '\\') {
                json += token.text[++i];
            }
        }
        JsonScanner scanner;
        if (!scanner.scan('"' + json + '"')) {
            lexer_.fail("in this text: " + std::string{scanner.error()}, token.offset);
        }
        return json;
    }

    bool is_reserved(const Token& token) const {
        for (const std::string_view word :
             {"and", "or", "not", "exists", "true", "false", "null"}) {
            if (token.text == word) {
                return true;
            }
        }
        return false;
    }

    Operand path() {
        Operand operand;
        operand.is_path = true;
        if (lexer_.token().kind == TokenKind::name && !is_reserved(lexer_.token())) {
            operand.path.push_back({lexer_.token().text, 0, false});
            lexer_.advance();
        } else if (!lexer_.is_symbol("[")) {
            lexer_.fail(lexer_.token().kind == TokenKind::end ? "the expression ends too early"
                                                              : "expected a field or a value here");
        }
        for (;;) {
            if (lexer_.take_symbol(".")) {
                member(operand);
            } else if (lexer_.take_symbol("[")) {
                element(operand);
            } else {
                return operand;
            }
        }
    }

    void member(Operand& operand) {
        if (lexer_.token().kind != TokenKind::name) {
            lexer_.fail("expected a name after the dot");
        }
        operand.path.push_back({lexer_.token().text, 0, false});
        lexer_.advance();
    }

    void element(Operand& operand) {
        const Token token = lexer_.token();
        const auto index = token.kind == TokenKind::number ? integer_value<std::int64_t>(token.text)
                                                           : std::nullopt;
        if (token.kind == TokenKind::text) {
            operand.path.push_back({decoded(requoted(token)), 0, false});
        } else if (index) {
            operand.path.push_back({{}, *index, true});
        } else {
            lexer_.fail("expected a number or a name in quotes after [");
        }
        lexer_.advance();
        if (!lexer_.take_symbol("]")) {
            lexer_.fail("expected ] here");
        }
    }

    ExpressionLexer lexer_;
    ExpressionProgram program_;
};

/// Recurses as deep as the expression is nested.
class ExpressionMatcher {
public:
    ExpressionMatcher(const ExpressionProgram& program, std::string_view line) noexcept
        : program_(program), line_(line) {}

    bool matches() const { return matches(program_.root); }

private:
    bool matches(std::uint32_t index) const {
        const ExpressionNode& node = program_.nodes[index];
        const auto holds = [this](std::uint32_t part) { return matches(part); };
        switch (node.kind) {
        case ExpressionKind::all:
            return std::all_of(node.parts.begin(), node.parts.end(), holds);
        case ExpressionKind::any:
            return std::any_of(node.parts.begin(), node.parts.end(), holds);
        case ExpressionKind::negation:
            return !matches(node.parts[0]);
        case ExpressionKind::presence:
            return !value_of(node.operands[0], line_).empty();
        case ExpressionKind::match:
            return matches_pattern(node);
        default:
            return compares(node);
        }
    }

    bool compares(const ExpressionNode& node) const {
        const auto order = compare(node.operands[0], node.operands[1], line_);
        switch (node.comparison) {
        case Comparison::equal:
            return order == 0;
        case Comparison::unequal:
            return order != 0;
        case Comparison::less:
            return order < 0;
        case Comparison::at_most:
            return order <= 0;
        case Comparison::greater:
            return order > 0;
        default:
            return order >= 0;
        }
    }

    bool matches_pattern(const ExpressionNode& node) const {
        const std::string_view value = value_of(node.operands[0], line_);
        if (value.empty()) {
            return false;
        }
        const auto text = string_value(value);
        return node.pattern[0].is_found_in(text ? std::string_view{*text} : value);
    }

    const ExpressionProgram& program_;
    std::string_view line_;
};

}
ELIOT_END_NAMESPACE
