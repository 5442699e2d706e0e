// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is wrong with the typed lines of a log: fields that are missing, that nobody declared, or
// whose value is of another kind; values that an extra validator refused, or that could not be
// written.
//
//     const std::vector<std::string> found = violations(lines, refused, 0, 0);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/output/runtime.hpp>
#include <eliot/testing/captured_lines.hpp>
#include <eliot/testing/expected_fields.hpp>
#include <eliot/testing/tracebacks.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline JsonKind kind_of(const nlohmann::json& value) noexcept {
    return value.is_null()             ? JsonKind::null
           : value.is_boolean()        ? JsonKind::boolean
           : value.is_number_integer() ? JsonKind::integer
           : value.is_number()         ? JsonKind::number
           : value.is_string()         ? JsonKind::string
           : value.is_array()          ? JsonKind::array
                                       : JsonKind::object;
}

inline std::string names_of(JsonKinds kinds) {
    constexpr JsonKind all[] = {JsonKind::null,   JsonKind::boolean, JsonKind::integer,
                                JsonKind::number, JsonKind::string,  JsonKind::array,
                                JsonKind::object};
    constexpr const char* names[] = {"null",   "a boolean", "an integer", "a number",
                                     "a text", "an array",  "an object"};
    std::string text;
    for (std::size_t i = 0; i < std::size(all); ++i) {
        if ((kinds | all[i]) == kinds) {
            text += (text.empty() ? "" : " or ") + std::string{names[i]};
        }
    }
    return text;
}

/// Collects what is wrong, one text a problem.
class Violations {
public:
    Violations(const std::vector<CapturedLine>& lines, std::size_t from) {
        for (std::size_t i = from; i < lines.size(); ++i) {
            const CapturedLine& line = lines[i];
            if (is_message_of(line.message, wire::serialization_failure)) {
                found.push_back(text_member(line.message, "message"));
            } else if (line.schema != nullptr) {
                check(line.message, *line.schema);
            }
        }
    }

    std::vector<std::string> found;

private:
    void check(const nlohmann::json& message, const Schema& schema) {
        const std::string status = text_member(message, "action_status");
        type_ = schema.type;
        line_ = status.empty() ? "" : status == "started" ? "the start of " : "the success of ";
        if (status != "failed") { // whose fields nobody declares
            check_fields_of(message, status == "succeeded" ? schema.success : schema.fields);
        }
    }
    void check_fields_of(const nlohmann::json& message, const FieldSchemas& fields) {
        for (const FieldSchema& field : fields) {
            const auto value = message.find(field.name);
            if (value == message.end()) {
                add(field.name, "is missing");
            } else if (!field.kinds.allow(kind_of(*value)) && !is_failure(*value)) {
                add(field.name,
                    "is " + short_value(*value, 60) + ", should be " + names_of(field.kinds));
            }
        }
        for (const auto& [name, value] : message.items()) {
            if (fields.find(name) == nullptr && !is_reserved(name) && !globals_.contains(name)) {
                add(name, "is not declared: " + short_value(value, 60));
            }
        }
    }

    /// The text that stands for a value that threw; there is a message about it.
    static bool is_failure(const nlohmann::json& value) {
        return value.is_string() &&
               value.get_ref<const std::string&>().starts_with("eliot: serialization failed: ");
    }
    void add(std::string_view field, const std::string& problem) {
        found.push_back(line_ + in_quotes(type_) + ": the field " + in_quotes(field) + " " +
                        problem);
    }

    static std::unordered_set<std::string> names_of_globals() {
        std::unordered_set<std::string> names;
        if (const auto* globals = runtime().globals.load(MemoryOrder::acquire)) {
            const nlohmann::json fields = json_of(*globals);
            for (const auto& [name, value] : fields.items()) {
                names.insert(name);
            }
        }
        return names;
    }

    std::unordered_set<std::string> globals_ = names_of_globals();
    std::string_view type_;
    std::string line_; ///< which of the type's lines
};

/// How often each is there, in the order of the first.
inline std::vector<std::pair<std::string, int>> counted(const std::vector<std::string>& texts) {
    std::vector<std::pair<std::string, int>> counts;
    for (const std::string& text : texts) {
        const auto same = [&](const auto& entry) { return entry.first == text; };
        const auto found = std::find_if(counts.begin(), counts.end(), same);
        if (found == counts.end()) {
            counts.emplace_back(text, 1);
        } else {
            ++found->second;
        }
    }
    return counts;
}

inline std::string text_on_violations(const std::vector<std::string>& violations,
                                      const std::vector<nlohmann::json>& messages) {
    std::string text = "the log is not as its types declare it:\n\n";
    for (const auto& [violation, times] : counted(violations)) {
        text += "    " + violation + (times == 1 ? "" : " (" + std::to_string(times) + " times)") +
                "\n";
    }
    return text + "\n" + log_section(messages);
}

} // namespace detail
ELIOT_END_NAMESPACE
