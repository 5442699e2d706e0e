// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot recover: completes logs whose writers were killed, from the chunks that they left behind.

#include <eliot/output/recover.hpp>
#include <eliot/read/task_summary.hpp>

#include "arguments.hpp"

namespace tool {

struct RecoverCommand {
    std::vector<std::string> files;

    Status run() const {
        Status status = all_well;
        eliot::TextOutput out{writer()};
        for (const std::string& file : files) {
            std::error_code error;
            const eliot::Recovered found = eliot::recover(file, error);
            if (!error && found.processes == 0 && ::access(file.c_str(), R_OK) != 0) {
                error = {errno, std::generic_category()};
            }
            if (error) {
                complain(file + ": " + error.message());
                status = unusable;
            } else {
                out.line(eliot::detail::visible(file) + ": " + described(found));
            }
        }
        return status;
    }

private:
    static std::string described(const eliot::Recovered& found) {
        if (found.processes == 0) {
            return "nothing to recover";
        }
        return eliot::detail::counted(found.lines, "line") + " added, " +
               (found.completed_line ? "a torn line completed, " : "") + "from " +
               std::to_string(found.processes) +
               (found.processes == 1 ? " process that was" : " processes that were") + " killed";
    }
};

inline void add_recover(CLI::App& program, Run& run) {
    auto options = std::make_shared<RecoverCommand>();
    CLI::App& command = *program.add_subcommand(
        "recover", "Adds what killed processes had logged and not written (.survive_kill)");
    command.add_option("FILE", options->files, "Logs; FILE.chunks is what a process left")
        ->option_text("...")
        ->required();
    command.footer(
        "Lines that are in the log already are not added again; a process that lives is\n"
        "left alone.\n"
        "\n"
        "Example:\n"
        "  eliot recover run.log");
    command.callback([options, &run] { run = [options] { return options->run(); }; });
}

}
