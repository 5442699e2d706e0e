// SPDX-License-Identifier: Apache-2.0
#pragma once

// Why something is slow: how long actions of each type took, all in all and by themselves, and
// where the time of the slowest tasks went.
//
//     eliot::SlowReport report{{.tasks = 3}};
//     report.add(task);
//     report.write(out);

#include <eliot/read/critical_path.hpp>

#include <map>

ELIOT_BEGIN_NAMESPACE

struct SlowOptions {
    /// How many of the slowest tasks are taken apart.
    std::size_t tasks = 3;
    TimeZone time_zone = TimeZone::utc;
    bool ascii = false;
};

/// Memory grows with the number of types, and with the size of the slowest tasks.
class SlowReport {
public:
    explicit SlowReport(SlowOptions options) : options_(options) {}

    void add(const Task& task) {
        const detail::TaskStore& store = task.store();
        if (store.lone_message) {
            return;
        }
        const detail::TaskTimes times{store};
        for (std::uint32_t node = 0; node < store.nodes.size(); ++node) {
            if (store.nodes[node].is_action && store.type_line(node) != detail::nothing) {
                add_action(store, times, node);
            }
        }
        if (times[detail::root_index].known) {
            keep_if_slow(task, times.length(detail::root_index));
        }
    }

    void write(TextOutput& out) const {
        if (types_.empty()) {
            out.line("no actions");
            return;
        }
        write_types(out);
        for (const auto& [length, task] : slowest_) {
            out.end_line();
            write_task(out, task);
        }
    }

private:
    struct Type {
        detail::Durations durations;
        std::int64_t own_time = 0;
        std::uint64_t failed = 0;
        std::uint64_t unfinished = 0;
    };

    using Types = std::map<std::string, Type, std::less<>>;

    void add_action(const detail::TaskStore& store, const detail::TaskTimes& times,
                    std::uint32_t node) {
        Type& type = type_of(store.type_of(store.type_line(node)));
        type.failed += detail::is_failed(store, node) ? 1U : 0U;
        type.unfinished += store.nodes[node].end == detail::nothing ? 1U : 0U;
        if (detail::node_duration(store, node)) {
            type.durations.add(times.length(node));
            type.own_time = detail::added(type.own_time, times.own_time(node));
        }
    }

    Type& type_of(std::string_view name) {
        const auto found = types_.find(name);
        return found != types_.end() ? found->second
                                     : types_.emplace(std::string{name}, Type{}).first->second;
    }

    void keep_if_slow(const Task& task, std::int64_t length) {
        if (slowest_.size() < options_.tasks ||
            (!slowest_.empty() && length > slowest_.back().first)) {
            const auto place = std::find_if(slowest_.begin(), slowest_.end(),
                                            [&](const auto& each) { return each.first < length; });
            slowest_.insert(place, {length, task});
            slowest_.resize(std::min(slowest_.size(), options_.tasks), slowest_.front());
        }
    }

    void write_types(TextOutput& out) const {
        std::vector<const Types::value_type*> sorted;
        for (const auto& each : types_) {
            sorted.push_back(&each);
        }
        std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) {
            return std::pair{b->second.own_time, a->first} <
                   std::pair{a->second.own_time, b->first};
        });
        detail::TextTable table{{"count", "failed", "unfinished", "total", "own", "p50", "p95",
                                 "p99", "max", "type (own: without the actions inside)"}};
        for (const auto* each : sorted) {
            table.add(row_of(each->first, each->second));
        }
        table.write(out);
    }

    std::vector<std::string> row_of(const std::string& name, const Type& type) const {
        const auto text = [&](std::int64_t nanoseconds) {
            return type.durations.count() == 0 ? std::string{"-"}
                                               : duration_text(nanoseconds, options_.ascii);
        };
        std::string shown;
        detail::append_python_text(shown, name.empty() ? "\"<unnamed>\"" : std::string_view{name});
        return {detail::grouped(type.durations.count() + type.unfinished),
                detail::grouped(type.failed),
                detail::grouped(type.unfinished),
                text(type.durations.total()),
                text(type.own_time),
                text(type.durations.percentile(0.5)),
                text(type.durations.percentile(0.95)),
                text(type.durations.percentile(0.99)),
                text(type.durations.most()),
                detail::visible(shown)};
    }

    void write_task(TextOutput& out, const Task& task) const {
        const detail::TaskStore& store = task.store();
        out.paint(TextStyle::title, "task " + detail::visible(task.task_uuid()));
        const std::uint32_t start = store.nodes[detail::root_index].start;
        if (detail::has_time(store, start)) {
            std::string time = "  ";
            detail::TimeWriter{options_.time_zone, ' '}.append_seconds(time,
                                                                       store.lines[start].time);
            out.paint(TextStyle::faint, time);
        }
        out.end_line();
        detail::CriticalPath{out, store, options_.ascii}.write();
    }

    SlowOptions options_;
    Types types_;
    std::vector<std::pair<std::int64_t, Task>> slowest_;
};

ELIOT_END_NAMESPACE
