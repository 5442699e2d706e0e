// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the fuzzers have in common. A fuzzer is one function that takes any bytes and requires what
// must be true of them; libFuzzer thinks of bytes, replay.cpp takes them from files.

#include <eliot/read.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// Ends the program, as a fuzzer's finding, if `holds` is false.
inline void require(bool holds, std::string_view rule, std::string_view about = {}) {
    if (!holds) {
        std::fprintf(stderr, "NOT TRUE: %.*s\n%s\n", static_cast<int>(rule.size()), rule.data(),
                     eliot::detail::visible(about).c_str());
        std::abort();
    }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return size == 0 ? std::string_view{}
                     : std::string_view{reinterpret_cast<const char*>(data), size};
}

/// As a file is cut: what follows the last `\n` is a line if it is not empty.
inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// A line without what a reader leaves out: a byte order mark and blanks at both ends.
inline std::string_view trimmed(std::string_view line) {
    if (line.substr(0, 3) == "\xEF\xBB\xBF") {
        line.remove_prefix(3);
    }
    const std::size_t begin = line.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) {
        return line.substr(line.size());
    }
    return line.substr(begin, line.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// What a log is read as: its tasks, complete ones first, and the lines that are part of none.
struct Log {
    std::vector<eliot::Task> tasks;
    std::vector<eliot::Oddity> refused;
    std::size_t lines = 0;
};

template <class Lines>
Log read(const Lines& lines) {
    Log log;
    eliot::Parser parser;
    for (const auto& line : lines) {
        for (eliot::Task& task : parser.add_line(line)) {
            log.tasks.push_back(std::move(task));
        }
        for (eliot::Oddity& oddity : parser.take_oddities()) {
            log.refused.push_back(std::move(oddity));
        }
        ++log.lines;
    }
    for (eliot::Task& task : parser.take_incomplete_tasks()) {
        log.tasks.push_back(std::move(task));
    }
    return log;
}

}
