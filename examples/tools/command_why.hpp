// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot why: what failed, and how it came about.

#include <eliot/read/why.hpp>

#include "arguments.hpp"

namespace tool {

struct WhyCommand : CommonOptions {
    std::string task;

    Status run() {
        eliot::WhyReport report{{time_zone(), !takes_utf8(), wants_colours(colours)}};
        const Status status = read_into(report, input, task);
        eliot::TextOutput out = output();
        const bool any = report.write(out);
        return status != all_well ? status : any ? found_something : all_well;
    }
};

inline void add_why(CLI::App& program, Run& run) {
    auto options = std::make_shared<WhyCommand>();
    CLI::App& command = *program.add_subcommand(
        "why", "Tells how each kind of failure came about; exit status 1 if there is one");
    add_files(command, *options);
    command.add_option("-u,--task,--task-uuid", options->task,
                       "Only the task of this id, or of an id that begins so");
    add_time_zone(command, *options, "--local-timezone");
    add_colours(command, *options);
    command.footer("Example: why did it stop\n"
                   "  eliot why run.log");
    command.callback([options, &run] { run = [options] { return options->run(); }; });
}

}
