// SPDX-License-Identifier: Apache-2.0
#pragma once

// Part of a test in a process of its own: what kills it does not kill the test.
//
//     const Child child{[] { std::abort(); }};
//     CHECK(child.outcome() == "killed by signal 6");

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <initializer_list>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

/// Forks, runs `f`, and waits. The child leaves by _exit(0), or as `f` makes it leave.
class Child {
public:
    template <class F>
    explicit Child(F&& f) {
        int pipe_ends[2];
        if (pipe(pipe_ends) != 0) {
            std::terminate();
        }
        std::fflush(nullptr); // or the child may write it, too, at its end
        const pid_t pid = fork();
        if (pid == 0) {
            run(pipe_ends, f);
        }
        close(pipe_ends[1]);
        read_all(pipe_ends[0]);
        waitpid(pid, &status_, 0);
    }

    /// "exit status 0", "killed by signal 11"
    std::string outcome() const {
        return WIFEXITED(status_) ? "exit status " + std::to_string(WEXITSTATUS(status_))
                                  : "killed by signal " + std::to_string(WTERMSIG(status_));
    }
    /// What it wrote to stderr.
    const std::string& errors() const { return errors_; }

private:
    template <class F>
    [[noreturn]] static void run(const int* pipe_ends, F& f) {
        // Those of the test framework would report a failure of the whole test.
        for (const int number : {SIGABRT, SIGSEGV, SIGTERM, SIGFPE, SIGILL, SIGBUS}) {
            std::signal(number, SIG_DFL);
        }
        dup2(pipe_ends[1], STDERR_FILENO);
        close(pipe_ends[0]);
        close(pipe_ends[1]);
        f();
        _exit(0);
    }
    void read_all(int descriptor) {
        char bytes[4096];
        for (ssize_t size = 0; (size = read(descriptor, bytes, sizeof bytes)) > 0;) {
            errors_.append(bytes, static_cast<std::size_t>(size));
        }
        close(descriptor);
    }

    int status_ = 0;
    std::string errors_;
};
