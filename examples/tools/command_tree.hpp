// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot tree: the tasks of a log as trees.

#include <eliot/read/tree_json.hpp>
#include <eliot/read/tree_render.hpp>

#include "arguments.hpp"
#include "follow.hpp"

namespace tool {

struct TreeCommand : CommonOptions {
    eliot::TreeOptions tree;
    std::string task;
    std::vector<std::string> select;
    std::string min_duration;
    std::string start;
    std::string end;
    bool failed = false;
    bool json = false;
    bool follow = false;

    Status run() {
        tree.time_zone = time_zone();
        tree.ascii = tree.ascii || !takes_utf8();
        const eliot::Selector selector = make_selector();
        eliot::TextOutput out = output();
        eliot::TreeRenderer renderer{out, tree};
        eliot::TreeJsonWriter json_writer{out};
        TaskChoice wanted{task};
        const auto show = [&](const eliot::Task& each) {
            if (!wanted.takes(each)) {
                return;
            }
            const auto chosen = selector.choose(each);
            if (chosen && json) {
                json_writer.write(each, *chosen);
            } else if (chosen) {
                renderer.render(each, *chosen);
            }
            if (follow) {
                out.flush();
            }
        };
        if (follow) {
            return follow_tasks(input, show);
        }
        Input reader{input, false};
        reader.read_tasks(show);
        return wanted.checked(reader.status());
    }

    /// Every condition that the options ask for.
    eliot::Selector make_selector() const {
        eliot::Selector selector;
        for (const std::string& each : select) {
            selector.add(lines_matching(parse_expression("--select", each)));
        }
        if (failed) {
            selector.add(eliot::failed_actions());
        }
        if (!min_duration.empty()) {
            selector.add(
                eliot::actions_lasting(tool::parse_duration("--min-duration", min_duration)));
        }
        if (!start.empty() || !end.empty()) {
            selector.add(eliot::between(parse_time("--start", start), parse_time("--end", end)));
        }
        return selector;
    }

    /// Messages, and actions of which the start or the end matches, with all that is inside.
    static eliot::Condition lines_matching(eliot::Expression expression) {
        return {[expression = std::move(expression)](const eliot::detail::TaskStore& store,
                                                     std::uint32_t node) {
                    const auto matches = [&](std::uint32_t line) {
                        return line != eliot::detail::nothing &&
                               expression.matches(store.line_text(line));
                    };
                    return matches(store.nodes[node].start) || matches(store.nodes[node].end);
                },
                eliot::Reach::subtree};
    }
};

inline void add_tree(CLI::App& program, Run& run) {
    auto options = std::make_shared<TreeCommand>();
    CLI::App& command = *program.add_subcommand("tree", "Shows the tasks of a log as trees");
    add_files(command, *options);
    command.add_option("-u,--task,--task-uuid", options->task,
                       "Only the task of this id, or of an id that begins so");
    command.add_flag("--failed", options->failed,
                     "Only tasks with a failed action: that, and the actions it is in");
    command
        .add_option("--select", options->select,
                    "Only what an expression is true of, and the actions it is in; of several all "
                    "must be. The language: eliot filter --help")
        ->type_name("EXPR")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        .add_option("--min-duration", options->min_duration,
                    "Only actions that took at least so long, or never ended")
        ->type_name("10ms");
    command.add_option("--start", options->start, "Only what happened at or after this time")
        ->type_name("TIME");
    command.add_option("--end", options->end, "Only what happened before this time")
        ->type_name("TIME");
    command.add_option("--depth", options->tree.depth, "Only so many levels of actions")
        ->type_name("N");
    command
        .add_option("-i,--ignore,--ignore-task-key", options->tree.ignored_fields,
                    "Leaves out the field of this name")
        ->type_name("KEY")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command
        .add_option("-l,--field-limit", options->tree.field_limit,
                    "Characters of a value that are shown; 0 is all, with all its lines")
        ->type_name("N")
        ->capture_default_str();
    command.add_flag("--raw", options->tree.raw, "Times and durations as seconds");
    add_time_zone(command, *options, "--local-timezone");
    command.add_flag("--ascii", options->tree.ascii, "Draws with ASCII characters");
    command.add_flag("--plain", options->tree.plain,
                     "Exactly what eliot-tree shows: durations in seconds, nothing about what is "
                     "unfinished or odd");
    add_colours(command, *options);
    command.add_flag("--json", options->json, "One JSON object a task, for other programs");
    command.add_flag("-f,--follow", options->follow,
                     "Waits for more, and shows each task when it is complete");
    command.footer("Example: what failed last night, three levels of it\n"
                   "  eliot tree --failed --depth 3 --start 2026-11-21T22:00 run.log");
    command.callback([options, &run] {
        options->make_selector(); // finds mistakes now
        run = [options] { return options->run(); };
    });
}

}
