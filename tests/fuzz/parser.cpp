// SPDX-License-Identifier: Apache-2.0

// The parser keeps every line of a log: in the tree of one task, or beside it because another line
// has its place, or in the list of lines that are part of no task, with its number and what is
// wrong with it. A tree is one, in the order of its numbers, and is complete if nothing is missing.

#include "fuzz.hpp"

#include <map>

namespace {

using eliot::OddityKind;
using eliot::detail::nothing;
using eliot::detail::StoredNode;
using eliot::detail::TaskStore;
using fuzz::require;
using Lines = std::vector<std::string_view>;

void check_refused(const Lines& lines, const eliot::Oddity& oddity, std::vector<int>& seen) {
    require(oddity.line >= 1 && oddity.line <= lines.size(), "a refused line has a number");
    const std::string_view line = lines[oddity.line - 1];
    require(is_invalid_line(oddity.kind), "a line is refused for what it is", oddity.text);
    require(oddity.kept == line, "a refused line is kept as it was", line);
    require(oddity.text.rfind(to_string(oddity.kind), 0) == 0, "an oddity names its kind");
    const std::string_view text = fuzz::trimmed(line); // nlohmann_json ends at a NUL
    const bool object = text.find('\0') == std::string_view::npos && nlohmann::json::accept(text) &&
                        text.front() == '{';
    require(!object || oddity.kind == OddityKind::not_eliot, "an object is JSON", line);
    ++seen[oddity.line - 1];
}

bool is_kept_beside(const eliot::Task& task, std::string_view line) {
    for (const eliot::Oddity& oddity : task.oddities()) {
        if (oddity.kind == OddityKind::duplicate && oddity.kept == line) {
            return true;
        }
    }
    return false;
}

std::vector<char> lines_in_the_tree(const TaskStore& store) {
    std::vector<char> used(store.lines.size(), 0);
    for (const StoredNode& node : store.nodes) {
        for (const std::uint32_t line : {node.start, node.end}) {
            require(line == nothing || !std::exchange(used.at(line), 1), "a line has one place");
        }
    }
    return used;
}

void check_lines(const Lines& lines, const eliot::Task& task, std::vector<int>& seen) {
    const TaskStore& store = task.store();
    const std::vector<char> used = lines_in_the_tree(store);
    for (std::uint32_t i = 0; i < store.lines.size(); ++i) {
        const std::uint64_t number = store.lines[i].number;
        require(number >= 1 && number <= lines.size(), "a line of a task has a number");
        const std::string_view text = store.line_text(i);
        require(text == fuzz::trimmed(lines[number - 1]), "a line is kept as it was", text);
        require(used[i] || is_kept_beside(task, text), "no line of a task is lost", text);
        ++seen[number - 1];
    }
}

void check_children(const TaskStore& store, std::uint32_t parent, std::vector<char>& reached) {
    const StoredNode& owner = store.nodes[parent];
    std::uint32_t last = nothing;
    for (std::uint32_t child = owner.first_child; child != nothing;
         child = store.nodes[child].next) {
        const StoredNode& node = store.nodes.at(child);
        require(node.parent == parent && child > parent, "a child knows its parent");
        require(!std::exchange(reached[child], 1), "a node has one place");
        require(node.is_action || node.start != nothing, "a message has its line");
        require(last == nothing || store.nodes[last].number < node.number ||
                    (store.nodes[last].number == node.number && node.is_action),
                "children stand in the order of their numbers");
        last = child;
    }
    require(owner.last_child == last, "the last child is known");
}

void check_tree(const eliot::Task& task) {
    const TaskStore& store = task.store();
    std::vector<char> reached(store.nodes.size(), 0);
    reached[0] = 1;
    for (std::uint32_t node = 0; node < store.nodes.size(); ++node) {
        check_children(store, node, reached);
    }
    require(std::count(reached.begin(), reached.end(), 0) == 0, "every node is in the tree");
}

bool is_missing_something(const eliot::Oddity& oddity) {
    return oddity.kind == OddityKind::hole || oddity.kind == OddityKind::missing_start ||
           oddity.kind == OddityKind::missing_end || oddity.kind == OddityKind::start_not_seen;
}

/// eliot.parse counts: a line too many makes good for one that is missing.
bool is_extra(const eliot::Oddity& oddity) {
    return oddity.kind == OddityKind::after_end || oddity.kind == OddityKind::duplicate ||
           oddity.kind == OddityKind::misplaced_start || oddity.kind == OddityKind::odd_level;
}

void check_completeness(const eliot::Task& task) {
    const auto& oddities = task.oddities();
    const bool missing = std::any_of(oddities.begin(), oddities.end(), is_missing_something);
    require(task.is_complete() || !oddities.empty(), "an incomplete task says why",
            task.task_uuid());
    const bool extra = std::any_of(oddities.begin(), oddities.end(), is_extra);
    require(!task.is_complete() || !missing || extra, "what a complete task misses is outnumbered",
            task.task_uuid());
}

/// Everything that the tree of a task says when a program walks through it.
void walk(const eliot::WrittenNode& root, std::string& out) {
    std::vector<eliot::WrittenNode> open{root};
    while (!open.empty()) {
        const eliot::WrittenNode node = std::move(open.back());
        open.pop_back();
        if (node.is_message()) {
            const auto& message = node.message();
            out += 'M' + message.level_text() + message.type().value_or("-") + '\n';
            out += eliot::detail::visible(message.text());
            continue;
        }
        const auto& action = node.action();
        out += 'A' + action.level_text() + action.action_type().value_or("-") +
               action.status().value_or("-") + action.reason().value_or("") + '\n';
        out += std::to_string(action.duration().value_or(-1));
        for (const auto& child : action.children()) {
            open.push_back(child);
        }
    }
}

/// As nlohmann_json reads it, where that does.
void check_values(const eliot::Task& task) {
    for (std::uint32_t i = 0; i < task.store().lines.size(); ++i) {
        const std::string_view text = task.store().line_text(i);
        const auto theirs = nlohmann::json::parse(text, nullptr, false);
        const auto ours = eliot::detail::json_from_text(text);
        require(theirs.is_discarded() || ours == theirs, "values are as nlohmann has them", text);
        std::string again;
        eliot::detail::append_json(again, ours);
        require(eliot::detail::JsonScanner{}.scan(again), "what is written is JSON", again);
    }
}

/// In another order the lines of a task without an oddity make the same tree.
void check_order(Lines lines, const fuzz::Log& log) {
    std::map<std::string, std::string> expected;
    for (const eliot::Task& task : log.tasks) {
        const bool fresh = expected.emplace(task.task_uuid(), std::string{}).second;
        if (!fresh || !task.oddities().empty()) {
            return;
        }
        walk(task.root(), expected[task.task_uuid()]);
    }
    std::reverse(lines.begin(), lines.end());
    for (const eliot::Task& task : fuzz::read(lines).tasks) {
        std::string text;
        walk(task.root(), text);
        require(text == expected[task.task_uuid()], "the order of lines makes no difference", text);
    }
}

}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Lines lines = fuzz::lines_of(fuzz::text_of(data, size));
    const fuzz::Log log = fuzz::read(lines);
    std::vector<int> seen(lines.size(), 0);
    for (const eliot::Oddity& oddity : log.refused) {
        check_refused(lines, oddity, seen);
    }
    std::string walked;
    for (const eliot::Task& task : log.tasks) {
        check_lines(lines, task, seen);
        check_tree(task);
        check_completeness(task);
        check_values(task);
        walk(task.root(), walked);
    }
    require(std::count(seen.begin(), seen.end(), 1) == static_cast<std::ptrdiff_t>(lines.size()),
            "every line is kept once");
    check_order(lines, log);
    return 0;
}
