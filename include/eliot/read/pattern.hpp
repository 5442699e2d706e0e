// SPDX-License-Identifier: Apache-2.0
#pragma once

// Regular expressions over UTF-8 whose time grows with the text and never explodes, and that never
// recurse over the text: what std::regex promises neither of. Says whether a text holds a match.
//
//     eliot::Pattern timeout{"(?i)time(d )?out after \\d+ ?ms"};
//     timeout.is_found_in(reason);

#include <eliot/read/pattern_parser.hpp>

ELIOT_BEGIN_NAMESPACE

/// `.` `[a-z]` `[^…]` `\d \w \s` and their opposites, `\b`, `^ $`, `( ) (?: ) |`, `* + ? {2,5}`,
/// and
/// `(?i)` at the front, which ignores the case of ASCII letters. A dot is any character but `\n`;
/// `^` and `$` are the ends of the text.
class Pattern {
public:
    /// Throws PatternError for what is no regular expression, or one that is too large.
    explicit Pattern(std::string_view text) : program_(detail::PatternParser{text}.parse()) {}

    bool is_found_in(std::string_view text) const {
        Threads now{program_.steps.size()};
        Threads next{program_.steps.size()};
        const char* at = text.data();
        const char* const end = at + text.size();
        char32_t before = detail::no_character;
        for (;;) {
            const char* following = at;
            const char32_t code =
                at == end ? detail::no_character : folded(detail::decode_utf8(following, end));
            if (follow(now, 0, before, code)) {
                return true;
            }
            if (at == end) {
                return false;
            }
            if (advance(now, next, code, peek(following, end))) {
                return true;
            }
            std::swap(now, next);
            next.clear();
            before = code;
            at = following;
        }
    }

private:
    /// The places in the program that are reached at one place of the text; each once.
    class Threads {
    public:
        explicit Threads(std::size_t size) : seen_(size, 0) {}

        bool add(std::uint32_t step) {
            if (seen_[step] != 0) {
                return false;
            }
            seen_[step] = 1;
            steps_.push_back(step);
            return true;
        }

        void clear() {
            for (const std::uint32_t step : steps_) {
                seen_[step] = 0;
            }
            steps_.clear();
        }

        const std::vector<std::uint32_t>& steps() const noexcept { return steps_; }

        /// Steps that are still to be followed; empty between two calls.
        std::vector<std::uint32_t> todo;

    private:
        std::vector<char> seen_;
        std::vector<std::uint32_t> steps_;
    };

    char32_t folded(char32_t code) const noexcept {
        return program_.ignores_case && code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
    }

    char32_t peek(const char* at, const char* end) const noexcept {
        return at == end ? detail::no_character : folded(detail::decode_utf8(at, end));
    }

    /// Adds what is reached from `first` without taking a character. True if that is the end.
    bool follow(Threads& threads, std::uint32_t first, char32_t before, char32_t after) const {
        std::vector<std::uint32_t>& todo = threads.todo;
        todo.assign(1, first);
        while (!todo.empty()) {
            const std::uint32_t at = todo.back();
            todo.pop_back();
            if (!threads.add(at)) {
                continue;
            }
            const detail::PatternStep& step = program_.steps[at];
            if (step.kind == detail::PatternStepKind::match) {
                return true;
            }
            if (step.kind == detail::PatternStepKind::split) {
                todo.push_back(step.second);
                todo.push_back(step.first);
            } else if (holds(step.kind, before, after)) {
                todo.push_back(step.first);
            }
        }
        return false;
    }

    static bool holds(detail::PatternStepKind kind, char32_t before, char32_t after) noexcept {
        const bool boundary = detail::is_word(before) != detail::is_word(after);
        switch (kind) {
        case detail::PatternStepKind::begin:
            return before == detail::no_character;
        case detail::PatternStepKind::end:
            return after == detail::no_character;
        case detail::PatternStepKind::boundary:
            return boundary;
        case detail::PatternStepKind::no_boundary:
            return !boundary;
        default:
            return false;
        }
    }

    /// Takes a character on every thread. True if one of them matches then.
    bool advance(const Threads& now, Threads& next, char32_t code, char32_t after) const {
        for (const std::uint32_t at : now.steps()) {
            const detail::PatternStep& step = program_.steps[at];
            if (step.kind == detail::PatternStepKind::set &&
                program_.sets[step.second].contains(code) &&
                follow(next, step.first, code, after)) {
                return true;
            }
        }
        return false;
    }

    detail::PatternProgram program_;
};

ELIOT_END_NAMESPACE
