// SPDX-License-Identifier: Apache-2.0
#pragma once

// A write(2) to a file that is at its size limit (RLIMIT_FSIZE, which may be lowered at any time)
// fails, and raises SIGXFSZ, which ends the program unless somebody takes it. To hold it back costs
// two system calls a write; a handler costs none.
//
//     size_limit_handler.install();   …   { const WritingLines here; ::write(file, …); }

#include <eliot/config.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/mutex.hpp>

#include <signal.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline constinit thread_local bool writes_lines = false;

/// While it lives, a SIGXFSZ of this thread is the library's: the failed write tells of it.
class [[nodiscard]] WritingLines {
public:
    WritingLines() noexcept : before_{detail::exchange(writes_lines, true)} {}
    WritingLines(const WritingLines&) = delete;
    WritingLines& operator=(const WritingLines&) = delete;
    ~WritingLines() { writes_lines = before_; }

private:
    bool before_;
};

/// Takes what the library's own writes raise; to everybody else it is as if it were not there.
class SizeLimitHandler {
public:
    constexpr SizeLimitHandler() noexcept = default;

    /// In front of what the program has, and again when that has gone back to the default.
    void install() noexcept {
        keep_module_loaded(reinterpret_cast<const void*>(&on_signal));
        const Lock lock{mutex};
        struct sigaction now{};
        if (::sigaction(SIGXFSZ, nullptr, &now) == 0 && is_wanted(now)) {
            is_installed_ = true;
            before_ = now;
            struct sigaction ours = now;
            ours.sa_sigaction = &on_signal;
            ours.sa_flags |= SA_SIGINFO | SA_ONSTACK;
            ours.sa_flags &= ~static_cast<int>(SA_RESETHAND);
            ::sigaction(SIGXFSZ, &ours, nullptr);
        }
    }

    Mutex mutex; ///< nothing else is locked inside

private:
    static bool calls(const struct sigaction& action) noexcept {
        return action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN;
    }
    /// In front of another one only once: that may be in front of this one by now.
    bool is_wanted(const struct sigaction& now) const noexcept {
        return now.sa_handler == SIG_DFL || (calls(now) && !is_installed_);
    }
    static void on_signal(int signal, siginfo_t* info, void* context) noexcept;
    void call_before(int signal, siginfo_t* info, void* context) const noexcept {
        if (!calls(before_)) {
            ::signal(signal, SIG_DFL);
            ::raise(signal); // ends the program when this handler returns
        } else if ((before_.sa_flags & SA_SIGINFO) != 0) {
            before_.sa_sigaction(signal, info, context);
        } else {
            before_.sa_handler(signal);
        }
    }

    bool is_installed_ = false;
    struct sigaction before_{};
};

inline constinit SizeLimitHandler size_limit_handler;

inline void SizeLimitHandler::on_signal(int signal, siginfo_t* info, void* context) noexcept {
    if (!writes_lines) {
        size_limit_handler.call_before(signal, info, context);
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
