// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the commands read: files one after the other as one log, or standard input; with a word
// about lines that are none of Eliot's, as the user wants it, and about how far it is.

#include <eliot/read/line_file.hpp>
#include <eliot/read/parser.hpp>

#include "terminal.hpp"

#include <chrono>

namespace tool {

enum class InvalidLines { report, skip, fail };

struct InputOptions {
    std::vector<std::string> files;
    InvalidLines invalid = InvalidLines::report;
};

/// Thrown where --invalid=fail ends the reading.
struct InvalidLine {};

/// Speaks about invalid lines: the first few of them, and how many there were.
class InvalidLineReport {
public:
    explicit InvalidLineReport(InvalidLines policy) : policy_(policy) {}

    void add(const eliot::Oddity& oddity) {
        ++count_;
        if (policy_ == InvalidLines::skip || (policy_ == InvalidLines::report && count_ > most)) {
            return;
        }
        complain(oddity.to_string());
        if (!oddity.kept.empty()) {
            complain("    " + oddity.kept.substr(0, 120));
        }
        if (policy_ == InvalidLines::fail) {
            throw InvalidLine{};
        }
    }

    void finish() const {
        if (policy_ == InvalidLines::report && count_ > most) {
            complain("and " + std::to_string(count_ - most) +
                     " more such lines: eliot check lists them all, --invalid=skip is silent");
        }
    }

private:
    static constexpr std::uint64_t most = 10;

    InvalidLines policy_;
    std::uint64_t count_ = 0;
};

inline std::string shown_name(const std::string& path) { return path == "-" ? "<stdin>" : path; }

/// Says on a terminal how much of a long file is read.
class Progress {
public:
    explicit Progress(bool wanted) : wanted_(wanted && is_terminal(2)) {}

    ~Progress() { clear(); }

    template <class File>
    void tell(const File& file) {
        if (!wanted_ || ++calls_ % 8192 != 0) {
            return;
        }
        const auto now = std::chrono::steady_clock::now();
        if (now - last_ < std::chrono::milliseconds{shown_ ? 200 : 1000}) {
            return;
        }
        last_ = now;
        shown_ = true;
        const double megabytes = static_cast<double>(file.bytes_read()) / 1e6;
        const std::uint64_t size = file.size();
        const double percent =
            size == 0 ? 0
                      : static_cast<double>(file.bytes_read()) * 100 / static_cast<double>(size);
        std::fprintf(stderr, "\r\x1b[K%s: %.0f MB",
                     eliot::detail::visible(shown_name(file.path())).c_str(), megabytes);
        if (size != 0) {
            std::fprintf(stderr, " of %.0f, %.0f %%", static_cast<double>(size) / 1e6, percent);
        }
    }

    void clear() {
        if (std::exchange(shown_, false)) {
            std::fputs("\r\x1b[K", stderr);
        }
    }

private:
    bool wanted_;
    bool shown_ = false;
    std::uint64_t calls_ = 0;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// The program that unpacks a file that begins so; nothing if it is not packed.
inline const char* unpacker(std::string_view first_line) {
    const auto begins = [&](std::string_view magic) {
        return first_line.substr(0, magic.size()) == magic;
    };
    return begins("\x1f\x8b")           ? "zcat"
           : begins("\x28\xb5\x2f\xfd") ? "zstdcat"
           : begins("\xfd"
                    "7zXZ")
               ? "xzcat"
           : begins("BZh") ? "bzcat"
                           : nullptr;
}

class Input {
public:
    /// `progress`: whether standard output is silent while reading, so that there is room for it.
    explicit Input(InputOptions options, bool progress = true)
        : options_(std::move(options)),
          report_(options_.invalid),
          progress_(progress || !is_terminal(1)) {
        if (options_.files.empty()) {
            options_.files.emplace_back("-");
        }
    }

    /// Calls `begin(name)` for each file and `line(text)` for each of its lines, without `\n`.
    template <class Begin, class Line>
    void read_lines(Begin begin, Line line) {
        for (const std::string& path : options_.files) {
            try {
                read_file(path, begin, line);
            } catch (const std::system_error& error) {
                progress_.clear();
                complain(path + ": " + error.code().message());
                status_ = unusable;
            }
        }
        progress_.clear();
        report_.finish();
    }

    /// Calls `task(Task)` for every complete task and at the end for the incomplete ones.
    template <class OnTask>
    void read_tasks(OnTask task, std::size_t remembered = eliot::Parser::default_memory) {
        eliot::Parser parser{remembered};
        read_lines([&](const std::string& name) { parser.begin_file(name); },
                   [&](std::string_view line) {
                       for (eliot::Task& each : parser.add_line(line)) {
                           task(std::move(each));
                       }
                       report_invalid(parser);
                   });
        for (eliot::Task& each : parser.take_incomplete_tasks()) {
            task(std::move(each));
        }
    }

    void report_invalid(eliot::Parser& parser) {
        if (!parser.oddities().empty()) {
            for (const eliot::Oddity& oddity : parser.take_oddities()) {
                invalid(oddity);
            }
        }
    }

    /// Of each line that is none of Eliot's; `on_invalid` has it before the report.
    void invalid(const eliot::Oddity& oddity) {
        if (on_invalid) {
            on_invalid(oddity);
        } else {
            progress_.clear();
            report_.add(oddity);
        }
    }

    /// Instead of the report on standard error.
    std::function<void(const eliot::Oddity&)> on_invalid;

    /// An oddity of the line that is being read.
    eliot::Oddity oddity(eliot::OddityKind kind, std::string_view line) const {
        return {
            kind, file_, lines_ - first_line_, {}, std::string{to_string(kind)}, std::string{line}};
    }

    const InputOptions& options() const { return options_; }
    std::uint64_t files() const { return files_; }
    std::uint64_t lines() const { return lines_; }
    std::uint64_t bytes() const { return bytes_; }

    /// unusable if a file could not be read.
    Status status() const { return status_; }

private:
    template <class Begin, class Line>
    void read_file(const std::string& path, Begin& begin, Line& line) {
        eliot::LineFile file{path};
        file_ = shown_name(path);
        begin(file_);
        ++files_;
        std::string_view text;
        first_line_ = lines_;
        while (file.next(&text)) {
            if (lines_ == first_line_ && unpacker(text) != nullptr) {
                complain(path + ": is compressed; unpack it first: " + unpacker(text) + ' ' + path +
                         " | eliot …");
                status_ = unusable;
                return;
            }
            ++lines_;
            progress_.tell(file);
            line(text);
        }
        bytes_ += file.bytes_read();
    }

    InputOptions options_;
    InvalidLineReport report_;
    Progress progress_;
    Status status_ = all_well;
    std::string file_;
    std::uint64_t files_ = 0;
    std::uint64_t first_line_ = 0;
    std::uint64_t lines_ = 0;
    std::uint64_t bytes_ = 0;
};

}
