// SPDX-License-Identifier: Apache-2.0
#pragma once

// Recognises one line of an Eliot log: which task and level it belongs to, whether it starts or
// ends an action or is a message, and when it was written. Says what is wrong with any other line.
//
//     detail::LineReader reader;
//     if (reader.read(text)) { use(reader.facts()); } else { report(reader.problem()); }

#include <eliot/read/instant.hpp>
#include <eliot/read/json_print.hpp>
#include <eliot/read/oddity.hpp>
#include <eliot/read/visible.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

enum class WrittenStatus : std::uint8_t { none, started, succeeded, failed, unknown };

/// What the framework's own fields say. Views into the line; empty for a field that is not there.
struct LineFacts {
    std::string_view text;
    std::string_view task_uuid;
    std::string_view task_level;
    std::string_view timestamp;
    std::string_view action_type;
    std::string_view message_type;
    std::string_view action_status;

    WrittenStatus status = WrittenStatus::none; ///< none: a message
    std::optional<Instant> time;

    /// The type that the line goes by, as a JSON value: an action's, else a message's.
    std::string_view type() const noexcept {
        const bool message = status == WrittenStatus::none && !message_type.empty();
        return message ? message_type : action_type;
    }
};

/// A whole number of 64 bits, also one that is written 3.0.
inline std::optional<std::int64_t> whole_number(std::string_view value) noexcept {
    const std::size_t point = value.find('.');
    if (point != std::string_view::npos &&
        value.find_first_not_of('0', point + 1) == std::string_view::npos) {
        value = value.substr(0, point);
    }
    return integer_value<std::int64_t>(value);
}

/// The same as read_level for a list as it mostly is: `[1,2,3]` or `[1, 2, 3]` with numbers of few
/// digits. False, with no meaning, for any other.
inline bool read_plain_level(std::string_view list, std::vector<std::int64_t>* numbers) {
    constexpr std::int64_t most = 99'999'999;
    std::int64_t number = 0;
    for (std::size_t at = 1; at < list.size(); ++at) {
        const char c = list[at];
        if (is_digit(c) && number <= most) {
            number = number * 10 + (c - '0');
        } else if ((c == ',' || c == ']') && is_digit(list[at - 1])) {
            numbers->push_back(std::exchange(number, 0));
        } else if (c != ' ' || list[at - 1] != ',') {
            return false;
        }
    }
    return true;
}

/// The numbers of a task_level; nothing if it holds anything else, or nothing.
inline bool read_level(std::string_view list, std::vector<std::int64_t>* numbers) {
    numbers->clear();
    if (read_plain_level(list, numbers) && !numbers->empty()) {
        return true;
    }
    numbers->clear();
    JsonMember element;
    for (JsonItems walk{list}; walk.next(&element);) {
        const auto number = whole_number(element.value);
        if (!number) {
            return false;
        }
        numbers->push_back(*number);
    }
    return !numbers->empty();
}

