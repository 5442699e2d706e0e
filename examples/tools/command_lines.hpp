// SPDX-License-Identifier: Apache-2.0
#pragma once

// eliot prettyprint and eliot filter: commands that take one line at a time.

#include <eliot/read/prettyprint.hpp>

#include "arguments.hpp"

namespace tool {

struct PrettyprintCommand : CommonOptions {
    bool compact = false;

    /// An invalid line is shown in its place; that is the report.
    Status run() {
        eliot::TextOutput out = output();
        eliot::PrettyPrinter printer{out, {compact, time_zone(), is_terminal(1)}};
        Input reader{input, false};
        const bool show_invalid = input.invalid == InvalidLines::report;
        reader.read_lines([](const std::string&) {},
                          [&](std::string_view line) {
                              if (!printer.print(line, show_invalid) && !show_invalid) {
                                  out.flush();
                                  reader.invalid(reader.oddity(printer.problem(), line));
                              }
                          });
        return reader.status();
    }
};

struct FilterCommand : CommonOptions {
    std::string expression;

    Status run() {
        const eliot::Expression matching = parse_expression("EXPR", expression);
        eliot::TextOutput out{writer()};
        eliot::detail::LineReader lines;
        Input reader{input, false};
        reader.read_lines([](const std::string&) {},
                          [&](std::string_view line) {
                              const bool valid = lines.read(line);
                              if (!valid && !lines.is_object()) {
                                  reader.invalid(reader.oddity(lines.problem(), line));
                              } else if (matching.matches(lines.facts().text)) {
                                  out.line(is_terminal(1) ? eliot::detail::visible(line) : line);
                              }
                          });
        return reader.status();
    }
};

inline void add_prettyprint(CLI::App& program, Run& run) {
    auto options = std::make_shared<PrettyprintCommand>();
    CLI::App& command =
        *program.add_subcommand("prettyprint", "Shows a log line by line, in its own order");
    add_files(command, *options);
    command.add_flag("-c,--compact", options->compact, "One line a message");
    add_time_zone(command, *options, "-l,--local-timezone");
    add_colours(command, *options);
    command.footer("Example: the last words of a program\n"
                   "  tail -n 20 run.log | eliot prettyprint");
    command.callback([options, &run] { run = [options] { return options->run(); }; });
}

inline void add_filter(CLI::App& program, Run& run) {
    auto options = std::make_shared<FilterCommand>();
    CLI::App& command = *program.add_subcommand(
        "filter", "Prints the lines that an expression is true of, unchanged");
    command.add_option("EXPR", options->expression, "See below")->required();
    add_files(command, *options);
    command.footer(
        "Fields       name   a.b   hops[0]   hops[-1]   [\"any name\"]; a missing one counts as "
        "null\n"
        "Values       \"text\"  12.5  true false null  10ms 1.5s 2h  2026-11-21T05:28:55Z\n"
        "Comparisons  ==  !=  <  <=  >  >=   =~ \"regular expression\"   exists NAME\n"
        "Together     and  or  not  ( )\n"
        "A duration is compared with a number of seconds, a time with seconds since the epoch.\n"
        "\n"
        "Example: slow answers and refused ones, without one host\n"
        "  eliot filter '(elapsed > 250ms or status >= 500) and not host == \"db2\"' run.log");
    command.callback([options, &run] {
        parse_expression("EXPR", options->expression); // finds mistakes now
        run = [options] { return options->run(); };
    });
}

}
