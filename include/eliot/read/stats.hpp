// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is in a log, in figures: lines, tasks, actions by type and how they ended, messages by type.
//
//     eliot::LogStats stats;
//     stats.add(task);
//     stats.write(out, {});

#include <eliot/read/task_summary.hpp>
#include <eliot/read/time_text.hpp>

#include <map>

ELIOT_BEGIN_NAMESPACE

/// Memory grows with the number of different types.
class LogStats {
public:
    /// What was read, for the first line of the report.
    struct Read {
        std::uint64_t files = 0;
        std::uint64_t lines = 0;
        std::uint64_t bytes = 0;
    };

    void add(const Task& task) {
        const detail::TaskStore& store = task.store();
        ++tasks_;
        incomplete_ += task.is_complete() ? 0U : 1U;
        for (const Oddity& oddity : task.oddities()) {
            add(oddity);
        }
        for (const detail::StoredLine& line : store.lines) {
            if (line.has_time) {
                first_ = std::min(first_, line.time);
                last_ = std::max(last_, line.time);
            }
        }
        add_nodes(store);
    }

    void add(const Oddity& oddity) { ++oddities_[to_string(oddity.kind)]; }

    void write(TextOutput& out, const Read& read, TimeZone zone = TimeZone::utc) const {
        out.line(detail::counted(read.files, "file") + ", " + detail::counted(read.lines, "line") +
                 ", " + size_text(read.bytes));
        write_times(out, read, zone);
        out.line(detail::counted(tasks_, "task") + ": " + detail::grouped(tasks_ - incomplete_) +
                 " complete, " + detail::grouped(incomplete_) + " incomplete");
        out.line(actions_text() + ", at most " + detail::counted(deepest_, "level") + " deep");
        out.line(detail::counted(messages_, "message"));
        write_types(out);
        write_oddities(out);
    }

private:
    struct Counts {
        std::uint64_t count = 0;
        std::uint64_t failed = 0;
        std::uint64_t unfinished = 0;
    };

    using Types = std::map<std::string, Counts, std::less<>>;

    void add_nodes(const detail::TaskStore& store) {
        std::vector<std::uint32_t> depths(store.nodes.size(), 1);
        for (std::uint32_t node = 0; node < store.nodes.size(); ++node) {
            const detail::StoredNode& stored = store.nodes[node];
            if (node != detail::root_index) {
                depths[node] = depths[stored.parent] + 1;
            }
            if (!stored.is_action) {
                ++messages_;
                ++counts_of(message_types_, type_key(store, stored.start)).count;
            } else if (!store.lone_message) {
                deepest_ = std::max<std::uint64_t>(deepest_, depths[node]);
                add_action(store, node);
            }
        }
    }

    /// The type as the log has it, a JSON value; empty without one.
    static std::string_view type_key(const detail::TaskStore& store, std::uint32_t line) {
        return line == detail::nothing ? std::string_view{} : store.type_of(line);
    }

    static Counts& counts_of(Types& types, std::string_view type) {
        const auto found = types.find(type);
        return found != types.end() ? found->second
                                    : types.emplace(std::string{type}, Counts{}).first->second;
    }

    void add_action(const detail::TaskStore& store, std::uint32_t node) {
        Counts& counts = counts_of(action_types_, type_key(store, store.type_line(node)));
        for (Counts* each : {&counts, &actions_}) {
            ++each->count;
            each->failed += detail::is_failed(store, node) ? 1U : 0U;
            each->unfinished += store.nodes[node].end == detail::nothing ? 1U : 0U;
        }
    }

    std::string actions_text() const {
        const std::uint64_t succeeded = actions_.count - actions_.failed - actions_.unfinished;
        return detail::counted(actions_.count, "action") + ": " + detail::grouped(succeeded) +
               " succeeded, " + detail::grouped(actions_.failed) + " failed, " +
               detail::grouped(actions_.unfinished) + " unfinished";
    }

    static std::string size_text(std::uint64_t bytes) {
        char text[64];
        const double size = static_cast<double>(bytes);
        if (bytes < 10'000) {
            return detail::counted(bytes, "byte");
        }
        std::snprintf(text, sizeof text, "%.1f %s", bytes < 10'000'000 ? size / 1e3 : size / 1e6,
                      bytes < 10'000'000 ? "kB" : "MB");
        return text;
    }

    void write_times(TextOutput& out, const Read& read, TimeZone zone) const {
        if (first_ > last_) {
            return;
        }
        detail::TimeWriter times{zone, ' '};
        std::string text = "from ";
        times.append_seconds(text, first_);
        text += " to ";
        times.append_seconds(text, last_);
        const std::int64_t nanoseconds = nanoseconds_between(first_, last_);
        text += ", " + duration_text(nanoseconds);
        if (nanoseconds > 1'000'000) {
            const double rate =
                static_cast<double>(read.lines) * 1e9 / static_cast<double>(nanoseconds);
            text += ", " + detail::counted(static_cast<std::uint64_t>(rate + 0.5), "line") +
                    " a second";
        }
        out.line(text);
    }

    static std::vector<std::pair<std::string, Counts>> by_count(const Types& types) {
        std::vector<std::pair<std::string, Counts>> sorted(types.begin(), types.end());
        std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
            return std::pair{b.second.count, a.first} < std::pair{a.second.count, b.first};
        });
        return sorted;
    }

    static std::string shown(const std::string& type) {
        std::string text;
        if (type.empty()) {
            return "<unnamed>";
        }
        detail::append_python_text(text, type);
        return detail::visible(text);
    }

    void write_types(TextOutput& out) const {
        if (!action_types_.empty()) {
            detail::TextTable table{{"actions", "failed", "unfinished", "type"}};
            for (const auto& [type, counts] : by_count(action_types_)) {
                table.add({detail::grouped(counts.count), detail::grouped(counts.failed),
                           detail::grouped(counts.unfinished), shown(type)});
            }
            out.end_line();
            table.write(out);
        }
        if (!message_types_.empty()) {
            detail::TextTable table{{"messages", "type"}};
            for (const auto& [type, counts] : by_count(message_types_)) {
                table.add({detail::grouped(counts.count), shown(type)});
            }
            out.end_line();
            table.write(out);
        }
    }

    void write_oddities(TextOutput& out) const {
        if (!oddities_.empty()) {
            detail::TextTable table{{"oddities", "kind (eliot check says where)"}};
            for (const auto& [kind, count] : oddities_) {
                table.add({detail::grouped(count), std::string{kind}});
            }
            out.end_line();
            table.write(out);
        }
    }

    std::uint64_t tasks_ = 0;
    std::uint64_t incomplete_ = 0;
    std::uint64_t messages_ = 0;
    std::uint64_t deepest_ = 0;
    Counts actions_;
    Types action_types_;
    Types message_types_;
    std::map<std::string_view, std::uint64_t> oddities_;
    Instant first_ = last_instant;
    Instant last_ = first_instant;
};

ELIOT_END_NAMESPACE
