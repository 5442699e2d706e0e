// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/crash_handler.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace eliot::literals;

namespace {

constexpr int logged_lines = 100;

std::string log_path() { return "/tmp/eliot-crash-" + std::to_string(getpid()) + ".log"; }

void log_lines() {
    for (int i = 0; i < logged_lines; ++i) {
        eliot::log_message("count", "number"_f = i);
    }
}

/// What killed a child that logs in Flush::chunk and then runs `f`, and how many lines it left.
struct Crash {
    int signal = 0;
    int lines = 0;

    template <class F>
    explicit Crash(F&& f, void (*before)(int) = SIG_DFL, std::terminate_handler at_end = nullptr) {
        const std::string path = log_path();
        const pid_t child = fork();
        if (child == 0) {
            for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS}) {
                std::signal(number, before);
            }
            std::set_terminate(at_end);
            eliot::flush_on_crash();
            eliot::FileOptions options;
            options.flush = eliot::Flush::chunk;
            options.flush_every_ms = 0;
            eliot::to_file(path, options);
            log_lines();
            f();
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        signal = WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
        std::ifstream file{path};
        for (std::string line; std::getline(file, line);) {
            lines += line.starts_with("{\"task_uuid\"") && line.back() == '}' ? 1 : 0;
        }
        unlink(path.c_str());
    }
};

// Not optimised, so that it needs the stack.
[[gnu::noinline]] int overflow(volatile char* above) {
    volatile char here[4096];
    here[0] = above == nullptr ? char{0} : *above;
    return here[0] == 1 ? 0 : overflow(here) + here[0];
}

} // namespace

TEST_CASE("a crash writes what is committed, and then goes its way") {
    for (const int number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS}) {
        const Crash crash{[number] { std::raise(number); }};
        CHECK(crash.signal == number);
        CHECK(crash.lines == logged_lines);
    }
}

TEST_CASE("std::terminate and abort write it, too") {
    const Crash terminated{[] { std::terminate(); }};
    CHECK(terminated.signal == SIGABRT);
    CHECK(terminated.lines == logged_lines);
    const Crash aborted{[] { std::abort(); }};
    CHECK(aborted.signal == SIGABRT);
    CHECK(aborted.lines == logged_lines);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("the handler runs when the stack has overflowed, on every thread that logs") {
    const Crash here{[] { overflow(nullptr); }};
    CHECK(here.signal == SIGSEGV);
    CHECK(here.lines == logged_lines);
    const Crash there{[] {
        std::thread{[] {
            log_lines();
            overflow(nullptr);
        }}.join();
    }};
    CHECK(there.signal == SIGSEGV);
    CHECK(there.lines == 2 * logged_lines);
}
#endif

TEST_CASE("the handler that was there before runs afterwards, and may log") {
    const Crash crash{[] { std::raise(SIGSEGV); },
                      [](int) {
                          eliot::log_message("last words");
                          _exit(7);
                      }};
    CHECK(crash.signal == -7);
    CHECK(crash.lines == logged_lines + 1);
}

TEST_CASE("so does the terminate handler, which may end the program without a signal") {
    const Crash crash{[] { std::terminate(); }, SIG_DFL, [] { _exit(7); }};
    CHECK(crash.signal == -7);
    CHECK(crash.lines == logged_lines);
}

TEST_CASE("a file that cannot be written does not change how the program ends") {
    const Crash crash{[] {
        limit_file_size(4);
        std::raise(SIGSEGV);
    }};
    CHECK(crash.signal == SIGSEGV);
}

TEST_CASE("a crash inside a destination loses nothing of the files") {
    const Crash crash{[] {
        eliot::add_destination([](const eliot::Record&) { std::raise(SIGSEGV); });
        eliot::log_message("the last one");
    }};
    CHECK(crash.signal == SIGSEGV);
    CHECK(crash.lines == logged_lines + 1);
}

TEST_CASE("lines that wait for the writing thread are written") {
    const Crash crash{[] {
        eliot::FileOptions options;
        options.flush = eliot::Flush::background;
        const std::string path = log_path() + "2";
        eliot::to_file(path, options);
        for (int i = 0; i < 100; ++i) {
            log_lines();
        }
        std::raise(SIGABRT);
    }};
    CHECK(crash.signal == SIGABRT);
    CHECK(crash.lines == 101 * logged_lines);
    unlink((log_path() + "2").c_str());
}
