// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/crash_handler.hpp>

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"
#include "support/files.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::detail;
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

namespace {

/// Logs lines of 1 kB, numbered from 0.
void log_long_lines(int count) {
    const std::string text(1000, 'x');
    for (int i = 0; i < count; ++i) {
        eliot::log_message("long", "number"_f = i, "text"_f = text);
    }
}

/// How often each number from 0 on stands in the log.
std::vector<int> counts_of_numbers(const std::string& log) {
    std::vector<int> counts;
    const std::string key = "\"number\":";
    for (std::size_t at = log.find(key); at != std::string::npos; at = log.find(key, at + 1)) {
        const auto number = static_cast<std::size_t>(std::stoi(log.substr(at + key.size(), 8)));
        counts.resize(std::max(counts.size(), number + 1));
        ++counts[number];
    }
    return counts;
}

/// A background file that nobody reads from yet, so that its writer soon waits.
void to_waiting_file(const std::string& path) {
    mkfifo(path.c_str(), 0600);
    eliot::to_file(path, {.flush = eliot::Flush::background, .flush_every_ms = 0});
}

bool is_background_queue_full() {
    std::size_t count = 0;
    background_queue->peek([&](const FullChunk&) { ++count; });
    return count == BackgroundQueue::capacity;
}

} // namespace

TEST_CASE("what waits for room in front of the writing thread is in the other files once") {
    const TemporaryDirectory here;
    const Child child{[&] {
        eliot::flush_on_crash();
        eliot::to_file(here / "a.log", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
        to_waiting_file(here / "fifo");
        static Chunk* chunk = nullptr;
        std::thread{[] {
            chunk = &this_thread().chunk;
            log_long_lines(3000);
        }}.detach();
        while (!is_background_queue_full() || !chunk->waits.load()) {
            std::this_thread::yield();
        }
        std::abort();
    }};
    CHECK(child.outcome() == "killed by signal 6");
    const std::vector<int> counts = counts_of_numbers(text_of(here / "a.log"));
    CHECK(counts.size() > 1500);
    CHECK(std::count(counts.begin(), counts.end(), 1) == std::ssize(counts));
}

TEST_CASE("what another thread was about to deliver behind the writing thread is not lost") {
    const TemporaryDirectory here;
    const std::string path = here / "fifo";
    mkfifo(path.c_str(), 0600);
    const int fifo = open(path.c_str(), O_RDONLY | O_NONBLOCK);
    int told[2];
    REQUIRE(pipe(told) == 0);
    const pid_t reader = fork();
    if (reader == 0) {
        close(told[1]);
        char byte = 0;
        (void)!read(told[0], &byte, 1);
        fcntl(fifo, F_SETFL, 0);
        _exit(dup2(fifo, STDIN_FILENO) != 0 ||
              std::system(("cat > " + (here / "a.log")).c_str()) != 0);
    }
    const Child child{[&] {
        eliot::flush_on_crash();
        to_waiting_file(path);
        log_long_lines(150);
        Chunk& chunk = this_thread().chunk;
        std::thread{[&chunk] { // as flush and the timer do
            const ChunkLock lock{this_thread(), chunk};
            drain_locked(this_thread(), chunk);
        }}
            .detach();
        while (chunk.mutex.try_lock()) {
            chunk.mutex.unlock();
            std::this_thread::yield();
        }
        (void)!write(told[1], "!", 1);
        std::abort();
    }};
    close(told[1]);
    int status = 1;
    waitpid(reader, &status, 0);
    CHECK(status == 0);
    CHECK(child.outcome() == "killed by signal 6");
    CHECK(counts_of_numbers(text_of(here / "a.log")) == std::vector<int>(150, 1));
    close(fifo);
    close(told[0]);
}
