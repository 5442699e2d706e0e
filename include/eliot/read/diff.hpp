// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is different between two runs: where the ways of their tasks part and what differed before
// that, what fails now and did not, what takes longer.
//
//     eliot::RunDiff diff{{}};
//     diff.before().add(task);  diff.after().add(other);
//     bool different = diff.write(out);

#include <eliot/read/durations.hpp>
#include <eliot/read/failures.hpp>
#include <eliot/read/task_outline.hpp>
#include <eliot/read/time_text.hpp>

#include <map>
#include <set>

ELIOT_BEGIN_NAMESPACE

struct DiffOptions {
    bool ascii = false;
    std::string before_name = "before";
    std::string after_name = "after";
};

/// One of the two runs. Memory grows with the number of different ways that tasks took.
class RunOutline {
public:
    /// Tasks that took the same way.
    struct Way {
        std::uint64_t count = 0;
        std::size_t order = 0; ///< ways before this one
        std::vector<Task> examples;
    };

    struct RootType {
        std::uint64_t count = 0;
        std::map<std::uint64_t, Way> ways; ///< by fingerprint
    };

    void add(const Task& task) {
        const detail::TaskStore& store = task.store();
        const detail::TaskOutline outline{store};
        RootType& root = roots_[detail::shown_type(store, store.root())];
        ++root.count;
        Way& way = root.ways[outline.fingerprint()];
        way.order = way.count++ == 0 ? root.ways.size() : way.order;
        if (way.examples.size() < most_examples && root.ways.size() <= most_ways) {
            way.examples.push_back(task);
        }
        add_durations(store);
        for (const Failure& failure : find_failures(task)) {
            ++failures_[failure_text(store, failure)];
        }
    }

    const std::map<std::string, RootType>& roots() const noexcept { return roots_; }
    const std::map<std::string, std::uint64_t>& failures() const noexcept { return failures_; }
    const std::map<std::string, detail::Durations>& durations() const noexcept {
        return durations_;
    }

private:
    static constexpr std::size_t most_examples = 8;
    static constexpr std::size_t most_ways = 200;

    void add_durations(const detail::TaskStore& store) {
        for (std::uint32_t node = 0; node < store.nodes.size(); ++node) {
            if (const auto duration = detail::node_duration(store, node)) {
                durations_[detail::shown_type(store, node)].add(*duration);
            }
        }
    }

    static std::string failure_text(const detail::TaskStore& store, const Failure& failure) {
        const std::string where = detail::path_text(store, failure.node);
        return failure.kind == FailureKind::unfinished
                   ? where + ": never ended"
                   : where + ": " + detail::visible(failure.exception);
    }

    std::map<std::string, RootType> roots_;
    std::map<std::string, std::uint64_t> failures_;
    std::map<std::string, detail::Durations> durations_;
};

class RunDiff {
public:
    explicit RunDiff(DiffOptions options)
        : options_(std::move(options)),
          glyphs_(options_.ascii ? detail::ascii_glyphs : detail::unicode_glyphs) {}

    RunOutline& before() noexcept { return before_; }
    RunOutline& after() noexcept { return after_; }

    /// False if there is no difference.
    bool write(TextOutput& out) {
        found_ = false;
        write_roots(out);
        write_failures(out);
        write_slower(out);
        if (!found_) {
            out.line("no difference");
        }
        return found_;
    }

private:
    static constexpr std::size_t most_ways_shown = 5;
    static constexpr std::size_t most_fields_shown = 12;
    static constexpr std::size_t most_slower_shown = 10;
    static constexpr std::size_t most_compared = 64;

    using RootType = RunOutline::RootType;
    using Way = RunOutline::Way;

    void heading(TextOutput& out, const std::string& text) {
        if (std::exchange(found_, true)) {
            out.end_line();
        }
        out.paint(TextStyle::title, text);
        out.end_line();
    }

    void write_roots(TextOutput& out) {
        static const RootType none;
        for (const auto& [type, root] : before_.roots()) {
            const auto other = after_.roots().find(type);
            write_root(out, type, root, other == after_.roots().end() ? none : other->second);
        }
        for (const auto& [type, root] : after_.roots()) {
            if (before_.roots().count(type) == 0) {
                write_root(out, type, none, root);
            }
        }
    }

    void write_root(TextOutput& out, const std::string& type, const RootType& a,
                    const RootType& b) {
        if (a.count == 0 || b.count == 0) {
            heading(out, "only " + (a.count == 0 ? options_.after_name : options_.before_name) +
                             " has tasks " + type + ": " + detail::grouped(a.count + b.count));
            return;
        }
        const auto new_ways = ways_not_in(b, a);
        const auto lost_ways = ways_not_in(a, b);
        std::size_t shown = 0;
        for (const Way* way : new_ways) {
            if (shown++ < most_ways_shown && !way->examples.empty()) {
                write_parting(out, type, a, *way);
            }
        }
        if (new_ways.size() > most_ways_shown) {
            out.line("and " + std::to_string(new_ways.size() - most_ways_shown) +
                     " more new ways of " + type);
        }
        if (new_ways.empty() && !lost_ways.empty()) {
            heading(out, type + ": " + detail::counted(lost_ways.size(), "way") + " that only " +
                             options_.before_name + " took");
        } else if (new_ways.empty()) {
            write_values(out, type, a, b);
        }
    }

