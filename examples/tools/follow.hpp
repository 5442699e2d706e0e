// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tasks of logs that are still being written, until the user has seen enough.

#include "input.hpp"

#include <atomic>
#include <csignal>
#include <thread>

namespace tool {

inline std::atomic<bool> stop_following{false};

inline void stop_on_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        std::signal(signal, [](int) { stop_following = true; });
    }
}

struct Followed {
    std::string path;
    eliot::FollowedFile file;
    std::uint64_t lines = 0; ///< that were read of what is the file now
};

/// Reads what is there of one file. True if there was something.
template <class OnLine>
bool read_new_lines(Followed& followed, OnLine on_line) {
    bool any = false;
    std::string_view line;
    while (!stop_following) {
        const auto event = followed.file.next(&line);
        if (event == eliot::FollowedFile::Event::nothing_new) {
            break;
        }
        any = true;
        if (event == eliot::FollowedFile::Event::new_file) {
            followed.lines = 0;
        } else {
            on_line(line);
            ++followed.lines;
        }
    }
    return any;
}

inline std::vector<Followed> open_all(const std::vector<std::string>& paths) {
    std::vector<Followed> files;
    for (const std::string& path : paths) {
        files.push_back({shown_name(path), eliot::FollowedFile{path}});
    }
    return files;
}

inline bool have_ended(const std::vector<Followed>& files) {
    return std::all_of(files.begin(), files.end(),
                       [](const Followed& each) { return each.file.has_ended(); });
}

/// Calls `task` for each task when it is complete. Returns when a signal asks for it; at the end of
/// a pipe also the tasks that are not complete have their turn.
template <class OnTask>
Status follow_tasks(const InputOptions& options, OnTask task) {
    stop_on_signals();
    eliot::Parser parser;
    Input report{options, false};
    Progress progress{!is_terminal(1)};
    std::vector<Followed> files = open_all(report.options().files);
    while (!stop_following && !have_ended(files)) {
        bool any = false;
        for (Followed& each : files) {
            any |= read_new_lines(each, [&](std::string_view line) {
                parser.begin_file(each.path, each.lines);
                for (const eliot::Task& complete : parser.add_line(line)) {
                    task(complete);
                }
                progress.tell(each.file);
                if (!parser.oddities().empty()) {
                    progress.clear();
                    report.report_invalid(parser);
                }
            });
        }
        if (!any) {
            progress.clear();
        }
        if (!any && !have_ended(files)) {
            std::this_thread::sleep_for(std::chrono::milliseconds{100});
        }
    }
    if (!stop_following) {
        for (const eliot::Task& each : parser.take_incomplete_tasks()) {
            task(each);
        }
    }
    return all_well;
}

}
