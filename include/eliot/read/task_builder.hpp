// SPDX-License-Identifier: Apache-2.0
#pragma once

// Puts the lines of one task into its tree, in whatever order they come, and knows when the tree is
// complete. The rule is eliot.parse's: an action is complete once it has a start and an end, as
// many children as its end's number asks for, and every child action was complete at some time.

#include <eliot/read/task_store.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

class TaskBuilder {
public:
    TaskBuilder(std::string task_uuid, std::shared_ptr<const SourceNames> sources) {
        store_.task_uuid = std::move(task_uuid);
        store_.sources = std::move(sources);
        store_.nodes.push_back(new_node(0, nothing, true));
    }

    /// Adds a line that `reader` has just read. True if the task is complete now.
    bool add(const LineReader& reader, SourceLine place) {
        const std::uint32_t line = store_line(reader.facts(), place);
        note_oddities(reader, line);
        const auto& level = reader.level();
        const std::uint32_t parent = ensure_action(level);
        const WrittenStatus status = store_.lines[line].status;
        if (status == WrittenStatus::started && level.back() == 1) {
            set_line(parent, &StoredNode::start, line, level);
        } else if (status == WrittenStatus::none || status == WrittenStatus::started) {
            add_message(parent, line, level);
        } else {
            set_line(parent, &StoredNode::end, line, level);
            store_.nodes[parent].end_number = level.back();
        }
        settle(parent);
        return store_.is_complete();
    }

    bool is_complete() const noexcept { return store_.is_complete(); }

    const TaskStore& store() const noexcept { return store_; }

    /// Hands the tree over; the builder is of no use any more.
    TaskStore take() { return std::move(store_); }

private:
    static StoredNode new_node(std::int64_t number, std::uint32_t parent, bool is_action) noexcept {
        return {number, 0,       parent,  nothing,   nothing, nothing, 0,
                0,      nothing, nothing, is_action, false,   true};
    }

    std::uint32_t store_line(const LineFacts& facts, SourceLine place) {
        const auto index = static_cast<std::uint32_t>(store_.lines.size());
        const std::string_view type = facts.type();
        const auto type_offset = type.empty() ? 0 : type.data() - facts.text.data();
        store_.lines.push_back(
            {store_.text.add(facts.text), place.number,
             static_cast<std::uint32_t>(facts.text.size()), place.source,
             static_cast<std::uint32_t>(type_offset), static_cast<std::uint32_t>(type.size()),
             facts.time.value_or(Instant{}), facts.time.has_value(),
             !facts.action_type.empty() && !facts.action_status.empty(), facts.status});
        return index;
    }

    /// The action that holds the line at `level`, with the actions above it.
    std::uint32_t ensure_action(const std::vector<std::int64_t>& level) {
        std::uint32_t node = root_index;
        for (std::size_t depth = 0; depth + 1 < level.size(); ++depth) {
            node = ensure_child_action(node, level[depth]);
        }
        return node;
    }

    std::uint32_t ensure_child_action(std::uint32_t parent, std::int64_t number) {
        const std::uint32_t last = store_.nodes[parent].last_child;
        if (last != nothing && store_.nodes[last].number == number &&
            store_.nodes[last].is_action) {
            return last;
        }
        const std::uint32_t known = find_child(parent, number, true);
        return known != nothing ? known : add_child(parent, number, true);
    }

    /// Nothing to search for where the numbers have only gone up to less than this one.
    std::uint32_t find_child(std::uint32_t parent, std::int64_t number, bool is_action) const {
        const StoredNode& node = store_.nodes[parent];
        const bool newest = node.last_child == nothing ||
                            (node.is_sorted && store_.nodes[node.last_child].number < number);
        return newest ? nothing : index_.find(store_.nodes, parent, number, is_action);
    }

    std::uint32_t add_child(std::uint32_t parent, std::int64_t number, bool is_action) {
        const bool number_is_taken = find_child(parent, number, !is_action) != nothing;
        const auto child = static_cast<std::uint32_t>(store_.nodes.size());
        store_.nodes.push_back(new_node(number, parent, is_action));
        StoredNode& owner = store_.nodes[parent];
        if (owner.last_child == nothing) {
            owner.first_child = child;
        } else {
            owner.is_sorted = owner.is_sorted && store_.nodes[owner.last_child].number < number;
            store_.nodes[owner.last_child].next = child;
        }
        owner.last_child = child;
        owner.child_count += number_is_taken ? 0 : 1;
        owner.open_children += is_action ? 1 : 0;
        index_.add(store_.nodes);
        return child;
    }

