// SPDX-License-Identifier: Apache-2.0
#pragma once

// write(2) that finishes what it began: short writes, EINTR and a full pipe are waited out; a
// closed pipe and a file at its size limit are errors, not signals.
//
//     const Written done = write_all(descriptor, lines, may_raise_signals(descriptor));

#include <eliot/config.hpp>
#include <eliot/output/size_limit.hpp>

#include <cerrno>
#include <cstddef>
#include <poll.h>
#include <signal.h>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

/// While it lives, SIGPIPE and SIGXFSZ do not reach this thread; those that its writes raised are
/// consumed, those that were pending before are left.
class [[nodiscard]] WriteSignalsHeld {
public:
    explicit WriteSignalsHeld(bool wanted) noexcept {
        if (wanted) {
            hold();
        }
    }
    WriteSignalsHeld(const WriteSignalsHeld&) = delete;
    WriteSignalsHeld& operator=(const WriteSignalsHeld&) = delete;
    ~WriteSignalsHeld() {
        if (holding_) {
            consume(SIGPIPE);
            consume(SIGXFSZ);
            pthread_sigmask(SIG_SETMASK, &before_, nullptr);
        }
    }
    /// A write failed with EPIPE or EFBIG, which raises a signal.
    void raised() noexcept { raised_ = true; }

    void hold() noexcept {
        if (holding_) {
            return;
        }
        holding_ = true;
        sigset_t held;
        sigemptyset(&held);
        sigaddset(&held, SIGPIPE);
        sigaddset(&held, SIGXFSZ);
        pthread_sigmask(SIG_BLOCK, &held, &before_);
        sigemptyset(&pending_before_);
        // Only what the program itself holds back can be pending.
        if (sigismember(&before_, SIGPIPE) == 1 || sigismember(&before_, SIGXFSZ) == 1) {
            sigpending(&pending_before_);
        }
    }

private:
    void consume(int signal) noexcept {
        sigset_t pending;
        if (raised_ && sigismember(&pending_before_, signal) == 0 && sigpending(&pending) == 0 &&
            sigismember(&pending, signal) == 1) {
            sigset_t one;
            sigemptyset(&one);
            sigaddset(&one, signal);
            int taken = 0;
            sigwait(&one, &taken);
        }
    }

    bool holding_ = false;
    bool raised_ = false;
    sigset_t before_;
    sigset_t pending_before_;
};

/// False for what cannot raise a signal: regular files without a size limit, terminals, /dev/null.
/// Then a write costs two system calls less.
inline bool may_raise_signals(int descriptor) noexcept {
    struct stat status{};
    rlimit limit{};
    if (::fstat(descriptor, &status) != 0) {
        return true;
    }
    if (S_ISREG(status.st_mode)) {
        return ::getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur != RLIM_INFINITY;
    }
    return !S_ISCHR(status.st_mode);
}

/// How much was written, and why no more.
struct Written {
    std::size_t size = 0;
    std::error_code error;
};

inline bool wait_until_writable(int descriptor) noexcept {
    pollfd waited{descriptor, POLLOUT, 0};
    return ::poll(&waited, 1, -1) > 0 || errno == EINTR;
}

/// Waits where waiting helps; false if the failed write cannot go on.
inline bool can_go_on(int descriptor) noexcept {
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
        return wait_until_writable(descriptor);
    }
    return errno == EINTR;
}

/// Writes everything, however little the kernel takes at a time.
inline Written write_all(int descriptor, std::string_view bytes, bool hold_signals) noexcept {
    const WritingLines here;
    WriteSignalsHeld held{hold_signals};
    Written done;
    while (done.size < bytes.size()) {
        const ssize_t written =
            ::write(descriptor, bytes.data() + done.size, bytes.size() - done.size);
        if (written > 0) {
            done.size += static_cast<std::size_t>(written);
            if (done.size < bytes.size()) {
                held.hold(); // the next write may be at a size limit
            }
        } else if (written == 0 || !can_go_on(descriptor)) {
            done.error =
                written == 0 ? std::error_code{EIO, std::generic_category()} : last_error();
            held.raised();
            break;
        }
    }
    return done;
}

} // namespace detail
ELIOT_END_NAMESPACE
