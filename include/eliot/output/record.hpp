// SPDX-License-Identifier: Apache-2.0
#pragma once

// One line, as a destination sees it:
//
//     eliot::add_destination([](const eliot::Record& r) { use(r.kind(), r.type(), r.json()); });

#include <eliot/config.hpp>
#include <eliot/core/task_level.hpp>
#include <eliot/core/timestamp.hpp>
#include <eliot/encode/line.hpp>

#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

struct Schema;

/// Views into a line of this library's own making; valid during the call that got it.
/// A destination that keeps a record keeps a copy of `json()`.
class Record {
public:
    using Kind = eliot::Kind;
    using enum eliot::Kind;

    /// `json` is a whole line without its `\n`.
    explicit Record(std::string_view json, const Schema* schema = nullptr)
        : json_{json}, schema_{schema} {
        std::size_t at = uuid_begin + uuid_size + 16;
        level_ = until(at, ']');
        at += level_.size() + 14;
        timestamp_ = until(at, ',');
        at += timestamp_.size() + 2;
        const bool is_message = json_.substr(at, 1) == "m";
        at += is_message ? 15 : 14; // behind message_type":" or action_type":"
        type_ = quoted(at);
        kind_ = is_message ? Kind::message : status(at + type_.size() + 19);
        if (type_.find('\\') != std::string_view::npos) {
            unescaped_ = unescape(type_);
            type_ = unescaped_;
        }
    }
    Record(const Record&) = delete;
    Record& operator=(const Record&) = delete;

    /// The line's text, one JSON object without `\n`.
    std::string_view json() const noexcept { return json_; }
    std::string_view task_uuid() const noexcept { return json_.substr(uuid_begin, uuid_size); }
    /// The place of the line in its task, `/2/1`.
    TaskLevel task_level() const {
        TaskLevel level;
        std::uint32_t number = 0;
        for (char byte : level_) {
            if (byte == ',') {
                level.push_back(number);
                number = 0;
            } else {
                number = number * 10 + static_cast<std::uint32_t>(byte - '0');
            }
        }
        level.push_back(number);
        return level;
    }
    Timestamp timestamp() const noexcept {
        std::int64_t nanoseconds = 0;
        for (char byte : timestamp_) {
            if (byte != '.') {
                nanoseconds = nanoseconds * 10 + (byte - '0');
            }
        }
        return Timestamp{nanoseconds};
    }
    Kind kind() const noexcept { return kind_; }
    /// The message type, or the action's.
    std::string_view type() const noexcept { return type_; }
    /// The schema of a typed line; null for an untyped one.
    const Schema* schema() const noexcept { return schema_; }

private:
    static constexpr std::size_t uuid_begin = 14; // behind {"task_uuid":"
    static constexpr std::size_t uuid_size = 36;

    std::string_view until(std::size_t at, char end) const noexcept {
        return json_.substr(at, json_.find(end, at) - at);
    }
    /// The inside of the string that begins at `at`.
    std::string_view quoted(std::size_t at) const noexcept {
        std::size_t end = at;
        while (end < json_.size() && json_[end] != '"') {
            end += json_[end] == '\\' ? 2U : 1U;
        }
        return json_.substr(at, end - at);
    }
    Kind status(std::size_t at) const noexcept {
        const std::string_view text = json_.substr(at, 2);
        return text == "st" ? Kind::started : text == "su" ? Kind::succeeded : Kind::failed;
    }
    /// Undoes the writer's own escapes: \" \\ \b \f \n \r \t \u00XX.
    static std::string unescape(std::string_view text) {
        constexpr std::string_view names = "bfnrt";
        constexpr std::string_view bytes = "\b\f\n\r\t";
        std::string plain;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] != '\\') {
                plain += text[i];
            } else if (text[++i] == 'u') {
                plain += static_cast<char>(hex_digit(text[i + 3]) * 16 + hex_digit(text[i + 4]));
                i += 4;
            } else {
                const auto name = names.find(text[i]);
                plain += name == std::string_view::npos ? text[i] : bytes[name];
            }
        }
        return plain;
    }
    static int hex_digit(char byte) noexcept {
        return byte <= '9' ? byte - '0' : (byte | 0x20) - 'a' + 10;
    }

    std::string_view json_;
    std::string_view level_;
    std::string_view timestamp_;
    std::string_view type_;
    std::string unescaped_;
    const Schema* schema_;
    Kind kind_;
};

ELIOT_END_NAMESPACE