/// The same from `/2/3`, as a task id writes it and some programs log it.
inline bool read_level_text(std::string_view path, std::vector<std::int64_t>* numbers) {
    numbers->clear();
    while (path.size() > 1 && path.front() == '/') {
        const std::size_t slash = path.find('/', 1);
        const auto number = integer_value<std::int64_t>(path.substr(1, slash - 1));
        if (!number) {
            return false;
        }
        numbers->push_back(*number);
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    return path.empty() && !numbers->empty();
}

inline WrittenStatus status_of(const LineFacts& facts) {
    if (facts.action_type.empty() || facts.action_type == "null" || facts.action_status.empty()) {
        return WrittenStatus::none;
    }
    if (facts.action_status == R"("started")") {
        return WrittenStatus::started;
    }
    if (facts.action_status == R"("succeeded")") {
        return WrittenStatus::succeeded;
    }
    return facts.action_status == R"("failed")" ? WrittenStatus::failed : WrittenStatus::unknown;
}

class LineReader {
public:
    /// True for a line that belongs into a task. Everything it found lives until the next call.
    bool read(std::string_view line) {
        facts_ = {};
        line = trimmed(line);
        facts_.text = line;
        is_object_ = false;
        if (!scanner_.scan(line)) {
            return not_json(line);
        }
        is_object_ = scanner_.is_object();
        if (!is_object_) {
            return refuse(OddityKind::not_eliot, "JSON, but no object");
        }
        for (const JsonMember& member : scanner_.members()) {
            take(member);
        }
        return check();
    }

    const LineFacts& facts() const noexcept { return facts_; }

    /// All members of the line, in its order.
    const std::vector<JsonMember>& members() const noexcept { return scanner_.members(); }

    /// The numbers of the line's level.
    const std::vector<std::int64_t>& level() const noexcept { return level_; }

    /// The task's id as text.
    const std::string& task_uuid() const noexcept { return task_uuid_; }

    /// True if the level was written as text, "/2/3".
    bool level_is_text() const noexcept { return facts_.task_level.front() == '"'; }

    bool id_is_text() const noexcept { return facts_.task_uuid.front() == '"'; }

    /// True if the line is a JSON object, perhaps none of Eliot's.
    bool is_object() const noexcept { return is_object_; }

    OddityKind problem() const noexcept { return problem_; }

    /// `not JSON: a string is not UTF-8, column 12`
    const std::string& problem_text() const noexcept { return problem_text_; }

private:
    /// Without blanks at both ends and without a byte order mark.
    static std::string_view trimmed(std::string_view line) noexcept {
        if (line.substr(0, 3) == "\xEF\xBB\xBF") {
            line.remove_prefix(3);
        }
        while (!line.empty() && is_json_space(line.front())) {
            line.remove_prefix(1);
        }
        while (!line.empty() && is_json_space(line.back())) {
            line.remove_suffix(1);
        }
        return line;
    }

    bool refuse(OddityKind kind, std::string_view why) {
        problem_ = kind;
        problem_text_ = to_string(kind);
        problem_text_ += ": ";
        problem_text_ += why;
        return false;
    }

    bool not_json(std::string_view line) {
        if (line.empty()) {
            return refuse(OddityKind::not_json, "an empty line");
        }
        const bool torn = line.front() == '{' && scanner_.is_torn();
        refuse(torn ? OddityKind::torn : OddityKind::not_json, scanner_.error());
        problem_text_ += ", column " + std::to_string(scanner_.error_offset() + 1);
        return false;
    }

    void take(const JsonMember& member) {
        std::string unescaped;
        std::string_view key = member.key;
        if (key.find('\\') != std::string_view::npos) {
            unescaped = decoded(key);
            key = unescaped;
        }
        if (std::string_view* field = field_named(key)) {
            *field = member.value;
        }
    }

    std::string_view* field_named(std::string_view key) noexcept {
        switch (key.size()) {
        case 9:
            return key == "task_uuid"   ? &facts_.task_uuid
                   : key == "timestamp" ? &facts_.timestamp
                                        : nullptr;
        case 10:
            return key == "task_level" ? &facts_.task_level : nullptr;
        case 11:
            return key == "action_type" ? &facts_.action_type : nullptr;
        case 12:
            return key == "message_type" ? &facts_.message_type : nullptr;
        case 13:
            return key == "action_status" ? &facts_.action_status : nullptr;
        default:
            return nullptr;
        }
    }

    bool check() {
        if (facts_.task_uuid.empty() || facts_.task_level.empty()) {
            return refuse(OddityKind::not_eliot,
                          facts_.task_uuid.empty() ? "no task_uuid" : "no task_level");
        }
        if (is_container(json_kind(facts_.task_uuid))) {
            return refuse(OddityKind::not_eliot, "task_uuid is no text");
        }
        task_uuid_.clear();
        append_python_text(task_uuid_, facts_.task_uuid);
        if (!check_level()) {
            return refuse(OddityKind::not_eliot, "task_level holds no whole numbers");
        }
        facts_.status = status_of(facts_);
        if (!facts_.timestamp.empty() && json_kind(facts_.timestamp) == JsonTextKind::number) {
            facts_.time = Instant::from_number(facts_.timestamp);
        }
        return true;
    }

    bool check_level() {
        if (level_is_text()) {
            return read_level_text(decoded(inside_quotes(facts_.task_level)), &level_);
        }
        return json_kind(facts_.task_level) == JsonTextKind::list &&
               read_level(facts_.task_level, &level_);
    }

    JsonScanner scanner_;
    LineFacts facts_;
    std::vector<std::int64_t> level_;
    std::string task_uuid_;
    bool is_object_ = false;
    OddityKind problem_ = OddityKind::not_json;
    std::string problem_text_;
};

}
ELIOT_END_NAMESPACE