    static std::vector<const Way*> ways_not_in(const RootType& some, const RootType& others) {
        std::vector<const Way*> ways;
        for (const auto& [fingerprint, way] : some.ways) {
            if (others.ways.count(fingerprint) == 0) {
                ways.push_back(&way);
            }
        }
        std::sort(ways.begin(), ways.end(), [](const Way* a, const Way* b) {
            return a->count != b->count ? a->count > b->count : a->order < b->order;
        });
        return ways;
    }

    /// The task of the other run that is most like `task`: by the fields it began with, then by how
    /// far the ways are the same.
    static const Task& nearest(const RootType& others, const Task& task) {
        const detail::TaskOutline outline{task.store()};
        const Task* best = nullptr;
        std::pair<std::ptrdiff_t, std::size_t> best_score;
        std::size_t looked_at = 0;
        for (const auto& [fingerprint, way] : others.ways) {
            for (const Task& other : way.examples) {
                if (best != nullptr && looked_at++ > most_compared) {
                    return *best;
                }
                const detail::TaskOutline candidate{other.store()};
                const std::size_t common = detail::common_steps(candidate, outline);
                const auto different =
                    detail::field_differences(candidate, outline, std::min<std::size_t>(common, 1));
                const std::pair score{-static_cast<std::ptrdiff_t>(different.size()), common};
                if (best == nullptr || score > best_score) {
                    best = &other;
                    best_score = score;
                }
            }
        }
        return *best;
    }

    void write_parting(TextOutput& out, const std::string& type, const RootType& a,
                       const Way& way) {
        const Task& after = way.examples.front();
        const Task& before = nearest(a, after);
        const detail::TaskOutline left{before.store()};
        const detail::TaskOutline right{after.store()};
        const std::size_t common = detail::common_steps(left, right);
        heading(out, type + " took another way: " + detail::counted(way.count, "task"));
        out.line("  " + options_.before_name + ": task " + detail::visible(before.task_uuid()));
        out.line("  " + options_.after_name + ": task " + detail::visible(after.task_uuid()));
        if (common != 0) {
            out.line("  the same for " + detail::counted(common, "step") + ", up to " +
                     step_text(left, common - 1, false) + "; then");
        }
        out.line("    " + options_.before_name + ": " + step_text(left, common, true));
        out.line("    " + options_.after_name + ": " + step_text(right, common, true));
        auto different = detail::field_differences(left, right, common);
        std::reverse(different.begin(), different.end()); // what is nearest comes first
        write_fields(out, left, different, ways_noise(a, way), "before that, nearest first");
    }

    std::string step_text(const detail::TaskOutline& outline, std::size_t index,
                          bool with_fields) const {
        if (index >= outline.steps().size()) {
            return "nothing more";
        }
        const detail::OutlineStep& step = outline.steps()[index];
        const detail::TaskStore& task = outline.task();
        std::string text = detail::shown_type(task, step.node);
        if (step.kind == detail::OutlineStep::Kind::end) {
            text += detail::short_level_text(detail::level_of(task, step.node));
            text += step.line == detail::nothing ? " never ended"
                                                 : " ended: " + status_text(task, step);
        } else {
            text += detail::shown_level(task, step.node);
        }
        return with_fields ? text + detail::inline_fields(task, step.line, {}, glyphs_.ellipsis)
                           : text;
    }

    static std::string status_text(const detail::TaskStore& task, const detail::OutlineStep& step) {
        return detail::visible(detail::string_or(task, step.line, "action_status", ""));
    }

    using Names = std::set<std::pair<std::string, std::string>>;

    static std::pair<std::string, std::string> name_of(const detail::TaskOutline& outline,
                                                       const detail::FieldDifference& field) {
        return {std::string{outline.type_of(outline.steps()[field.step])}, field.name};
    }

    /// Fields that differ between tasks that took the same way, so that they explain nothing.
    static void add_noise(Names& names, const Way& way) {
        if (way.examples.size() < 2) {
            return;
        }
        const detail::TaskOutline a{way.examples[0].store()};
        const detail::TaskOutline b{way.examples[1].store()};
        for (const auto& field : detail::field_differences(a, b, a.steps().size())) {
            names.insert(name_of(a, field));
        }
    }

