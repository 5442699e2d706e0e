// SPDX-License-Identifier: Apache-2.0
#pragma once

// From the text of a regular expression to the program that Pattern runs.
//
//     detail::PatternProgram program = detail::PatternParser{"a+(b|c)"}.parse();

#include <eliot/read/utf8.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE

class PatternError : public std::invalid_argument {
public:
    PatternError(const std::string& text, std::size_t offset)
        : std::invalid_argument(text), offset_(offset) {}

    /// Where it is wrong, in bytes.
    std::size_t offset() const noexcept { return offset_; }

private:
    std::size_t offset_;
};

namespace detail {

inline constexpr char32_t no_character = 0xFFFFFFFE;

constexpr bool is_word(char32_t code) noexcept {
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
           (code >= 'a' && code <= 'z') || code == '_' || (code >= 0xAA && code <= 0x10FFFF);
}

/// Characters, as ranges; or all but those.
struct CharacterSet {
    std::vector<std::pair<char32_t, char32_t>> ranges;
    bool negated = false;

    bool contains(char32_t code) const noexcept {
        for (const auto& [first, last] : ranges) {
            if (code >= first && code <= last) {
                return !negated;
            }
        }
        return negated;
    }
};

enum class PatternStepKind : std::uint8_t { set, split, begin, end, boundary, no_boundary, match };

/// `first` is where it goes on, `second` the other way of a split, or which set.
struct PatternStep {
    PatternStepKind kind;
    std::uint32_t first;
    std::uint32_t second;
};

struct PatternProgram {
    std::vector<PatternStep> steps;
    std::vector<CharacterSet> sets;
    bool ignores_case = false;
};

/// Appends step after step and sets the jumps over a piece once its end is known. Recurses for
/// groups only, at most `most_nested` deep.
class PatternParser {
public:
    explicit PatternParser(std::string_view text) noexcept : text_(text) {}

    PatternProgram parse() {
        if (text_.substr(0, 4) == "(?i)") {
            program_.ignores_case = true;
            at_ = 4;
        }
        alternatives(0);
        if (at_ != text_.size()) {
            fail("a ) without its (");
        }
        emit(PatternStepKind::match, 0, 0);
        return std::move(program_);
    }

private:
    static constexpr std::size_t most_steps = 5000;
    static constexpr int most_nested = 100;
    static constexpr int most_repeated = 1000;

    [[noreturn]] void fail(const std::string& text) const { throw PatternError{text, at_}; }

    bool at_end() const noexcept { return at_ == text_.size(); }
    char front() const noexcept { return at_end() ? '\0' : text_[at_]; }

    bool take(char c) noexcept {
        if (at_end() || text_[at_] != c) {
            return false;
        }
        ++at_;
        return true;
    }

    std::uint32_t here() const noexcept {
        return static_cast<std::uint32_t>(program_.steps.size());
    }

    std::uint32_t emit(PatternStepKind kind, std::uint32_t first, std::uint32_t second) {
        if (program_.steps.size() == most_steps) {
            fail("the pattern is too large");
        }
        program_.steps.push_back({kind, first, second});
        return here() - 1;
    }

    /// A step that goes on to the one behind it.
    void emit_next(PatternStepKind kind, std::uint32_t second) { emit(kind, here() + 1, second); }

    /// a|b|c: a split before every branch but the last, a jump to the end after it. A jump is a
    /// split with two equal ways.
    void alternatives(int nested) {
        if (nested > most_nested) {
            fail("groups are nested too deep");
        }
        std::vector<std::uint32_t> jumps;
        std::uint32_t begin = here();
        sequence(nested);
        while (take('|')) {
            insert_split(begin);
            jumps.push_back(emit(PatternStepKind::split, 0, 0));
            program_.steps[begin].second = here();
            begin = here();
            sequence(nested);
        }
        for (const std::uint32_t jump : jumps) {
            program_.steps[jump].first = program_.steps[jump].second = here();
        }
    }

