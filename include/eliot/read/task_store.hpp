// SPDX-License-Identifier: Apache-2.0
#pragma once

// How one task is kept in memory: the text of its lines, one after the other, and two flat arrays
// that say where in the tree each line stands. No node owns another one, so a task of any depth is
// built, walked and destroyed without recursion.

#include <eliot/read/line.hpp>
#include <eliot/read/text_blocks.hpp>

#include <deque>
#include <memory>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The names of the files that lines came from. Grows only; shared by a parser and its tasks.
using SourceNames = std::deque<std::string>;

/// Where a line stands: the index of its file among the SourceNames, and its number, from 1.
struct SourceLine {
    std::uint32_t source = 0;
    std::uint64_t number = 0;
};

inline constexpr std::uint32_t nothing = 0xFFFFFFFF;
inline constexpr std::uint32_t root_index = 0;

struct StoredLine {
    const char* text; ///< in the task's TextBlocks
    std::uint64_t number;
    std::uint32_t length;
    std::uint32_t source;
    std::uint32_t type_offset;
    std::uint32_t type_length;
    Instant time;
    bool has_time;
    bool is_action_line; ///< has an action_type and an action_status, of whatever kind
    WrittenStatus status;
};

/// An action, or a message. The level of a node is its parent's level and its own number.
struct StoredNode {
    std::int64_t number;
    std::int64_t end_number; ///< of the line that ends an action
    std::uint32_t parent;
    std::uint32_t first_child;
    std::uint32_t last_child;
    std::uint32_t next;        ///< the next child of the same parent
    std::uint32_t child_count; ///< different numbers among the children
    std::uint32_t open_children;
    std::uint32_t start; ///< the line that starts an action; a message's only line
    std::uint32_t end;   ///< the line that ends an action
    bool is_action;
    bool is_complete;
    bool is_sorted; ///< its children stand in the order of their numbers
};

struct TaskStore {
    std::string task_uuid;
    TextBlocks text;
    std::vector<StoredLine> lines;
    std::vector<StoredNode> nodes;
    std::vector<Oddity> oddities;
    std::shared_ptr<const SourceNames> sources;
    bool lone_message = false; ///< one line at /1 that belongs to no action
    bool is_late = false;      ///< all lines came after the task was complete

    std::string_view line_text(std::uint32_t line) const noexcept {
        return {lines[line].text, lines[line].length};
    }

    /// The type as it stands in the line, a JSON value; empty if the line has none.
    std::string_view type_of(std::uint32_t line) const noexcept {
        return line_text(line).substr(lines[line].type_offset, lines[line].type_length);
    }

    /// The node that a reader takes for the root: the root action, or a message without one.
    std::uint32_t root() const noexcept {
        return lone_message ? nodes[root_index].first_child : root_index;
    }

    bool is_complete() const noexcept { return lone_message || nodes[root_index].is_complete; }

    std::string source_name(std::uint32_t line) const {
        return sources ? (*sources)[lines[line].source] : std::string{};
    }

    /// The line that says an action's type: its start, else its end.
    std::uint32_t type_line(std::uint32_t node) const noexcept {
        return nodes[node].start != nothing ? nodes[node].start : nodes[node].end;
    }
};

/// The numbers of a node's level, outermost first.
inline std::vector<std::int64_t> level_of(const TaskStore& task, std::uint32_t node) {
    std::vector<std::int64_t> numbers;
    for (; node != root_index; node = task.nodes[node].parent) {
        numbers.push_back(task.nodes[node].number);
    }
    std::reverse(numbers.begin(), numbers.end());
    return numbers;
}

/// `/2/3`; the root is `/`.
inline std::string level_text(const std::vector<std::int64_t>& numbers) {
    std::string out;
    for (const std::int64_t number : numbers) {
        out += '/';
        out += std::to_string(number);
    }
    return out.empty() ? "/" : out;
}

/// The same with the middle left out if it is long: `/2/2/2/…(99990)…/2/2/1`.
inline std::string short_level_text(const std::vector<std::int64_t>& numbers) {
    constexpr std::ptrdiff_t kept = 8;
    const auto size = static_cast<std::ptrdiff_t>(numbers.size());
    if (size <= 4 * kept) {
        return level_text(numbers);
    }
    return level_text({numbers.begin(), numbers.begin() + kept}) + "/…(" +
           std::to_string(size - 2 * kept) + ")…" +
           level_text({numbers.end() - kept, numbers.end()});
}

/// Finds children by number. Linear while a task is small, a table of node indices from then on.
class ChildIndex {
public:
    /// The child of `parent` with this number and kind, or `nothing`.
    std::uint32_t find(const std::vector<StoredNode>& nodes, std::uint32_t parent,
                       std::int64_t number, bool is_action) const noexcept {
        if (slots_.empty()) {
            return find_linearly(nodes, parent, number, is_action);
        }
        for (std::size_t slot = home(parent, number);; slot = (slot + 1) & (slots_.size() - 1)) {
            const std::uint32_t node = slots_[slot];
            if (node == nothing || matches(nodes[node], parent, number, is_action)) {
                return node;
            }
        }
    }

    /// Takes note of the last of `nodes`.
    void add(const std::vector<StoredNode>& nodes) {
        if (nodes.size() * 2 > slots_.size()) {
            grow(nodes);
        } else {
            place(nodes, static_cast<std::uint32_t>(nodes.size() - 1));
        }
    }

private:
    static constexpr std::size_t most_searched_linearly = 16;

    static bool matches(const StoredNode& node, std::uint32_t parent, std::int64_t number,
                        bool is_action) noexcept {
        return node.parent == parent && node.number == number && node.is_action == is_action;
    }

    static std::uint32_t find_linearly(const std::vector<StoredNode>& nodes, std::uint32_t parent,
                                       std::int64_t number, bool is_action) noexcept {
        for (std::size_t node = 1; node < nodes.size(); ++node) {
            if (matches(nodes[node], parent, number, is_action)) {
                return static_cast<std::uint32_t>(node);
            }
        }
        return nothing;
    }

    std::size_t home(std::uint32_t parent, std::int64_t number) const noexcept {
        std::uint64_t hash = static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15U + parent;
        hash = (hash ^ (hash >> 32U)) * 0xD6E8FEB86659FD93U;
        return static_cast<std::size_t>(hash ^ (hash >> 32U)) & (slots_.size() - 1);
    }

    void place(const std::vector<StoredNode>& nodes, std::uint32_t node) noexcept {
        std::size_t slot = home(nodes[node].parent, nodes[node].number);
        while (slots_[slot] != nothing) {
            slot = (slot + 1) & (slots_.size() - 1);
        }
        slots_[slot] = node;
    }

    void grow(const std::vector<StoredNode>& nodes) {
        if (nodes.size() <= most_searched_linearly) {
            return;
        }
        slots_.assign(std::max<std::size_t>(slots_.size() * 2, 64), nothing);
        for (std::uint32_t node = 1; node < nodes.size(); ++node) {
            place(nodes, node);
        }
    }

    std::vector<std::uint32_t> slots_;
};

}
ELIOT_END_NAMESPACE
