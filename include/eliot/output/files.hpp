// SPDX-License-Identifier: Apache-2.0
#pragma once

// The usual destinations in one call:
//
//     eliot::to_file("run.log");
//     eliot::to_stdout();

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/destinations.hpp>
#include <eliot/output/file_destination.hpp>
#include <eliot/output/recover.hpp>
#include <eliot/output/survival.hpp>
#include <eliot/output/timer.hpp>
#include <eliot/output/when_full.hpp>

#include <cerrno>
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

struct FileOptions {
    Flush flush = Flush::line;
    unsigned flush_every_ms = 100; ///< at the latest, except for Flush::line; 0: no such limit
    Reopen reopen = Reopen::never;
    bool survive_kill = false; ///< committed lines outlive SIGKILL, in `<path>.chunks/`
    unsigned mode = FileDestination::default_mode; ///< of a file that is created
    WhenFull when_full = WhenFull::block; ///< in Flush::background, when 2 MiB wait for the file
};

namespace detail {

/// From its next line on every thread writes into memory that survives a kill.
inline int begin_survival(const std::string& path, std::error_code& error) {
    const int entry = survival->add(path, error);
    for (Thread* thread = runtime().threads.load(MemoryOrder::seq_cst);
         thread != nullptr && entry >= 0; thread = thread->next) {
        const ChunkLock lock{this_thread(), thread->chunk};
        // What is committed by now belongs to those that listened before.
        survival->after_write(entry, thread->chunk.lines(0, thread->chunk.committed()));
        thread->chunk.limit.store(0, MemoryOrder::relaxed);
    }
    return entry;
}

inline DestinationId add_file(FileDestination file, const FileOptions& options,
                              int survival_entry = -1) {
    auto* destination = new DestinationModel<FileDestination>(std::move(file));
    destination->buffered = options.flush != Flush::line;
    destination->task = options.flush == Flush::task;
    destination->background = options.flush == Flush::background;
    destination->survival_entry = survival_entry;
    destination->drops = options.when_full == WhenFull::drop_newest;
    if (destination->buffered) {
        deliver_every(options.flush_every_ms);
    }
    return add(destination);
}

/// Only tries locks, so that a signal handler may interrupt whoever holds them.
inline void reopen_all() noexcept {
    reopen_requests->fetch_add(1, MemoryOrder::relaxed);
    const int error = errno;
    if (runtime().admin.try_lock()) {
        const DestinationList& list = own_list();
        for (std::size_t i = 0; i < list.count; ++i) {
            if (list.entries[i]->file && list.entries[i]->mutex.try_lock()) {
                static_cast<void>(list.entries[i]->reopen()); // tells of failure itself
                list.entries[i]->mutex.unlock();
            }
        }
        runtime().admin.unlock();
    }
    errno = error;
}

} // namespace detail

/// Appends lines to the file at `path`. On error nothing is added and the id names none. First adds
/// what a killed process left, see `eliot::recover`.
inline DestinationId to_file(const std::string& path, FileOptions options, std::error_code& error) {
    recover(path, error);
    if (error) {
        return {};
    }
    FileDestination file{path, options.mode, options.reopen, error};
    const int entry = options.survive_kill && !error ? detail::begin_survival(path, error) : -1;
    return error ? DestinationId{} : detail::add_file(std::move(file), options, entry);
}
inline DestinationId to_file(const std::string& path, std::error_code& error) {
    return to_file(path, FileOptions{}, error);
}
#if ELIOT_HAS_EXCEPTIONS
/// The same; throws std::system_error naming the path if it cannot be opened.
inline DestinationId to_file(const std::string& path, FileOptions options = {}) {
    std::error_code error;
    const DestinationId id = to_file(path, options, error);
    if (error) {
        throw std::system_error{error, "eliot: cannot open \"" + path + "\" for appending"};
    }
    return id;
}
#endif
inline DestinationId to_stdout() { return detail::add_file(FileDestination{STDOUT_FILENO}, {}); }
inline DestinationId to_stderr() { return detail::add_file(FileDestination{STDERR_FILENO}, {}); }

/// Has every file opened anew at its path, as after log rotation: at once, or, where the file is
/// being written to at the moment, before its next lines. A file that cannot be opened is written
/// on where it is now, and the error is told (see `on_error`). May be called by a signal handler.
inline void reopen() noexcept { detail::reopen_all(); }

ELIOT_END_NAMESPACE
