// SPDX-License-Identifier: Apache-2.0
#pragma once

// Why something failed: one entry for each kind of failure, however often it came, with the story
// of the first one, or the first one that made its task fail. Actions that never ended are suspects
// too.
//
//     eliot::WhyReport report{{}};
//     report.add(task);
//     bool any = report.write(out);

#include <eliot/read/failure_story.hpp>

#include <map>
#include <tuple>

ELIOT_BEGIN_NAMESPACE

struct WhyOptions {
    TimeZone time_zone = TimeZone::utc;
    bool ascii = false;
    bool colours = false;
};

/// Memory grows with the number of different failures, not with that of tasks.
class WhyReport {
public:
    explicit WhyReport(WhyOptions options) : options_(options) {}

    void add(const Task& task) {
        for (const Failure& failure : find_failures(task)) {
            add(task, failure);
        }
    }

    /// False if there was nothing to write about. Kinds come in the order of their first time.
    bool write(TextOutput& out) const {
        const auto kinds = in_order();
        write_summary(out, kinds);
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            write_kind(out, *kinds[i], i + 1);
        }
        return !kinds.empty();
    }

private:
    /// Failures that are told as one.
    struct Kind {
        FailureKind kind = FailureKind::failed;
        std::string reason;
        std::string title;
        std::string path;
        std::string task_uuid;
        std::string story;
        std::uint64_t count = 0;  ///< 0 once it is told as part of another one
        std::uint64_t logged = 0; ///< tracebacks elsewhere that say the same
        bool other_reasons = false;
        bool reaches_root = false; ///< in the story that is told the whole task failed
        std::size_t order = 0;     ///< kinds before this one
        std::optional<Instant> first;
        std::optional<Instant> last;
    };

    static constexpr std::size_t most_reasons = 8;
    static constexpr std::size_t most_buckets = 2000;
    static constexpr std::size_t most_words = 20'000;

    /// With everything that holds a digit replaced.
    static std::string without_numbers(std::string_view text) {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = at;
            bool number = false;
            while (end < text.size() && detail::is_name_part(text[end])) {
                number = number || detail::is_digit(text[end]);
                ++end;
            }
            end = std::max(end, at + 1);
            out += number ? "#" : text.substr(at, end - at);
            at = end;
        }
        return out;
    }

    void add(const Task& task, const Failure& failure) {
        const std::string words = failure.exception + '\n' + failure.reason;
        if (failure.kind == FailureKind::logged && by_words_.count(words) != 0) {
            ++kinds_[by_words_[words]].logged;
            return;
        }
        const std::string path = detail::path_text(task.store(), failure.node);
        const std::size_t index = kind_for(failure, path);
        const bool reaches_root = failure.outermost == task.store().root();
        if (kinds_[index].count == 0 || (reaches_root && !kinds_[index].reaches_root)) {
            describe(kinds_[index], task, failure, path);
            kinds_[index].reaches_root = reaches_root;
        }
        count(kinds_[index], task.store(), failure);
        if (failure.kind == FailureKind::failed && by_words_.size() < most_words) {
            by_words_.emplace(words, index);
        }
    }

    /// Failures on the same way that differ in numbers only share a bucket. Few reasons in it are
    /// told apart, many are one.
    std::size_t kind_for(const Failure& failure, const std::string& path) {
        std::string key = std::to_string(static_cast<int>(failure.kind)) + '\n' + path + '\n' +
                          failure.exception + '\n';
        if (buckets_.size() < most_buckets) {
            key += without_numbers(failure.reason);
        }
        std::vector<std::size_t>& bucket = buckets_[key];
        for (const std::size_t index : bucket) {
            if (kinds_[index].other_reasons || kinds_[index].reason == failure.reason) {
                return index;
            }
        }
        if (bucket.size() == most_reasons) {
            merge(bucket);
            return bucket[0];
        }
        bucket.push_back(kinds_.size());
        kinds_.emplace_back();
        kinds_.back().reason = failure.reason;
        kinds_.back().order = bucket.back();
        return bucket.back();
    }

    void merge(std::vector<std::size_t>& bucket) {
        Kind& first = kinds_[bucket[0]];
        first.other_reasons = true;
        for (std::size_t i = 1; i < bucket.size(); ++i) {
            Kind& other = kinds_[bucket[i]];
            first.count += std::exchange(other.count, 0);
            first.logged += other.logged;
            widen(first, other.first);
            widen(first, other.last);
        }
        bucket.resize(1);
    }

    static void widen(Kind& kind, std::optional<Instant> time) {
        if (time) {
            kind.first = kind.first ? std::min(*kind.first, *time) : *time;
            kind.last = kind.last ? std::max(*kind.last, *time) : *time;
        }
    }

    void describe(Kind& kind, const Task& task, const Failure& failure, const std::string& path) {
        kind.kind = failure.kind;
        kind.path = path;
        kind.title = title_of(task.store(), failure);
        kind.task_uuid = task.task_uuid();
        kind.story.clear();
        TextOutput story{[&](std::string_view text) { kind.story += text; }, 0, options_.colours};
        detail::FailureStory{story, task.store(), failure, options_.ascii}.write();
    }

    static std::string title_of(const detail::TaskStore& task, const Failure& failure) {
        const std::string type = detail::shown_type(task, failure.node);
        if (failure.kind == FailureKind::unfinished) {
            return type + " never ended";
        }
        std::string title = detail::visible(failure.exception);
        if (!failure.reason.empty()) {
            title += ": ";
            detail::append_cut_value(title, failure.reason, 160, "…");
        }
        return title;
    }

    static void count(Kind& kind, const detail::TaskStore& task, const Failure& failure) {
        ++kind.count;
        const detail::StoredLine& line = task.lines[failure.line];
        widen(kind, line.has_time ? std::optional{line.time} : std::nullopt);
    }

    std::vector<const Kind*> in_order() const {
        std::vector<const Kind*> kinds;
        for (const Kind& kind : kinds_) {
            if (kind.count != 0) {
                kinds.push_back(&kind);
            }
        }
        const auto rank = [](const Kind* kind) {
            return std::tuple{kind->kind == FailureKind::unfinished,
                              kind->first.value_or(last_instant), kind->order};
        };
        std::sort(kinds.begin(), kinds.end(),
                  [&](const Kind* a, const Kind* b) { return rank(a) < rank(b); });
        return kinds;
    }

    void write_summary(TextOutput& out, const std::vector<const Kind*>& kinds) const {
        std::uint64_t counts[3] = {};
        for (const Kind* kind : kinds) {
            counts[static_cast<std::size_t>(kind->kind)] += kind->count;
        }
        std::string text = detail::counted(counts[0], "failure");
        text += counts[1] == 0 ? "" : ", " + detail::counted(counts[1], "traceback");
        text += counts[2] == 0 ? "" : ", " + detail::counted(counts[2], "unfinished action");
        out.paint(TextStyle::title, text);
        out.end_line();
        if (kinds.size() > 1) {
            write_table(out, kinds);
        }
    }

    void write_table(TextOutput& out, const std::vector<const Kind*>& kinds) const {
        detail::TimeWriter times{options_.time_zone, ' '};
        detail::TextTable table{{"#", "times", "first", "last", "what"}};
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            const Kind& kind = *kinds[i];
            table.add({std::to_string(i + 1), detail::grouped(kind.count),
                       time_text(times, kind.first), time_text(times, kind.last), kind.title});
        }
        out.end_line();
        table.write(out);
    }

    static std::string time_text(detail::TimeWriter& times, std::optional<Instant> time) {
        std::string text;
        if (time) {
            times.append_seconds(text, *time);
        }
        return text;
    }

    void write_kind(TextOutput& out, const Kind& kind, std::size_t number) const {
        out.end_line();
        out.paint(kind.kind == FailureKind::unfinished ? TextStyle::unfinished : TextStyle::failed,
                  std::to_string(number) + ". " + kind.title);
        out.end_line();
        out.line("   " + kind.path);
        out.line("   " + times_text(kind));
        if (kind.other_reasons) {
            out.line("   with many reasons of this form; the first one is shown");
        }
        if (kind.logged != 0) {
            out.line("   also logged as a traceback elsewhere: " + detail::grouped(kind.logged) +
                     (kind.logged == 1 ? " time" : " times"));
        }
        out.line("   " + std::string{kind.count == 1 ? "task " : "for example task "} +
                 detail::visible(kind.task_uuid));
        out.end_line();
        write_story(out, kind.story);
    }

    std::string times_text(const Kind& kind) const {
        detail::TimeWriter times{options_.time_zone, ' '};
        std::string text = kind.count == 1 ? "once" : detail::grouped(kind.count) + " times";
        if (kind.first) {
            text += kind.count == 1 ? ", " : ", first ";
            text += time_text(times, kind.first);
        }
        if (kind.count > 1 && kind.last) {
            text += ", last " + time_text(times, kind.last);
        }
        return text;
    }

    static void write_story(TextOutput& out, std::string_view story) {
        while (!story.empty()) {
            const std::size_t end = story.find('\n');
            out.line("   " + std::string{story.substr(0, end)});
            story.remove_prefix(end + 1);
        }
    }

    WhyOptions options_;
    std::deque<Kind> kinds_;
    std::map<std::string, std::vector<std::size_t>> buckets_;
    std::map<std::string, std::size_t> by_words_;
};

ELIOT_END_NAMESPACE
