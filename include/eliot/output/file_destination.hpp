// SPDX-License-Identifier: Apache-2.0
#pragma once

// A file of JSON lines, opened for appending; whole lines per write(2). What cannot be written is
// kept, up to 1 MiB, and written as soon as that works again.
//
//     eliot::add_destination(eliot::FileDestination{"run.log"});

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/output/append_file.hpp>
#include <eliot/output/backlog.hpp>
#include <eliot/output/on_error.hpp>
#include <eliot/output/record.hpp>
#include <eliot/output/size_limit.hpp>
#include <eliot/output/write.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// Whether a file that was moved away (log rotation) is opened anew.
enum class Reopen : unsigned char {
    never,      ///< only by `eliot::reopen()`
    when_moved, ///< also when its path names another file than before: one stat(2) a write
};

namespace detail {

/// Grows with every call of `eliot::reopen`; a file that saw another number opens itself anew.
inline constinit Shared<Atomic<unsigned>> reopen_requests;

} // namespace detail

/// Owns a file descriptor. Movable; one thread at a time, which `add_destination` sees to.
class FileDestination {
public:
    static constexpr unsigned default_mode = 0640;

#if ELIOT_HAS_EXCEPTIONS
    /// Opens `path` for appending and creates it if need be; throws std::system_error naming it.
    explicit FileDestination(std::string path, unsigned mode = default_mode,
                             Reopen reopen = Reopen::never) {
        std::error_code error;
        open(std::move(path), mode, reopen, error);
        if (error) {
            throw std::system_error{error, "eliot: cannot open \"" + path_ + "\" for appending"};
        }
    }
#endif
    /// The same, with the error told instead of thrown; lines then go nowhere.
    FileDestination(std::string path, unsigned mode, Reopen reopen, std::error_code& error) {
        open(std::move(path), mode, reopen, error);
    }
    /// Writes to a descriptor that stays the caller's.
    explicit FileDestination(int descriptor) noexcept : file_{descriptor}, owned_{false} {
        take_signals();
    }
    FileDestination(FileDestination&& other) noexcept { swap(other); }
    FileDestination& operator=(FileDestination&& other) noexcept {
        swap(other);
        return *this;
    }
    ~FileDestination() {
        if (owned_) {
            file_.close();
        }
    }

    /// Writes whole lines, each with its `\n`. An error means that they are kept, or, once there is
    /// no more room, dropped and counted.
    std::error_code write_lines(std::string_view lines) noexcept {
        follow_path();
        if (is_troubled()) [[unlikely]] {
            if (const std::error_code error = retry()) {
                backlog_.keep(lines);
                return error;
            }
        }
        const detail::Written done =
            detail::write_all(file_.descriptor(), lines, holds_signals(lines.size()));
        return done.error ? remember(lines, done) : std::error_code{};
    }
    /// Writes one record as a line; for use inside another destination. Throws std::system_error.
    void write(const Record& record) {
        std::string line{record.json()};
        line += '\n';
        throw_if(write_lines(line));
    }
    /// Tries again to write what is kept. Notices a size limit (RLIMIT_FSIZE) that was set since
    /// the file was opened.
    std::error_code flush() noexcept {
        look_for_signals();
        return is_troubled() ? retry() : std::error_code{};
    }
    /// Opens the path anew, as after its file was moved away. Where that fails the old file is
    /// written on. Async-signal-safe.
    std::error_code reopen() noexcept {
        requests_seen_ = detail::reopen_requests->load(detail::MemoryOrder::relaxed);
        if (!owned_) {
            return {};
        }
        std::error_code error;
        const detail::AppendFile fresh = detail::AppendFile::open(path_.c_str(), mode_, error);
        if (!error) {
            replace(fresh);
        }
        return error;
    }

    /// Empty for a descriptor.
    const std::string& path() const noexcept { return path_; }
    int descriptor() const noexcept { return file_.descriptor(); }
    /// For people: the path, or what the descriptor is.
    std::string name() const {
        const int number = file_.descriptor();
        return owned_                    ? path_
               : number == STDOUT_FILENO ? "standard output"
               : number == STDERR_FILENO ? "standard error"
                                         : "descriptor " + std::to_string(number);
    }
    /// How many lines were dropped until it worked again, since the last call.
    std::uint64_t take_lost() noexcept { return detail::exchange(lost_, 0); }
    /// How many lines could not be written up to now: kept and dropped ones.
    std::uint64_t unwritten() const noexcept {
        return detail::count_lines(backlog_.lines()) + backlog_.lost();
    }
    /// The lines that are kept are the parent's to write.
    void after_fork_in_child() noexcept {
        torn_ = torn_ || written_ != 0;
        written_ = 0;
        lost_ = 0;
        backlog_.forget();
    }

private:
    void swap(FileDestination& other) noexcept {
        path_.swap(other.path_);
        detail::swap_values(file_, other.file_);
        detail::swap_values(backlog_, other.backlog_);
        detail::swap_values(lost_, other.lost_);
        detail::swap_values(written_, other.written_);
        detail::swap_values(size_then_, other.size_then_);
        detail::swap_values(requests_seen_, other.requests_seen_);
        detail::swap_values(mode_, other.mode_);
        detail::swap_values(reopen_, other.reopen_);
        detail::swap_values(owned_, other.owned_);
        detail::swap_values(hold_signals_, other.hold_signals_);
        detail::swap_values(is_regular_, other.is_regular_);
        detail::swap_values(torn_, other.torn_);
        detail::swap_values(is_lost_, other.is_lost_);
        detail::swap_values(cannot_reopen_, other.cannot_reopen_);
    }
    void open(std::string path, unsigned mode, Reopen reopen, std::error_code& error) {
        path_ = std::move(path);
        mode_ = mode;
        reopen_ = reopen;
        file_ = detail::AppendFile::open(path_.c_str(), mode, error);
        take_signals();
    }
    void replace(detail::AppendFile fresh) noexcept {
        if (!is_lost_) {
            file_.close();
        }
        file_ = fresh;
        look_for_signals();
        written_ = 0; // the line that was torn is begun again
        torn_ = is_lost_ = false;
    }