    void add_message(std::uint32_t parent, std::uint32_t line,
                     const std::vector<std::int64_t>& level) {
        const std::uint32_t known = find_child(parent, level.back(), false);
        if (known != nothing) {
            set_line(known, &StoredNode::start, line, level);
            return;
        }
        const bool lone = line == 0 && level.size() == 1 && level[0] == 1;
        const std::uint32_t message = add_child(parent, level.back(), false);
        store_.nodes[message].start = line;
        store_.lone_message = lone;
        if (level.back() == 1 && !lone) {
            add_oddity(OddityKind::misplaced_start, line, "a message where a start belongs", level);
        }
    }

    /// As in Eliot the later of two lines of one identity is the one that counts.
    void set_line(std::uint32_t node, std::uint32_t StoredNode::* slot, std::uint32_t line,
                  const std::vector<std::int64_t>& level) {
        const std::uint32_t held = store_.nodes[node].*slot;
        if (held != nothing) {
            note_duplicate(held, line, level);
        }
        store_.nodes[node].*slot = line;
    }

    void note_duplicate(std::uint32_t older, std::uint32_t newer,
                        const std::vector<std::int64_t>& level) {
        const bool same = store_.line_text(older) == store_.line_text(newer);
        Oddity& oddity =
            add_oddity(OddityKind::duplicate, newer,
                       (same ? "the same line as " : "replaces ") + place_text(older), level);
        oddity.kept = store_.line_text(older);
    }

    std::string place_text(std::uint32_t line) const {
        const std::string file = store_.source_name(line);
        return (file.empty() ? "line " : file + ':') + std::to_string(store_.lines[line].number);
    }

    void note_oddities(const LineReader& reader, std::uint32_t line) {
        const LineFacts& facts = reader.facts();
        const auto& level = reader.level();
        if (reader.level_is_text()) {
            add_oddity(OddityKind::odd_level, line, "written as text", level);
        }
        if (std::any_of(level.begin(), level.end(), [](std::int64_t n) { return n < 1; })) {
            add_oddity(OddityKind::odd_level, line, "its numbers begin at 1", level);
        }
        if (!reader.id_is_text() && line == 0) {
            add_oddity(OddityKind::odd_id, line, "not written as text", level);
        }
        if (!facts.time) {
            add_oddity(OddityKind::odd_timestamp, line, timestamp_problem(facts), level);
        }
        note_odd_status(facts, line, level);
    }

    static std::string timestamp_problem(const LineFacts& facts) {
        if (facts.timestamp.empty()) {
            return "there is none";
        }
        return std::string{facts.timestamp} + " is no time of the years 1 to 9999";
    }

    void note_odd_status(const LineFacts& facts, std::uint32_t line,
                         const std::vector<std::int64_t>& level) {
        const bool names_action = !facts.action_type.empty() && facts.action_type != "null";
        if (facts.status == WrittenStatus::unknown) {
            add_oddity(OddityKind::unknown_status, line, facts.action_status, level);
        } else if (facts.status == WrittenStatus::none && names_action) {
            add_oddity(OddityKind::status_missing, line, "action_type without action_status",
                       level);
        } else if (facts.status == WrittenStatus::started && level.back() != 1) {
            add_oddity(OddityKind::misplaced_start, line, "a start not at number 1", level);
        }
    }

    /// `odd timestamp at /2/3: there is none`
    Oddity& add_oddity(OddityKind kind, std::uint32_t line, std::string_view what,
                       const std::vector<std::int64_t>& level) {
        std::string text{to_string(kind)};
        text += " at " + short_level_text(level) + ": ";
        text += what;
        return store_.oddities.emplace_back(Oddity{kind,
                                                   store_.source_name(line),
                                                   store_.lines[line].number,
                                                   store_.task_uuid,
                                                   std::move(text),
                                                   {}});
    }

    /// Completes the action if it can be, then its parents as far as they were waiting for that.
    void settle(std::uint32_t action) {
        for (;;) {
            StoredNode& node = store_.nodes[action];
            const bool whole = node.start != nothing && node.end != nothing &&
                               node.open_children == 0 &&
                               node.end_number == std::int64_t{2} + node.child_count;
            if (node.is_complete || !whole) {
                return;
            }
            node.is_complete = true;
            if (action == root_index) {
                return;
            }
            action = node.parent;
            --store_.nodes[action].open_children;
        }
    }

    TaskStore store_;
    ChildIndex index_;
};

}
ELIOT_END_NAMESPACE
