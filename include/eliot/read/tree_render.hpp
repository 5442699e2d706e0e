// SPDX-License-Identifier: Apache-2.0
#pragma once

// A task as a tree that people read, in the layout of eliot-tree: actions with their fields, what
// happened inside, and their ends; below it what is odd about the task.
//
//     std::cout << eliot::tree_text(task);

#include <eliot/read/line_fields.hpp>
#include <eliot/read/node_text.hpp>

ELIOT_BEGIN_NAMESPACE

/// Keeps its buffers from one task to the next.
class TreeRenderer {
public:
    TreeRenderer(TextOutput& out, TreeOptions options)
        : out_(out), options_(std::move(options)), text_(out_, options_) {}

    TreeRenderer(const TreeRenderer&) = delete;
    TreeRenderer& operator=(const TreeRenderer&) = delete;

    /// Writes one task, with an empty line after it. Of a selection the chosen nodes are shown.
    void render(const Task& task, const Selection& selection = {}) {
        task_ = &task.store();
        selection_ = &selection;
        const std::string id = detail::visible(task.task_uuid());
        out_.paint(TextStyle::title, id);
        out_.end_line();
        write_node(task_->root(), true);
        while (!stack_.empty()) {
            step();
        }
        if (!options_.plain) {
            write_oddities(task);
        }
        out_.end_line();
    }

private:
    /// An item whose own items are being written: its fields, its children, its end.
    struct Frame {
        std::size_t fields_begin;
        std::size_t next_field;
        std::size_t fields_end;
        std::uint32_t node;       ///< of an action, else nothing
        std::uint32_t next_child; ///< that is shown
        std::size_t hidden;
        bool has_end;
        std::size_t prefix_size; ///< what the prefix and the level were without this frame
        std::size_t level_size;
    };

    /// Beyond this many levels a line says how deep it is, instead of drawing that.
    static constexpr std::size_t most_levels_drawn = 1000;
    static constexpr std::size_t most_oddities = 20;

    void step() {
        Frame& top = stack_.back();
        if (top.next_field < top.fields_end) {
            write_field(top.next_field++);
        } else if (top.next_child != detail::nothing) {
            const std::uint32_t child = top.next_child;
            top.next_child = shown_from(task_->nodes[child].next);
            write_node(child, is_last(top));
        } else if (top.hidden != 0) {
            const std::size_t hidden = std::exchange(top.hidden, 0);
            write_hidden(hidden, is_last(top));
        } else if (std::exchange(top.has_end, false)) {
            write_end(top.node);
        } else {
            pop();
        }
    }

    static bool is_last(const Frame& frame) noexcept {
        return frame.next_field == frame.fields_end && frame.next_child == detail::nothing &&
               frame.hidden == 0 && !frame.has_end;
    }

    void pop() {
        const Frame& top = stack_.back();
        fields_.pop_to(top.fields_begin);
        prefix_.resize(top.prefix_size);
        level_.resize(top.level_size);
        stack_.pop_back();
    }

    bool draws_levels() const noexcept { return stack_.size() <= most_levels_drawn; }

    void begin_item(bool last) {
        const detail::Glyphs& glyphs = text_.glyphs();
        const std::string_view branch = last ? glyphs.last_branch : glyphs.branch;
        if (!draws_levels()) {
            out_.paint(TextStyle::note, '[' + std::to_string(stack_.size()) + " deep] ");
        } else if (out_.has_colours()) {
            out_.paint(TextStyle::faint, prefix_ + std::string{branch});
            return;
        } else {
            out_.text() += prefix_;
        }
        out_.text() += branch;
    }

    /// Begins to write what belongs to the item that has just been written.
    Frame& push(std::size_t fields_begin, bool last) {
        const detail::Glyphs& glyphs = text_.glyphs();
        stack_.push_back({fields_begin, fields_begin, fields_.size(), detail::nothing,
                          detail::nothing, 0, false, prefix_.size(), level_.size()});
        if (draws_levels()) {
            prefix_ += last ? glyphs.blank : glyphs.line;
        }
        return stack_.back();
    }