    void follow_path() noexcept {
        const bool wanted =
            requests_seen_ != detail::reopen_requests->load(detail::MemoryOrder::relaxed);
        if (wanted || (reopen_ == Reopen::when_moved && !file_.is_at(path_.c_str()))) [[unlikely]] {
            const std::error_code error = reopen();
            if (error && !cannot_reopen_) {
                detail::report_error({path_, "std::system_error", error.message(),
                                      "it cannot be opened anew; the old file is written on"});
            }
            cannot_reopen_ = static_cast<bool>(error);
        }
    }

    /// What is written raises no signal that the program hears of, unless it sets a handler for
    /// SIGXFSZ later: that may be called once when the size limit is lowered below the file's size.
    void take_signals() noexcept {
        detail::size_limit_handler.install();
        look_for_signals();
    }
    void look_for_signals() noexcept {
        hold_signals_ = detail::may_raise_signals(file_.descriptor());
        is_regular_ = file_.size() >= 0;
    }
    /// A limit may have come since. To hold signals back costs two system calls, which is nothing
    /// to a write of many lines, and much to one line.
    bool holds_signals(std::size_t size) const noexcept {
        constexpr std::size_t many = 4096;
        return hold_signals_ || (is_regular_ && size >= many);
    }

    bool is_troubled() const noexcept { return !backlog_.empty() || torn_ || backlog_.lost() != 0; }

    /// Keeps what was not written, from the beginning of the line that was torn.
    std::error_code remember(std::string_view lines, detail::Written done) noexcept {
        hold_signals_ = true;
        is_lost_ = done.error.value() == EBADF;
        const std::size_t begin = begin_of_line(lines, done.size);
        backlog_.keep(lines.substr(begin));
        note_torn(done.size - begin);
        return done.error;
    }
    void note_torn(std::size_t written) noexcept {
        torn_ = written != 0 && backlog_.empty();
        written_ = backlog_.empty() ? 0 : written;
        size_then_ = file_.size();
    }
    static std::size_t begin_of_line(std::string_view lines, std::size_t at) noexcept {
        return at == 0 ? 0 : lines.rfind('\n', at - 1) + 1;
    }

    std::error_code retry() noexcept {
        if (is_lost_ && owned_) {
            if (const std::error_code error = reopen()) {
                return error;
            }
        }
        // Others may have written behind our torn line; then it is begun again.
        if (torn_ || (written_ != 0 && file_.size() != size_then_)) {
            if (const std::error_code error = file_.complete_last_line()) {
                return error;
            }
            torn_ = false;
            written_ = 0;
        }
        return write_backlog();
    }
    std::error_code write_backlog() noexcept {
        const std::string_view lines = backlog_.lines();
        const detail::Written done =
            detail::write_all(file_.descriptor(), lines.substr(written_), true);
        const std::size_t written = written_ + done.size;
        const std::size_t begin = begin_of_line(lines, written);
        backlog_.remove(begin);
        if (done.error) {
            is_lost_ = done.error.value() == EBADF;
            note_torn(written - begin);
        } else {
            written_ = 0;
            lost_ += backlog_.take_lost();
        }
        return done.error;
    }

    void throw_if([[maybe_unused]] std::error_code error) const {
#if ELIOT_HAS_EXCEPTIONS
        if (error) {
            throw std::system_error{error, "eliot: cannot write to \"" + name() + "\""};
        }
#endif
    }

    std::string path_;
    detail::AppendFile file_;
    detail::Backlog backlog_;
    std::uint64_t lost_ = 0;
    std::size_t written_ = 0;    ///< how much of the backlog's first line the file has
    std::int64_t size_then_ = 0; ///< of the file when that line was torn
    unsigned requests_seen_ = detail::reopen_requests->load(detail::MemoryOrder::relaxed);
    unsigned mode_ = default_mode;
    Reopen reopen_ = Reopen::never;
    bool owned_ = true;
    bool hold_signals_ = true;
    bool is_regular_ = true;
    bool torn_ = false;    ///< the file ends in a part of a line that is given up
    bool is_lost_ = false; ///< the program closed our descriptor
    bool cannot_reopen_ = false;
};

ELIOT_END_NAMESPACE
