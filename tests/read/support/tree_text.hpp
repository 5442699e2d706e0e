// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tasks as text, so that tests compare whole trees.

#include <eliot/read/parser.hpp>
#include <eliot/read/text_output.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace read_tests {

inline std::filesystem::path golden() {
    return std::filesystem::path{__FILE__}.parent_path().parent_path().parent_path() / "golden";
}

inline std::string contents_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// Whether `text` is what tests/golden/read/`name` holds. ELIOT_UPDATE_GOLDEN=1 in the environment
/// writes the file instead.
inline bool is_golden(const std::string& name, const std::string& text) {
    const auto path = golden() / "read" / name;
    if (std::getenv("ELIOT_UPDATE_GOLDEN") != nullptr) {
        std::ofstream{path, std::ios::binary} << text;
    }
    const std::string expected = contents_of(path);
    if (text != expected) {
        std::cerr << "--- " << path << "\n" << expected << "--- is now\n" << text;
    }
    return text == expected;
}

inline std::string quoted(const std::optional<std::string>& text) {
    return text ? nlohmann::json(*text).dump(-1, ' ', true) : "null";
}

inline std::string level_or_dash(const std::optional<eliot::WrittenMessage>& message) {
    return message ? message->level_text() : "-";
}

inline std::string line_of(const eliot::WrittenNode& node) {
    if (node.is_message()) {
        return "MESSAGE " + node.message().level_text() + ' ' + quoted(node.message().type());
    }
    const eliot::WrittenAction& action = node.action();
    return "ACTION " + action.level_text() + " type=" + quoted(action.action_type()) +
           " status=" + quoted(action.status()) +
           " start=" + level_or_dash(action.start_message()) +
           " end=" + level_or_dash(action.end_message());
}

/// One node a line, two blanks a level: the format of the .parse files.
inline std::string tree_text(const eliot::WrittenNode& node, std::size_t indent = 1) {
    std::string out = std::string(indent * 2, ' ') + line_of(node) + '\n';
    if (node.is_action()) {
        for (const auto& child : node.action().children()) {
            out += tree_text(child, indent + 1);
        }
    }
    return out;
}

inline std::string oddities_text(const std::vector<eliot::Oddity>& oddities) {
    std::string out;
    for (const auto& oddity : oddities) {
        out += oddity.to_string() + '\n';
    }
    return out;
}

/// A line of task "u"; `level` as in JSON, `rest` is what follows, without a comma before it.
inline std::string line(std::string_view level, std::string_view rest) {
    return R"({"task_uuid":"u","task_level":[)" + std::string{level} + R"(],"timestamp":1.5,)" +
           std::string{rest} + "}";
}

inline std::string start(std::string_view level, std::string_view type = "a") {
    return line(level, R"("action_type":")" + std::string{type} + R"(","action_status":"started")");
}

inline std::string end(std::string_view level, std::string_view type = "a") {
    return line(level,
                R"("action_type":")" + std::string{type} + R"(","action_status":"succeeded")");
}

inline std::string message(std::string_view level, std::string_view type = "m") {
    return line(level, R"("message_type":")" + std::string{type} + '"');
}

/// The tasks of a log, complete ones first.
inline std::vector<eliot::Task> tasks_of(const std::vector<std::string>& lines) {
    eliot::Parser parser;
    std::vector<eliot::Task> tasks;
    for (const auto& each : lines) {
        for (auto& task : parser.add_line(each)) {
            tasks.push_back(std::move(task));
        }
    }
    for (auto& task : parser.take_incomplete_tasks()) {
        tasks.push_back(std::move(task));
    }
    return tasks;
}

/// The tasks of tests/golden/truth/`name`.
inline std::vector<eliot::Task> tasks_of_truth(const std::string& name) {
    std::vector<std::string> lines;
    std::ifstream file{golden() / "truth" / name, std::ios::binary};
    for (std::string each; std::getline(file, each);) {
        lines.push_back(each);
    }
    return tasks_of(lines);
}

/// A line of task "u" at a time.
inline std::string line_at(double time, std::string_view level, std::string_view rest) {
    return R"({"task_uuid":"u","task_level":[)" + std::string{level} + R"(],"timestamp":)" +
           std::to_string(time) + "," + std::string{rest} + "}";
}

inline std::string start_at(double time, std::string_view level, std::string_view type = "a") {
    return line_at(time, level,
                   R"("action_type":")" + std::string{type} + R"(","action_status":"started")");
}

inline std::string end_at(double time, std::string_view level, std::string_view type = "a") {
    return line_at(time, level,
                   R"("action_type":")" + std::string{type} + R"(","action_status":"succeeded")");
}

inline std::string failed(std::string_view level, std::string_view type, std::string_view exception,
                          std::string_view reason = "r") {
    return line(level, R"("action_type":")" + std::string{type} +
                           R"(","action_status":"failed","exception":")" + std::string{exception} +
                           R"(","reason":")" + std::string{reason} + '"');
}

/// What `write` writes to a TextOutput.
template <class Write>
std::string written(Write write) {
    std::string text;
    eliot::TextOutput out{[&](std::string_view part) { text += part; }};
    write(out);
    out.flush();
    return text;
}

/// What a report on the tasks of these lines says.
template <class Report>
std::string report_on(const std::vector<std::string>& lines) {
    Report report{{}};
    for (const auto& task : tasks_of(lines)) {
        report.add(task);
    }
    return written([&](eliot::TextOutput& out) { report.write(out); });
}

/// Everything that a parser says about lines: tasks with their oddities, and those of no task.
inline std::string report(const std::vector<std::string>& lines) {
    eliot::Parser parser;
    std::string out;
    const auto show = [&](const char* state, const eliot::Task& task) {
        out += state + (' ' + task.task_uuid()) + '\n' + tree_text(task.root()) +
               oddities_text(task.oddities());
    };
    for (const auto& each : lines) {
        for (const auto& task : parser.add_line(each)) {
            show("complete", task);
        }
        out += oddities_text(parser.take_oddities());
    }
    for (const auto& task : parser.incomplete_tasks()) {
        show("incomplete", task);
    }
    return out;
}

}