    /// Moves what begins at `begin` one step back and puts a split there that leads to it.
    void insert_split(std::uint32_t begin) {
        emit(PatternStepKind::split, 0, 0);
        const auto first = program_.steps.begin() + begin;
        std::rotate(first, program_.steps.end() - 1, program_.steps.end());
        for (auto step = first + 1; step != program_.steps.end(); ++step) {
            shift(*step, begin, 1);
        }
        *first = {PatternStepKind::split, begin + 1, here()};
    }

    static bool uses_second(const PatternStep& step) noexcept {
        return step.kind == PatternStepKind::split;
    }

    static void shift(PatternStep& step, std::uint32_t from, std::uint32_t by) noexcept {
        step.first += step.first >= from ? by : 0;
        step.second += uses_second(step) && step.second >= from ? by : 0;
    }

    void sequence(int nested) {
        while (!at_end() && front() != '|' && front() != ')') {
            const std::uint32_t begin = here();
            atom(nested);
            repetition(begin);
        }
    }

    void atom(int nested) {
        switch (front()) {
        case '(':
            return group(nested);
        case '[':
            return emit_set(bracket());
        case '.':
            ++at_;
            return emit_set({{{'\n', '\n'}}, true});
        case '^':
            ++at_;
            return emit_next(PatternStepKind::begin, 0);
        case '$':
            ++at_;
            return emit_next(PatternStepKind::end, 0);
        case '\\':
            return escape();
        case '*':
        case '+':
        case '?':
            fail("nothing to repeat");
        default:
            emit_character(character());
        }
    }

    void group(int nested) {
        ++at_;
        if (take('?') && !take(':')) {
            fail("only (?: ) is known of the groups that begin with (?");
        }
        alternatives(nested + 1);
        if (!take(')')) {
            fail("a ( without its )");
        }
    }

    char32_t character() {
        const char* at = text_.data() + at_;
        const char32_t code = decode_utf8(at, text_.data() + text_.size());
        at_ = static_cast<std::size_t>(at - text_.data());
        return code;
    }

    void emit_set(CharacterSet set) {
        program_.sets.push_back(std::move(set));
        emit_next(PatternStepKind::set, static_cast<std::uint32_t>(program_.sets.size() - 1));
    }

    char32_t folded(char32_t code) const noexcept {
        return program_.ignores_case && code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
    }

    void emit_character(char32_t code) { emit_set({{{folded(code), folded(code)}}, false}); }

    void escape() {
        ++at_;
        if (at_end()) {
            fail("a \\ at the end");
        }
        if (take('b')) {
            return emit_next(PatternStepKind::boundary, 0);
        }
        if (take('B')) {
            return emit_next(PatternStepKind::no_boundary, 0);
        }
        CharacterSet set;
        if (class_escape(&set)) {
            return emit_set(std::move(set));
        }
        emit_character(literal_escape());
    }

