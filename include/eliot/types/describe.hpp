// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines of a message type or an action type as a JSON Schema (2020-12), so that those who read
// a log can check it:
//
//     std::cout << eliot::describe(sign_in) << '\n';

#include <eliot/config.hpp>
#include <eliot/core/fixed_string.hpp>
#include <eliot/core/schema.hpp>
#include <eliot/encode/json_writer.hpp>
#include <eliot/encode/value.hpp>
#include <eliot/types/action_type.hpp>
#include <eliot/types/fields.hpp>
#include <eliot/types/message_type.hpp>

#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Writes the schema of one type; objects and arrays are opened and closed by the caller.
class SchemaWriter {
public:
    std::string text() const { return std::string{out_.view()}; }

    void raw(std::string_view json) noexcept { out_.raw(json); }
    void member(std::string_view name, std::string_view text) noexcept {
        out_.text(name);
        out_.put(':');
        out_.text(text);
    }

    void begin(std::string_view type, std::string_view description, bool is_action) noexcept {
        out_.raw(R"({"$schema":"https://json-schema.org/draft/2020-12/schema",)");
        member("title", type);
        if (!description.empty()) {
            out_.put(',');
            member("description", description);
        }
        out_.raw(R"(,"type":"object","properties":{)"
                 R"("task_uuid":{"type":"string","minLength":36,"maxLength":36},)"
                 R"("task_level":{"type":"array","minItems":1,)"
                 R"("items":{"type":"integer","minimum":1}},"timestamp":{"type":"number"},)");
        out_.raw(is_action ? R"("action_type":{"const":)" : R"("message_type":{"const":)");
        out_.text(type);
        out_.put('}');
    }
    /// Behind the framework's properties, or as the first of an object.
    template <class List>
    void properties(const List& list) {
        list.for_each([this](const auto& field) { this->property(field); });
    }
    template <class List>
    void required(const List&) noexcept {
        for (const FieldSchema& field : List::schema) {
            out_.put(',');
            out_.text(field.name);
        }
    }

    /// One of the three lines of an action.
    template <class List>
    void action_line(std::string_view status, const List& list) {
        out_.raw(R"({"properties":{"action_status":{"const":)");
        out_.text(status);
        out_.put('}');
        properties(list);
        out_.raw(R"(},"required":["action_status")");
        required(list);
        out_.raw("]}");
    }

private:
    template <class Field>
    void property(const Field& field) {
        out_.put(',');
        out_.text(Field::name());
        out_.raw(":{");
        if constexpr (Field::is_constant) {
            out_.raw(R"("const":)");
            encode_value(out_, field.value());
        } else {
            kinds(Field::Values::kinds());
        }
        if (!field.description().empty()) {
            out_.raw(out_.view().ends_with('{') ? "" : ",");
            member("description", field.description());
        }
        out_.put('}');
    }
    void kinds(JsonKinds kinds) noexcept {
        const bool may_be_cut = kinds.allow(JsonKind::array) && !kinds.allow(JsonKind::object);
        if (kinds == JsonKinds::any()) {
            return;
        }
        out_.raw(may_be_cut ? R"("anyOf":[{"type":[)" : R"("type":[)");
        list(kinds);
        out_.raw("]");
        // a range that is too long, see encode_value
        out_.raw(may_be_cut ? R"(},{"type":"object","required":["array_start","original_shape"]}])"
                            : "");
    }
    void list(JsonKinds kinds) noexcept {
        constexpr std::string_view names[] = {"null",   "boolean", "integer", "number",
                                              "string", "array",   "object"};
        std::string_view separator;
        for (unsigned i = 0; i < 7; ++i) {
            const auto kind = static_cast<JsonKind>(1U << i);
            const bool is_number = kind == JsonKind::integer && kinds.allow(JsonKind::number);
            if (kinds.allow(kind) && !is_number) {
                out_.raw(separator);
                out_.text(names[i]);
                separator = ",";
            }
        }
    }

    JsonWriter out_{nullptr, nullptr};
};

} // namespace detail

/// A JSON Schema that every line of this type satisfies and that asks for all declared fields. More
/// fields are allowed: global ones may come with any line.
template <FixedString Name, class List>
std::string describe(const MessageType<Name, List>& type) {
    detail::SchemaWriter out;
    out.begin(Name.view(), type.description(), false);
    out.properties(type.list());
    out.raw(R"(},"required":["task_uuid","task_level","timestamp","message_type")");
    out.required(type.list());
    out.raw("]}");
    return out.text();
}

/// The same of an action's three lines: started, succeeded or failed.
template <FixedString Name, class Start, class Success>
std::string describe(const ActionType<Name, Start, Success>& type) {
    detail::SchemaWriter out;
    out.begin(Name.view(), type.description(), true);
    out.raw(R"(},"required":["task_uuid","task_level","timestamp","action_type"],"oneOf":[)");
    out.action_line("started", type.start());
    out.raw(",");
    out.action_line("succeeded", type.success());
    out.raw(R"(,{"properties":{"action_status":{"const":"failed"},"exception":{"type":"string"},)"
            R"("reason":{"type":"string"}},"required":["action_status","exception","reason"]}]})");
    return out.text();
}

ELIOT_END_NAMESPACE
