// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tracebacks in a captured log: which ones a test expects, and what is said of the others.
//
//     const auto unexpected = unexpected_tracebacks(lines, 0);

#include <eliot/config.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/exception_info.hpp>
#include <eliot/testing/captured_lines.hpp>
#include <eliot/testing/log_index.hpp>
#include <eliot/testing/search.hpp>

#include <nlohmann/json.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <typeinfo>
#include <unordered_set>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline std::vector<nlohmann::json> messages_of(const std::vector<CapturedLine>& lines) {
    std::vector<nlohmann::json> messages;
    messages.reserve(lines.size());
    for (const CapturedLine& line : lines) {
        messages.push_back(line.message);
    }
    return messages;
}

inline bool is_message_of(const nlohmann::json& message, std::string_view type) {
    return text_member(message, "message_type") == type;
}

/// Whether an exception is an E, or, where there is only the text of it, has the name of E.
template <class E>
bool tells_of(const CapturedLine& line) {
    if (line.exception != nullptr) {
        try {
            std::rethrow_exception(line.exception);
        } catch (const E&) {
            return true;
        } catch (...) {
            return false;
        }
    }
#if ELIOT_HAS_RTTI
    if (text_member(line.message, "exception") == readable_type_name(typeid(E).name())) {
        return true;
    }
#endif
    return std::same_as<E, std::exception>;
}

/// The tracebacks that tell of a value that could not be written: those are told of by the
/// eliot:serialization_failure before them.
class FieldTracebacks {
public:
    explicit FieldTracebacks(const std::vector<CapturedLine>& lines) {
        for (const CapturedLine& line : lines) {
            if (is_message_of(line.message, wire::serialization_failure)) {
                failures_.insert(text_member(line.message, "message"));
            }
        }
    }
    bool contain(const nlohmann::json& traceback) const {
        return failures_.contains(failure_of(traceback));
    }

private:
    /// The message of the failure that a traceback ending in `in the field "f" of type` belongs to.
    static std::string failure_of(const nlohmann::json& traceback) {
        constexpr std::string_view before = "\n  in the field \"";
        constexpr std::string_view between = "\" of ";
        const std::string text = text_member(traceback, "traceback");
        const auto begin = text.rfind(before);
        const auto end = text.find(between, begin == std::string::npos ? begin : begin + 1);
        if (end == std::string::npos) {
            return {};
        }
        const auto name = begin + before.size();
        return text.substr(end + between.size()) + ": field " +
               in_quotes(std::string_view{text}.substr(name, end - name)) + ": " +
               text_member(traceback, "reason");
    }

    std::unordered_set<std::string> failures_;
};

/// From the line numbered `from` on.
inline std::vector<nlohmann::json> unexpected_tracebacks(const std::vector<CapturedLine>& lines,
                                                         std::size_t from) {
    const FieldTracebacks of_fields{lines};
    std::vector<nlohmann::json> found;
    for (std::size_t i = from; i < lines.size(); ++i) {
        const CapturedLine& line = lines[i];
        if (is_message_of(line.message, wire::traceback) && !line.expected &&
            !of_fields.contain(line.message)) {
            found.push_back(line.message);
        }
    }
    return found;
}

/// The types of the actions around a line, outermost first: `signin > query`.
inline std::string place_of(const nlohmann::json& line,
                            const std::vector<nlohmann::json>& messages) {
    const auto level = level_of_line(line);
    std::string place;
    for (const nlohmann::json& start : messages) {
        const auto other = level_of_line(start);
        if (is_start(start) && start["task_uuid"] == line["task_uuid"] && level && other &&
            LogIndex::is_in(*level, other->parent())) {
            place += (place.empty() ? "" : " > ") + type_of_line(start);
        }
    }
    return place.empty() ? "outside of every action" : "in " + place;
}

inline std::string indented(const std::string& text, const std::string& indent) {
    std::string result = indent;
    for (const char byte : text) {
        result += byte;
        result += byte == '\n' ? indent : "";
    }
    return result;
}

inline std::string text_on_tracebacks(const std::vector<nlohmann::json>& tracebacks,
                                      const std::vector<nlohmann::json>& messages) {
    std::string text = tracebacks.size() == 1
                           ? "a traceback was logged that no test expected:\n\n"
                           : std::to_string(tracebacks.size()) +
                                 " tracebacks were logged that no test expected:\n\n";
    for (const nlohmann::json& traceback : tracebacks) {
        text += indented(text_member(traceback, "traceback"), "    ") + "\n      " +
                place_of(traceback, messages) + "\n";
    }
    return text + "\nIf that is right, expect it:\n\n    log.flush_tracebacks<" +
           text_member(tracebacks.front(), "exception") + ">();\n\n" + log_section(messages);
}

} // namespace detail
ELIOT_END_NAMESPACE
