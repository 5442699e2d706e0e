// SPDX-License-Identifier: Apache-2.0
#pragma once

// A log as a person reads it in the text of a failure: an indented tree, one line for each message
// and action, with its fields where they fit.
//
//     signin → failed  username="john"
//     ├── check  ok=true
//     └── failed  exception="std::runtime_error", reason="no such user"

#include <eliot/config.hpp>
#include <eliot/context/wire.hpp>
#include <eliot/core/field.hpp>
#include <eliot/testing/logged.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A value as JSON, at most `most` bytes, which are more than a few.
inline std::string short_value(const nlohmann::json& value, std::size_t most) {
    std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    if (text.size() > most) {
        constexpr std::string_view more = "…";
        most -= more.size();
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) {
            --most; // not within a character
        }
        text.resize(most);
        text += more;
    }
    return text;
}

/// How many characters a text shows, if none is wide.
inline std::size_t width_of(std::string_view text) noexcept {
    std::size_t width = 0;
    for (const char byte : text) {
        width += (static_cast<unsigned char>(byte) & 0xc0) != 0x80 ? 1U : 0U;
    }
    return width;
}

/// Draws the tree. At most so many lines that a terminal keeps them.
class LogText {
public:
    /// `marked`, if it is not null, is a line of the log that `mark` is written behind.
    explicit LogText(std::string_view indent, const nlohmann::json* marked = nullptr,
                     std::string_view mark = {})
        : indent_{indent}, marked_{marked}, mark_{mark} {}

    std::string draw(const std::vector<nlohmann::json>& messages) {
        return draw(testing::LoggedAction::roots(messages));
    }
    std::string draw(const std::vector<testing::LoggedChild>& roots) {
        for (const testing::LoggedChild& root : roots) {
            node(root, {}, {});
        }
        if (count_ > most_lines) {
            text_ += indent_ + "… and " + std::to_string(count_ - most_lines) + " more lines\n";
        } else if (count_ == 0) {
            text_ += indent_ + "(empty)\n";
        }
        return text_;
    }

private:
    static constexpr std::size_t most_lines = 200;
    /// Catch2 wraps lines by their bytes, at 77 with its own indent.
    static constexpr std::size_t most_bytes = 76;
    static constexpr std::size_t least_of_a_value = 20;

    /// The text of a traceback repeats the two fields beside it, at length.
    static bool is_shown(const std::string& name, const nlohmann::json& message) {
        return !is_reserved(name) &&
               (name != "traceback" || text_member(message, "message_type") != wire::traceback);
    }

    /// `first` stands before the node's own line, `rest` before those below it.
    void node(const testing::LoggedChild& child, const std::string& first,
              const std::string& rest) {
        if (const auto* action = std::get_if<testing::LoggedAction>(&child)) {
            this->action(*action, first, rest);
        } else {
            const auto& message = std::get<testing::LoggedMessage>(child);
            line(first, rest, message.type(), &message.message());
        }
    }
    void action(const testing::LoggedAction& action, const std::string& first,
                const std::string& rest) {
        line(first, rest, title(action), action.is_started() ? &action.start_message() : nullptr);
        const bool has_end = action.is_finished() && has_fields(action.end_message());
        const auto& children = action.children();
        for (std::size_t i = 0; i < children.size(); ++i) {
            const bool last = i + 1 == children.size() && !has_end;
            node(children[i], rest + (last ? "└── " : "├── "), rest + (last ? "    " : "│   "));
        }
        if (has_end) {
            line(rest + "└── ", rest + "    ", action.succeeded() ? "succeeded" : "failed",
                 &action.end_message());
        }
    }
    static std::string title(const testing::LoggedAction& action) {
        return action.type() + (action.is_started() ? "" : " (started before the log)") +
               (!action.is_finished() ? " → never ended"
                : action.succeeded()  ? " → succeeded"
                                      : " → failed");
    }

    static bool has_fields(const nlohmann::json& message) {
        for (const auto& [name, value] : message.items()) {
            if (is_shown(name, message)) {
                return true;
            }
        }
        return false;
    }
    void line(const std::string& first, const std::string& rest, const std::string& title,
              const nlohmann::json* message) {
        const std::string mark = mark_of(message);
        const auto fields = fields_of(message, {});
        std::string all;
        for (const std::string& field : fields) {
            all += (all.empty() ? "  " : ", ") + field;
        }
        if (fits(first + title + all + mark)) {
            write(first + title + all + mark);
            return;
        }
        write(first + title + mark);
        for (const std::string& field : fields_of(message, rest + "    ")) {
            write(field);
        }
    }
    /// Each behind `before`; such that they fit.
    std::vector<std::string> fields_of(const nlohmann::json* message,
                                       const std::string& before) const {
        std::vector<std::string> fields;
        if (message == nullptr) {
            return fields;
        }
        for (const auto& [name, value] : message->items()) {
            if (is_shown(name, *message)) {
                const std::size_t used = indent_.size() + before.size() + name.size();
                const std::size_t room = used < most_bytes ? most_bytes - used : 0;
                fields.push_back(before + name + "=" +
                                 short_value(value, std::max(room, least_of_a_value)));
            }
        }
        return fields;
    }
    bool fits(const std::string& line) const noexcept {
        return indent_.size() + line.size() <= most_bytes;
    }
    std::string mark_of(const nlohmann::json* message) const {
        const bool is_marked = message != nullptr && marked_ != nullptr && *message == *marked_;
        return is_marked ? "  ← " + std::string{mark_} : "";
    }
    void write(const std::string& line) {
        if (++count_ <= most_lines) {
            text_ += indent_ + line + "\n";
        }
    }

    std::string indent_;
    const nlohmann::json* marked_;
    std::string_view mark_;
    std::string text_;
    std::size_t count_ = 0;
};

} // namespace detail

namespace testing {

/// Drawn as in the texts of failures.
inline std::ostream& operator<<(std::ostream& out, const LoggedChild& child) {
    return out << '\n' << eliot::detail::LogText{"    "}.draw(std::vector{child});
}
inline std::ostream& operator<<(std::ostream& out, const LoggedMessage& message) {
    return out << LoggedChild{message};
}
inline std::ostream& operator<<(std::ostream& out, const LoggedAction& action) {
    return out << LoggedChild{action};
}

} // namespace testing
ELIOT_END_NAMESPACE