    /// \d \w \s and their opposites; `at_` stands at the letter.
    bool class_escape(CharacterSet* set) {
        const char letter = front();
        const char kind = static_cast<char>(letter | 0x20);
        if (kind == 'd') {
            set->ranges = {{'0', '9'}};
        } else if (kind == 'w') {
            set->ranges = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}, {0xAA, 0x10FFFF}};
        } else if (kind == 's') {
            set->ranges = {{'\t', '\r'}, {' ', ' '}, {0x85, 0x85}, {0xA0, 0xA0}};
        } else {
            return false;
        }
        set->negated = letter < 'a';
        ++at_;
        return true;
    }

    char32_t literal_escape() {
        constexpr std::string_view letters = "nrtfve0";
        constexpr std::string_view codes{"\n\r\t\f\v\x1b\0", 7};
        const std::size_t known = letters.find(front());
        if (known != std::string_view::npos) {
            ++at_;
            return static_cast<unsigned char>(codes[known]);
        }
        const char c = front();
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '1' && c <= '9')) {
            fail(std::string{"there is no \\"} + c);
        }
        return character();
    }

    CharacterSet bracket() {
        const std::size_t begin = at_++;
        CharacterSet set;
        const bool negated = take('^');
        for (bool first = true; first || front() != ']'; first = false) {
            if (at_end()) {
                at_ = begin;
                fail("a [ without its ]");
            }
            bracket_range(&set);
        }
        ++at_;
        set.negated = negated;
        fold(set);
        return set;
    }

    void bracket_range(CharacterSet* set) {
        CharacterSet known;
        if (take('\\')) {
            if (class_escape(&known)) {
                return add_class(set, known);
            }
            return bracket_rest(set, at_end() ? U'\\' : literal_escape());
        }
        bracket_rest(set, character());
    }

    void add_class(CharacterSet* set, const CharacterSet& known) {
        if (known.negated) {
            fail("\\D, \\W and \\S cannot stand in [ ]");
        }
        set->ranges.insert(set->ranges.end(), known.ranges.begin(), known.ranges.end());
    }

    void bracket_rest(CharacterSet* set, char32_t first) {
        char32_t last = first;
        if (front() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
            ++at_;
            last = take('\\') ? literal_escape() : character();
        }
        if (last < first) {
            fail("a range that goes backwards");
        }
        set->ranges.emplace_back(first, last);
    }

    /// Adds the small letters of the capital ones that are in.
    void fold(CharacterSet& set) const {
        const std::size_t count = program_.ignores_case ? set.ranges.size() : 0;
        for (std::size_t i = 0; i < count; ++i) {
            const char32_t first = std::max<char32_t>(set.ranges[i].first, 'A');
            const char32_t last = std::min<char32_t>(set.ranges[i].second, 'Z');
            if (first <= last) {
                set.ranges.emplace_back(folded(first), folded(last));
            }
        }
    }

    void repetition(std::uint32_t begin) {
        if (take('*')) {
            repeat(begin, 0, -1);
        } else if (take('+')) {
            repeat(begin, 1, -1);
        } else if (take('?')) {
            repeat(begin, 0, 1);
        } else if (front() == '{' && at_ + 1 < text_.size() && text_[at_ + 1] >= '0' &&
                   text_[at_ + 1] <= '9') {
            counted(begin);
        } else {
            return;
        }
        take('?'); // as few as possible: makes no difference to whether there is a match
        if (front() == '*' || front() == '+' || front() == '?') {
            fail("a repetition of a repetition");
        }
    }

    void counted(std::uint32_t begin) {
        ++at_;
        const int least = count();
        int most = least;
        if (take(',')) {
            most = front() == '}' ? -1 : count();
        }
        if (!take('}')) {
            fail("a { without its }");
        }
        if (most != -1 && most < least) {
            fail("a repetition whose most is below its least");
        }
        repeat(begin, least, most);
    }

    int count() {
        int value = 0;
        while (front() >= '0' && front() <= '9') {
            value = value * 10 + (text_[at_++] - '0');
            if (value > most_repeated) {
                fail("a repetition of more than 1000 times");
            }
        }
        return value;
    }

    /// Writes the piece that begins at `begin` as often as it is needed; `most` -1 is without end.
    void repeat(std::uint32_t begin, int least, int most) {
        const std::vector<PatternStep> piece(program_.steps.begin() + begin, program_.steps.end());
        program_.steps.resize(begin);
        for (int i = 0; i < least; ++i) {
            append(piece, begin);
        }
        if (most == -1) {
            const std::uint32_t split = emit(PatternStepKind::split, here() + 1, 0);
            append(piece, begin);
            emit(PatternStepKind::split, split, split);
            program_.steps[split].second = here();
            return;
        }
        std::vector<std::uint32_t> splits;
        for (int i = least; i < most; ++i) {
            splits.push_back(emit(PatternStepKind::split, here() + 1, 0));
            append(piece, begin);
        }
        for (const std::uint32_t split : splits) {
            program_.steps[split].second = here();
        }
    }

    /// Appends a copy of steps that were made for a place at `begin`.
    void append(const std::vector<PatternStep>& piece, std::uint32_t begin) {
        const std::uint32_t by = here() - begin;
        for (PatternStep step : piece) {
            shift(step, begin, by);
            emit(step.kind, step.first, step.second);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    PatternProgram program_;
};

}
ELIOT_END_NAMESPACE
