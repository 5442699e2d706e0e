// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot diff: what is different between two runs, or between two tasks.

#include <eliot/read/diff.hpp>

#include "arguments.hpp"

namespace tool {

struct DiffCommand : CommonOptions {
    std::vector<std::string> runs;
    std::vector<std::string> tasks;

    Status run() {
        eliot::RunDiff diff{{!takes_utf8(), "A", "B"}};
        const Status read_a = read(runs.front(), task(0), diff.before());
        const Status read_b = read(runs.back(), task(1), diff.after());
        if (std::max(read_a, read_b) != all_well) {
            return std::max(read_a, read_b);
        }
        eliot::TextOutput out = output();
        out.line("A: " + named(runs.front(), task(0)));
        out.line("B: " + named(runs.back(), task(1)));
        out.end_line();
        return diff.write(out) ? found_something : all_well;
    }

    void check() const {
        if (runs.size() == 1 && tasks.size() != 2) {
            refuse("A", "one log needs two tasks to compare: --task ID --task ID");
        }
    }

private:
    /// One --task means the same id in both runs.
    std::string task(std::size_t run) const {
        return tasks.empty() ? "" : tasks[std::min(run, tasks.size() - 1)];
    }

    static std::string named(const std::string& path, const std::string& id) {
        return eliot::detail::visible(id.empty() ? path : path + ", task " + id);
    }

    Status read(const std::string& path, const std::string& id, eliot::RunOutline& outline) const {
        Input reader{{{path}, input.invalid}};
        TaskChoice wanted{id};
        reader.read_tasks([&](const eliot::Task& each) {
            if (wanted.takes(each)) {
                outline.add(each);
            }
        });
        return wanted.checked(reader.status(), path);
    }
};

inline void add_diff(CLI::App& program, Run& run) {
    auto options = std::make_shared<DiffCommand>();
    CLI::App& command = *program.add_subcommand(
        "diff", "Shows where two runs part, and what is slower or fails in the second; exit status "
                "1 if they differ");
    command.add_option("A B", options->runs, "Two logs, or one with two tasks")
        ->required()
        ->expected(1, 2);
    command
        .add_option("-u,--task,--task-uuid", options->tasks,
                    "Only the task of this id, or of an id that begins so; twice: the one of A and "
                    "the one of B")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add_invalid(command, *options);
    add_colours(command, *options);
    command.footer("Example: since yesterday it takes longer\n"
                   "  eliot diff yesterday.log today.log\n"
                   "Example: why did this one go wrong and that one not\n"
                   "  eliot diff --task 4ee78e08 --task 782a0979 run.log");
    command.callback([options, &run] {
        options->check();
        run = [options] { return options->run(); };
    });
}

}
