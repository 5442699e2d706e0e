// SPDX-License-Identifier: Apache-2.0

// Whatever a log holds, what is shown of it cannot do anything to a terminal: it is UTF-8 without
// control characters, no line is longer than the terminal is wide, colours are switched off again.
// What is JSON can be read as such.

#include "fuzz.hpp"

#include <functional>

namespace {

using fuzz::require;
using Write = std::function<void(eliot::TextOutput&)>;

std::string written(const Write& write, std::size_t width = 0, bool colours = false) {
    std::string text;
    {
        eliot::TextOutput out{[&](std::string_view part) { text += part; }, width, colours};
        write(out);
    }
    return text;
}

/// Takes out what switches a colour on or off; sets `on` to whether one is on at the end.
std::string without_colours(std::string_view text, bool* on) {
    std::string out;
    *on = false;
    while (!text.empty()) {
        if (text.front() != '\x1b') {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = text.find('m');
        require(text.substr(0, 2) == "\x1b[" && end != std::string_view::npos &&
                    text.substr(2, end - 2).find_first_not_of("0123456789;") ==
                        std::string_view::npos,
                "an escape sequence is a colour", text);
        *on = text.substr(0, end + 1) != "\x1b[0m";
        text.remove_prefix(end + 1);
    }
    return out;
}

void check_text(const std::string& text) {
    require(text.empty() || text.back() == '\n', "the last line is ended", text);
    for (const std::string_view line : fuzz::lines_of(text)) {
        require(eliot::detail::visible(line) == line, "no control character is shown", line);
    }
}

/// The same is shown every time, also on a terminal.
void check(const Write& write, std::size_t width = 40) {
    const std::string text = written(write);
    check_text(text);
    bool on = false;
    require(without_colours(written(write, 0, true), &on) == text, "colours change no text");
    require(!on, "the last colour is switched off");
    const std::string cut = written(write, width, true);
    for (const std::string_view line : fuzz::lines_of(cut)) {
        const std::string plain = without_colours(line, &on);
        require(!on, "a line ends without a colour", line);
        require(eliot::detail::columns(std::string_view{plain}) <= width,
                "a line fits the terminal", line);
    }
}

void check_trees(const fuzz::Log& log) {
    const eliot::TreeOptions options[] = {
        {},
        {.field_limit = 0, .ignored_fields = {}, .raw = true, .ascii = true},
        {.field_limit = 3, .ignored_fields = {"x", "reason"}, .depth = 2},
        {.ignored_fields = {}, .plain = true},
    };
    for (const eliot::TreeOptions& each : options) {
        check([&](eliot::TextOutput& out) {
            eliot::TreeRenderer renderer{out, each};
            for (const eliot::Task& task : log.tasks) {
                renderer.render(task);
            }
        });
    }
}

void check_selection(const fuzz::Log& log) {
    eliot::Selector selector;
    selector.add(eliot::failed_actions());
    for (const eliot::Task& task : log.tasks) {
        if (const auto chosen = selector.choose(task)) {
            check([&](eliot::TextOutput& out) {
                eliot::TreeRenderer{out, {}}.render(task, *chosen);
            });
        }
    }
}

void check_json(const fuzz::Log& log) {
    const std::string text = written([&](eliot::TextOutput& out) {
        eliot::TreeJsonWriter writer{out};
        for (const eliot::Task& task : log.tasks) {
            writer.write(task);
        }
    });
    const auto lines = fuzz::lines_of(text);
    require(lines.size() == log.tasks.size(), "a task is one line of JSON");
    for (const std::string_view line : lines) {
        eliot::detail::JsonScanner scanner;
        require(scanner.scan(line) && scanner.is_object() && scanner.members().size() == 4,
                "a task is an object of four members", line);
    }
}

void check_lines(const std::vector<std::string_view>& lines) {
    for (const bool compact : {false, true}) {
        check([&](eliot::TextOutput& out) {
            eliot::PrettyPrinter printer{
                out, {.compact = compact, .time_zone = {}, .visible_controls = true}};
            for (const std::string_view line : lines) {
                printer.print(line);
            }
        });
    }
}

/// The first task against the others.
void check_diff(const fuzz::Log& log) {
    check([&](eliot::TextOutput& out) {
        eliot::RunDiff diff{{false, "A", "B"}};
        bool first = true;
        for (const eliot::Task& task : log.tasks) {
            (std::exchange(first, false) ? diff.before() : diff.after()).add(task);
        }
        diff.write(out);
    });
}

void check_reports(const fuzz::Log& log) {
    eliot::WhyReport why{{}};
    eliot::SlowReport slow{{}};
    eliot::LogStats stats;
    for (const eliot::Task& task : log.tasks) {
        why.add(task);
        slow.add(task);
        stats.add(task);
    }
    check([&](eliot::TextOutput& out) { why.write(out); });
    check([&](eliot::TextOutput& out) { slow.write(out); });
    check([&](eliot::TextOutput& out) { stats.write(out, {1, log.lines, 1}); });
    check([&](eliot::TextOutput& out) {
        eliot::LogCheck report{out};
        for (const eliot::Task& task : log.tasks) {
            report.add(task);
        }
        for (const eliot::Oddity& oddity : log.refused) {
            report.add(oddity);
        }
        report.finish(log.lines);
    });
}

}

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto lines = fuzz::lines_of(fuzz::text_of(data, size));
    const fuzz::Log log = fuzz::read(lines);
    check_trees(log);
    check_selection(log);
    check_json(log);
    check_lines(lines);
    check_reports(log);
    check_diff(log);
    return 0;
}