    static Names ways_noise(const RootType& root, const Way& other) {
        Names names;
        for (const auto& [fingerprint, way] : root.ways) {
            add_noise(names, way);
        }
        add_noise(names, other);
        return names;
    }

    void write_fields(TextOutput& out, const detail::TaskOutline& outline,
                      const std::vector<detail::FieldDifference>& fields, const Names& noise,
                      const std::string& where) {
        std::size_t shown = 0;
        std::size_t noisy = 0;
        for (const auto& field : fields) {
            if (noise.count(name_of(outline, field)) != 0) {
                ++noisy;
            } else if (shown++ < most_fields_shown) {
                if (shown == 1) {
                    out.line("  different " + where + ":");
                }
                out.line("    " + step_text(outline, field.step, false) + "  " +
                         detail::visible(field.name) + ": " + value_text(field.left) + " | " +
                         value_text(field.right));
            }
        }
        if (shown > most_fields_shown) {
            out.line("    and " + std::to_string(shown - most_fields_shown) + " more");
        }
        if (noisy != 0) {
            out.line("  not shown: " + detail::counted(noisy, "field") +
                     " that differ from task to task anyway");
        }
    }

    std::string value_text(const std::string& value) const {
        return value.empty()
                   ? "(none)"
                   : detail::shown_value(value, detail::inline_value_limit, glyphs_.ellipsis);
    }

    /// Of one task against one task also what is different without changing the way.
    void write_values(TextOutput& out, const std::string& type, const RootType& a,
                      const RootType& b) {
        if (a.count != 1 || b.count != 1) {
            return;
        }
        const detail::TaskOutline left{a.ways.begin()->second.examples.front().store()};
        const detail::TaskOutline right{b.ways.begin()->second.examples.front().store()};
        const auto fields = detail::field_differences(left, right, left.steps().size());
        if (!fields.empty()) {
            heading(out, type + " took the same way with other values");
            write_fields(out, left, fields, {}, "on the way");
        }
    }

    void write_failures(TextOutput& out) {
        write_failures_not_in(out, after_, before_, "fails only in " + options_.after_name);
        write_failures_not_in(out, before_, after_, "fails only in " + options_.before_name);
    }

    void write_failures_not_in(TextOutput& out, const RunOutline& some, const RunOutline& others,
                               const std::string& title) {
        bool any = false;
        for (const auto& [text, count] : some.failures()) {
            if (others.failures().count(text) == 0) {
                if (!std::exchange(any, true)) {
                    heading(out, title);
                }
                out.line("  " + detail::grouped(count) + (count == 1 ? " time   " : " times  ") +
                         text);
            }
        }
    }

    struct Slower {
        std::string type;
        const detail::Durations* before;
        const detail::Durations* after;

        double cost() const {
            const auto mean = [](const detail::Durations& durations) {
                return static_cast<double>(durations.total()) /
                       static_cast<double>(durations.count());
            };
            return (mean(*after) - mean(*before)) * static_cast<double>(after->count());
        }
    };

    /// Twice as long, or a quarter longer and by a millisecond: less is noise.
    static bool is_slower(std::int64_t before, std::int64_t after) noexcept {
        const std::int64_t more = after - before;
        return (more >= before && more >= 100'000) || (more >= before / 4 && more >= 1'000'000);
    }

    std::vector<Slower> slower() const {
        std::vector<Slower> found;
        for (const auto& [type, after] : after_.durations()) {
            const auto before = before_.durations().find(type);
            if (before != before_.durations().end() &&
                is_slower(before->second.percentile(0.5), after.percentile(0.5))) {
                found.push_back({type, &before->second, &after});
            }
        }
        std::sort(found.begin(), found.end(), [](const Slower& a, const Slower& b) {
            return a.cost() != b.cost() ? a.cost() > b.cost() : a.type < b.type;
        });
        found.resize(std::min(found.size(), most_slower_shown));
        return found;
    }

    void write_slower(TextOutput& out) {
        const auto types = slower();
        if (types.empty()) {
            return;
        }
        heading(out, "slower in " + options_.after_name);
        detail::TextTable table{{"p50 " + options_.before_name, "p50 " + options_.after_name,
                                 "factor", "count", "type"}};
        for (const Slower& each : types) {
            char factor[32];
            const auto a = static_cast<double>(each.before->percentile(0.5));
            const auto b = static_cast<double>(each.after->percentile(0.5));
            std::snprintf(factor, sizeof factor, "%.1f", b / std::max(a, 1.0));
            table.add({duration_text(each.before->percentile(0.5), options_.ascii),
                       duration_text(each.after->percentile(0.5), options_.ascii), factor,
                       detail::grouped(each.after->count()), each.type});
        }
        table.write(out);
    }

    DiffOptions options_;
    const detail::Glyphs& glyphs_;
    RunOutline before_;
    RunOutline after_;
    bool found_ = false;
};

ELIOT_END_NAMESPACE
