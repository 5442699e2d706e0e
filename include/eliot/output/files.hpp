// SPDX-License-Identifier: Apache-2.0
#pragma once

// The usual destinations in one call:
//
//     eliot::to_file("run.log");
//     eliot::to_stdout();

#include <eliot/config.hpp>
#include <eliot/output/destinations.hpp>
#include <eliot/output/file_destination.hpp>
#include <eliot/output/timer.hpp>
#include <eliot/output/when_full.hpp>

#include <string>
#include <system_error>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// When a file's lines reach the kernel. What has reached it survives the end of the program,
/// whatever ends it. Buffered lines are also written when a task fails, by `eliot::flush()`, when
/// the file is removed, and at exit.
enum class Flush : unsigned char {
    line,       ///< every line at once, by one write(2)
    task,       ///< when a thread's outermost action ends
    chunk,      ///< when a thread has 32 KiB of lines
    background, ///< the same, written by a thread of the library
};

/// Whether a file that was moved away (log rotation) is opened anew.
enum class Reopen : unsigned char { never, when_moved };

struct FileOptions {
    Flush flush = Flush::line;
    unsigned flush_every_ms = 100; ///< at the latest, except for Flush::line; 0: no such limit
    Reopen reopen = Reopen::never;
    bool survive_kill = false;
    unsigned mode = FileDestination::default_mode; ///< of a file that is created
    WhenFull when_full = WhenFull::block; ///< in Flush::background, when 2 MiB wait for the file
};

namespace detail {

inline DestinationId add_file(FileDestination file, const FileOptions& options) {
    auto* destination = new DestinationModel<FileDestination>(std::move(file));
    destination->buffered = options.flush != Flush::line;
    destination->task = options.flush == Flush::task;
    destination->background = options.flush == Flush::background;
    destination->drops = options.when_full == WhenFull::drop_newest;
    if (destination->buffered) {
        deliver_every(options.flush_every_ms);
    }
    return add(destination);
}

} // namespace detail

/// Appends lines to the file at `path`. On error nothing is added and the id names none.
inline DestinationId to_file(std::string path, FileOptions options, std::error_code& error) {
    FileDestination file{std::move(path), options.mode, error};
    return error ? DestinationId{} : detail::add_file(std::move(file), options);
}
inline DestinationId to_file(std::string path, std::error_code& error) {
    return to_file(std::move(path), FileOptions{}, error);
}
#if ELIOT_HAS_EXCEPTIONS
/// The same; throws std::system_error naming the path if it cannot be opened.
inline DestinationId to_file(std::string path, FileOptions options = {}) {
    return detail::add_file(FileDestination{std::move(path), options.mode}, options);
}
#endif
inline DestinationId to_stdout() { return detail::add_file(FileDestination{STDOUT_FILENO}, {}); }
inline DestinationId to_stderr() { return detail::add_file(FileDestination{STDERR_FILENO}, {}); }

ELIOT_END_NAMESPACE
