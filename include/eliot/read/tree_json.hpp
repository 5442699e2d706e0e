// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tasks as JSON for other programs, one object a line:
//
//     {"task_uuid": "…", "complete": true, "root": NODE, "oddities": ["run.log:7: hole at /3: …"]}
//
// with NODE {"kind": "action", "level": "/2", "type": "…", "status": "succeeded", "start": "/2/1",
// "end": "/2/5", "children": [NODE…]} or {"kind": "message", "level": "/2/2", "type": "…"}; what is
// not there is null.

#include <eliot/read/json_print.hpp>
#include <eliot/read/selection.hpp>
#include <eliot/read/text_output.hpp>

ELIOT_BEGIN_NAMESPACE

class TreeJsonWriter {
public:
    explicit TreeJsonWriter(TextOutput& out) : out_(out) {}

    /// Writes one line. Of a selection only the chosen nodes are there.
    void write(const Task& task, const Selection& selection = {}) {
        task_ = &task.store();
        selection_ = &selection;
        text() += R"({"task_uuid": )";
        append_string(task.task_uuid());
        text() += task.is_complete() ? R"(, "complete": true)" : R"(, "complete": false)";
        text() += R"(, "root": )";
        write_tree();
        text() += R"(, "oddities": [)";
        for (std::size_t i = 0; i < task.oddities().size(); ++i) {
            text() += i == 0 ? "" : ", ";
            append_string(task.oddities()[i].to_string());
        }
        text() += "]}";
        out_.end_line();
    }

private:
    struct Frame {
        std::uint32_t next_child;
        std::size_t level_size;
        bool first;
    };

    std::string& text() noexcept { return out_.text(); }

    void append_string(std::string_view value) { detail::append_ascii_string(text(), value); }

    void write_tree() {
        level_.clear();
        write_node(task_->root());
        while (!stack_.empty()) {
            Frame& top = stack_.back();
            const std::uint32_t child = shown_from(top.next_child);
            if (child == detail::nothing) {
                text() += "]}";
                level_.resize(top.level_size);
                stack_.pop_back();
                continue;
            }
            top.next_child = task_->nodes[child].next;
            text() += std::exchange(top.first, false) ? "" : ", ";
            write_node(child);
            out_.hand_on_if_large();
        }
    }

    std::uint32_t shown_from(std::uint32_t child) const noexcept {
        while (child != detail::nothing && !selection_->shows(child)) {
            child = task_->nodes[child].next;
        }
        return child;
    }

    void write_node(std::uint32_t node) {
        const detail::StoredNode& stored = task_->nodes[node];
        const std::size_t level_size = level_.size();
        if (node != detail::root_index) {
            level_ += '/';
            level_ += std::to_string(stored.number);
        }
        text() += stored.is_action ? R"({"kind": "action", "level": ")"
                                   : R"({"kind": "message", "level": ")";
        text() += level_.empty() ? "/" : std::string_view{level_};
        text() += R"(", "type": )";
        append_type(stored.is_action ? task_->type_line(node) : stored.start);
        if (!stored.is_action) {
            text() += '}';
            level_.resize(level_size);
            return;
        }
        text() += R"(, "status": )";
        append_status(stored);
        append_line(R"(, "start": )", stored.start, 1);
        append_line(R"(, "end": )", stored.end, stored.end_number);
        text() += R"(, "children": [)";
        stack_.push_back({stored.first_child, level_size, true});
    }

    void append_type(std::uint32_t line) {
        const bool known = line != detail::nothing && !task_->type_of(line).empty();
        detail::append_python_json(text(), known ? task_->type_of(line) : "null");
    }

    void append_status(const detail::StoredNode& action) {
        const std::uint32_t line = action.end != detail::nothing ? action.end : action.start;
        const auto status = line == detail::nothing
                                ? std::nullopt
                                : detail::find_member(task_->line_text(line), "action_status");
        detail::append_python_json(text(), status.value_or("null"));
    }

    void append_line(std::string_view name, std::uint32_t line, std::int64_t number) {
        text() += name;
        if (line == detail::nothing) {
            text() += "null";
            return;
        }
        text() += '"';
        text() += level_;
        text() += '/';
        text() += std::to_string(number);
        text() += '"';
    }

    const detail::TaskStore* task_ = nullptr;
    const Selection* selection_ = nullptr;
    TextOutput& out_;
    std::vector<Frame> stack_;
    std::string level_;
};

ELIOT_END_NAMESPACE
