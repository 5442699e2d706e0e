// SPDX-License-Identifier: Apache-2.0
#pragma once

// From lines to tasks. Takes anything: what cannot be part of a task ends up in a list of oddities,
// and what is odd about a task in the task's own. Never throws on account of its input, never
// recurses; time grows with the lines, memory with the tasks that are still open.
//
//     eliot::Parser parser;
//     for (const eliot::Task& task : parser.add_line(line)) { … }     // complete ones
//     for (const eliot::Task& task : parser.incomplete_tasks()) { … } // what is left at the end

#include <eliot/read/finished_ids.hpp>
#include <eliot/read/task.hpp>
#include <eliot/read/task_builder.hpp>

#include <istream>
#include <unordered_map>

ELIOT_BEGIN_NAMESPACE

/// Several files may be fed one after the other: they are one log, and the lines of a task may come
/// in any order from any of them. Not for several threads at once.
class Parser {
public:
    /// Late lines are told from early ones for this many tasks that were complete.
    static constexpr std::size_t default_memory = 65'536;

    /// `remembered_tasks`: 0 remembers all of them, at about 16 bytes each.
    explicit Parser(std::size_t remembered_tasks = default_memory) : finished_(remembered_tasks) {}

    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    /// From now on lines come from the file of this name, of which so many lines were there before.
    void begin_file(std::string name, std::uint64_t lines_before = 0) {
        line_number_ = lines_before;
        const std::size_t searched = std::min<std::size_t>(sources_->size(), 16);
        const auto found = std::find(
            sources_->rbegin(), sources_->rbegin() + static_cast<std::ptrdiff_t>(searched), name);
        if (found != sources_->rbegin() + static_cast<std::ptrdiff_t>(searched)) {
            source_ = static_cast<std::uint32_t>(sources_->rend() - found - 1);
            return;
        }
        sources_->push_back(std::move(name));
        source_ = static_cast<std::uint32_t>(sources_->size() - 1);
    }

    /// Adds a line, with or without its `\n`. Returns the task that it completes, if it does. A
    /// line that cannot be part of a task is added to oddities().
    std::vector<Task> add_line(std::string_view line) {
        ++line_number_;
        if (!line.empty() && line.back() == '\n') {
            line.remove_suffix(1);
        }
        return add_text(line);
    }

    /// Adds a message that is no text yet.
    std::vector<Task> add(const nlohmann::json& message) {
        ++line_number_;
        std::string text;
        detail::append_json(text, message);
        return add_text(text);
    }

    /// Tasks that lines are missing of, in the order they were first seen. The parser goes on with
    /// them: what comes later is not in these.
    std::vector<Task> incomplete_tasks() const {
        std::vector<Task> tasks;
        for (const OpenTask* open : in_order<const OpenTask>(open_)) {
            tasks.push_back(finished(detail::TaskStore{open->builder.store()}, open->is_late));
        }
        return tasks;
    }

    /// The same, and the parser forgets them.
    std::vector<Task> take_incomplete_tasks() {
        std::vector<Task> tasks;
        for (OpenTask* open : in_order<OpenTask>(open_)) {
            tasks.push_back(finished(open->builder.take(), open->is_late));
        }
        last_ = nullptr;
        open_.clear();
        return tasks;
    }

    /// Lines that are part of no task, since the last call of take_oddities().
    const std::vector<Oddity>& oddities() const noexcept { return oddities_; }
    std::vector<Oddity> take_oddities() { return std::exchange(oddities_, {}); }

    /// Lines of the current file so far.
    std::uint64_t line_number() const noexcept { return line_number_; }

    /// Tasks that are in memory now.
    std::size_t open_tasks() const noexcept { return open_.size(); }

    /// What the last line said, for programs that look at lines as well; good until the next line,
    /// and only if that one was not refused.
    const detail::LineReader& last_line() const noexcept { return reader_; }

    /// Reads a whole log: `on_task(Task)` is called for every task once it is complete, and at the
    /// end for every incomplete one; `on_oddity(const Oddity&)` for every line that is part of
    /// none.
    template <class OnTask, class OnOddity>
    static void parse_stream(std::istream& log, OnTask&& on_task, OnOddity&& on_oddity) {
        Parser parser;
        for (std::string line; std::getline(log, line);) {
            for (Task& task : parser.add_line(line)) {
                on_task(std::move(task));
            }
            for (const Oddity& oddity : parser.take_oddities()) {
                on_oddity(oddity);
            }
        }
        for (Task& task : parser.take_incomplete_tasks()) {
            on_task(std::move(task));
        }
    }

    template <class OnTask>
    static void parse_stream(std::istream& log, OnTask&& on_task) {
        parse_stream(log, on_task, [](const Oddity&) {});
    }

private:
    struct OpenTask {
        detail::TaskBuilder builder;
        std::uint64_t order;
        bool is_late;
    };

    struct IdHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view id) const noexcept {
            return static_cast<std::size_t>(detail::id_hash(id));
        }
    };

    using OpenTasks = std::unordered_map<std::string, OpenTask, IdHash, std::equal_to<>>;

    std::vector<Task> add_text(std::string_view line) {
        if (!reader_.read(line)) {
            oddities_.push_back({reader_.problem(),
                                 (*sources_)[source_],
                                 line_number_,
                                 {},
                                 reader_.problem_text(),
                                 std::string{line}});
            return {};
        }
        OpenTask& task = find_or_open();
        const detail::SourceLine place{source_, line_number_};
        std::vector<Task> completed;
        if (task.builder.add(reader_, place)) {
            completed.push_back(finished(task.builder.take(), task.is_late));
            finished_.add(reader_.task_uuid());
            open_.erase(open_.find(std::string_view{reader_.task_uuid()}));
            last_ = nullptr;
        }
        return completed;
    }

    /// Most lines belong to the task of the line before.
    OpenTask& find_or_open() {
        const std::string_view id = reader_.task_uuid();
        if (last_ != nullptr && last_->first == id) {
            return last_->second;
        }
        auto found = open_.find(id);
        if (found == open_.end()) {
            found = open_
                        .emplace(std::string{id},
                                 OpenTask{detail::TaskBuilder{std::string{id}, sources_}, opened_++,
                                          finished_.contains(id)})
                        .first;
        }
        last_ = &*found;
        return last_->second;
    }

    static Task finished(detail::TaskStore store, bool is_late) {
        if (is_late) {
            detail::finish_late_tree(store);
        } else {
            detail::finish_tree(store);
        }
        return Task{std::make_shared<const detail::TaskStore>(std::move(store))};
    }

    template <class Open, class Map>
    static std::vector<Open*> in_order(Map& open) {
        std::vector<Open*> tasks;
        tasks.reserve(open.size());
        for (auto& entry : open) {
            tasks.push_back(&entry.second);
        }
        std::sort(tasks.begin(), tasks.end(),
                  [](const OpenTask* a, const OpenTask* b) { return a->order < b->order; });
        return tasks;
    }

    std::shared_ptr<detail::SourceNames> sources_ = std::make_shared<detail::SourceNames>(1);
    std::uint32_t source_ = 0;
    std::uint64_t line_number_ = 0;
    std::uint64_t opened_ = 0;
    detail::LineReader reader_;
    OpenTasks open_;
    OpenTasks::value_type* last_ = nullptr;
    detail::FinishedIds finished_;
    std::vector<Oddity> oddities_;
};

ELIOT_END_NAMESPACE