    void write_node(std::uint32_t node, bool last) {
        const detail::StoredNode& stored = task_->nodes[node];
        begin_item(last);
        const std::size_t level_size = level_.size();
        const std::string level = node == detail::root_index ? "" : extended_level(stored.number);
        if (stored.is_action) {
            text_.append_start(*task_, node, level + "/1");
        } else {
            text_.append_message(*task_, stored.start, level);
        }
        out_.end_line();
        Frame& frame = push(push_fields(stored.start), last);
        frame.level_size = level_size;
        if (stored.is_action) {
            level_ = draws_levels() ? level : level_;
            frame.node = node;
            frame.has_end = stored.end != detail::nothing;
            frame.next_child = shown_from(stored.first_child);
            frame.hidden = count_hidden(stored.first_child);
        }
    }

    std::size_t push_fields(std::uint32_t line) {
        return line == detail::nothing
                   ? fields_.size()
                   : fields_.push_line(task_->line_text(line), options_.ignored_fields);
    }

    /// The level of a child of the current action; its middle is left out where levels are not
    /// drawn any more.
    std::string extended_level(std::int64_t number) const {
        const bool whole = draws_levels();
        const std::string_view level = level_;
        return std::string{whole ? level : level.substr(0, level.find('/', 15))} +
               (whole ? "/" : "/…/") + std::to_string(number);
    }

    void write_end(std::uint32_t node) {
        const detail::StoredNode& action = task_->nodes[node];
        begin_item(true);
        text_.append_end(*task_, action.end, level_ + '/' + std::to_string(action.end_number));
        out_.end_line();
        push(push_fields(action.end), true);
    }

    void write_field(std::size_t index) {
        const detail::ShownField field = fields_[index];
        const bool last = is_last(stack_.back());
        const bool container = detail::is_container(detail::json_kind(field.value));
        begin_item(last);
        write_key(field);
        if (container) {
            out_.end_line();
            push(fields_.push_container(field.value), last);
            return;
        }
        if (options_.field_limit != 0) {
            text_.append_value(field.value);
        } else {
            const auto& glyphs = text_.glyphs();
            text_.append_whole_value(field.value,
                                     prefix_ + std::string{last ? glyphs.blank : glyphs.line});
        }
        out_.end_line();
    }

    void write_key(const detail::ShownField& field) {
        const bool in_list = field.key.data() == nullptr;
        const std::string key = in_list ? std::to_string(field.index) : detail::visible(field.key);
        out_.paint(TextStyle::key, key);
        out_.text() += ": ";
    }

    void write_hidden(std::size_t count, bool last) {
        begin_item(last);
        std::string note{text_.glyphs().ellipsis};
        note += ' ' + std::to_string(count) + " not shown";
        out_.paint(TextStyle::note, note);
        out_.end_line();
    }

    bool shows(std::uint32_t node) const noexcept {
        const bool too_deep =
            options_.depth != 0 && stack_.size() >= options_.depth && task_->nodes[node].is_action;
        return !too_deep && selection_->shows(node);
    }

    std::uint32_t shown_from(std::uint32_t child) const noexcept {
        while (child != detail::nothing && !shows(child)) {
            child = task_->nodes[child].next;
        }
        return child;
    }

    std::size_t count_hidden(std::uint32_t child) const noexcept {
        std::size_t hidden = 0;
        if (!options_.plain && (options_.depth != 0 || !selection_->shows_all())) {
            for (; child != detail::nothing; child = task_->nodes[child].next) {
                hidden += shows(child) ? 0U : 1U;
            }
        }
        return hidden;
    }

    void write_oddities(const Task& task) {
        std::size_t left = task.oddities().size();
        for (const Oddity& oddity : task.oddities()) {
            if (task.oddities().size() - left == most_oddities) {
                out_.paint(TextStyle::note,
                           "! and " + std::to_string(left) + " more oddities: see eliot check");
                out_.end_line();
                return;
            }
            --left;
            out_.paint(TextStyle::note, "! " + detail::visible(oddity.to_string()));
            out_.end_line();
        }
    }

    const detail::TaskStore* task_ = nullptr;
    const Selection* selection_ = nullptr;
    TextOutput& out_;
    TreeOptions options_;
    detail::NodeText text_;
    detail::FieldStack fields_;
    std::vector<Frame> stack_;
    std::string prefix_;
    std::string level_;
};

/// A task as text, an empty line at the end.
inline std::string tree_text(const Task& task, TreeOptions options = {}) {
    std::string text;
    TextOutput out{[&](std::string_view part) { text += part; }};
    TreeRenderer{out, std::move(options)}.render(task);
    out.flush();
    return text;
}

ELIOT_END_NAMESPACE
