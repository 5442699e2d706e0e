// SPDX-License-Identifier: Apache-2.0

// The program eliot: reads the logs that the library writes. Each command is in a header of its
// own; what they do is in include/eliot/read.

#include <eliot/version.hpp>

#include "command_check.hpp"
#include "command_diff.hpp"
#include "command_lines.hpp"
#include "command_recover.hpp"
#include "command_slow.hpp"
#include "command_tree.hpp"
#include "command_why.hpp"

#include <iostream>

namespace {

std::string version() {
    return "eliot " + std::to_string(ELIOT_VERSION_MAJOR) + '.' +
           std::to_string(ELIOT_VERSION_MINOR) + '.' + std::to_string(ELIOT_VERSION_PATCH);
}

void describe(CLI::App& program) {
    program.description("Reads logs of causal actions: what a program did, and why.");
    program.footer("Exit status: 0; 1 if something was found: an oddity, a failure, a difference;\n"
                   "2 for wrong options and files that cannot be read.\n"
                   "\n"
                   "Example: an unknown log, from far to near\n"
                   "  eliot stats run.log\n"
                   "  eliot why run.log\n"
                   "  eliot tree --task 4ee78e08 run.log");
    program.name("eliot");
    program.set_version_flag("--version", version());
    program.require_subcommand(1);
    program.get_formatter()->column_width(32);
}

int run(int count, char** arguments) {
    CLI::App program;
    tool::Run chosen;
    describe(program);
    tool::add_tree(program, chosen);
    tool::add_why(program, chosen);
    tool::add_slow(program, chosen);
    tool::add_diff(program, chosen);
    tool::add_prettyprint(program, chosen);
    tool::add_filter(program, chosen);
    tool::add_stats(program, chosen);
    tool::add_check(program, chosen);
    tool::add_recover(program, chosen);
    if (count < 2) {
        std::cerr << program.help();
        return tool::unusable;
    }
    try {
        program.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? tool::all_well : tool::unusable;
    }
    return chosen();
}

}

int main(int count, char** arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run(count, arguments);
    } catch (const tool::InvalidLine&) {
        return tool::found_something;
    } catch (const std::system_error& error) {
        tool::complain(error.what());
    } catch (const std::bad_alloc&) {
        tool::complain("out of memory");
    }
    return tool::unusable;
}
