// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot slow: how long things took, and where the time went.

#include <eliot/read/slow.hpp>

#include "arguments.hpp"

namespace tool {

struct SlowCommand : CommonOptions {
    std::string task;
    std::size_t top = 3;

    Status run() {
        eliot::SlowReport report{{top, time_zone(), !takes_utf8()}};
        const Status status = read_into(report, input, task);
        eliot::TextOutput out = output();
        report.write(out);
        return status;
    }
};

inline void add_slow(CLI::App& program, Run& run) {
    auto options = std::make_shared<SlowCommand>();
    CLI::App& command = *program.add_subcommand(
        "slow", "Shows how long actions took, and where the time of the slowest tasks went");
    add_files(command, *options);
    command.add_option("-u,--task,--task-uuid", options->task,
                       "Only the task of this id, or of an id that begins so");
    command.add_option("--top", options->top, "How many of the slowest tasks are taken apart")
        ->type_name("N")
        ->capture_default_str();
    add_time_zone(command, *options, "--local-timezone");
    add_colours(command, *options);
    command.footer("Example: what the slowest task was waiting for\n"
                   "  eliot slow --top 1 run.log");
    command.callback([options, &run] { run = [options] { return options->run(); }; });
}

}
