// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot check and eliot stats: what is odd about a log, and what is in it.

#include <eliot/read/check.hpp>
#include <eliot/read/stats.hpp>

#include "arguments.hpp"

namespace tool {

struct CheckCommand : CommonOptions {
    /// Invalid lines are oddities like others here, unless they are to be skipped.
    Status run() {
        eliot::TextOutput out = output();
        eliot::LogCheck check{out};
        Input reader{input, false};
        reader.on_invalid = [&](const eliot::Oddity& oddity) {
            if (input.invalid != InvalidLines::skip) {
                check.add(oddity);
            }
            if (input.invalid == InvalidLines::fail) {
                throw InvalidLine{};
            }
        };
        reader.read_tasks([&](const eliot::Task& task) { check.add(task); }, 0);
        const bool clean = check.finish(reader.lines());
        return reader.status() != all_well ? reader.status() : clean ? all_well : found_something;
    }
};

struct StatsCommand : CommonOptions {
    Status run() {
        eliot::TextOutput out = output();
        eliot::LogStats stats;
        Input reader{input};
        if (input.invalid == InvalidLines::report) {
            reader.on_invalid = [&](const eliot::Oddity& oddity) { stats.add(oddity); };
        }
        reader.read_tasks([&](const eliot::Task& task) { stats.add(task); });
        stats.write(out, {reader.files(), reader.lines(), reader.bytes()}, time_zone());
        return reader.status();
    }
};

inline void add_check(CLI::App& program, Run& run) {
    auto options = std::make_shared<CheckCommand>();
    CLI::App& command = *program.add_subcommand(
        "check", "Lists what is odd about a log; exit status 1 if anything is");
    add_files(command, *options);
    add_colours(command, *options);
    command.footer("Example: before a log is sent to somebody\n"
                   "  eliot check run.log && gzip run.log");
    command.callback([options, &run] { run = [options] { return options->run(); }; });
}

inline void add_stats(CLI::App& program, Run& run) {
    auto options = std::make_shared<StatsCommand>();
    CLI::App& command =
        *program.add_subcommand("stats", "Counts tasks, actions and messages by type");
    add_files(command, *options);
    add_time_zone(command, *options, "--local-timezone");
    add_colours(command, *options);
    command.footer("Example: what is in a log that nobody knows\n"
                   "  eliot stats run.log");
    command.callback([options, &run] { run = [options] { return options->run(); }; });
}

}
