// SPDX-License-Identifier: Apache-2.0
// fork_storm LOG MODE ROUNDS LINES: forks ROUNDS times, inside of an action, while three threads
// log (at most LINES each) and a fourth adds and removes destinations. The children log, and end in
// every way that there is. Then compares the log with what was logged: fails if a line is lost or
// there twice.
//
//     MODE  line | task | chunk | background | survive (chunk, survive_kill)
#include <eliot/eliot.hpp>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::literals;

namespace {

constexpr int thread_count = 3;
constexpr long child_lines = 3;

/// Shared by all processes.
struct Shared {
    std::array<std::atomic<long>, thread_count> last; ///< that each thread has logged
    std::atomic<int> bad_children;
};

std::atomic<bool> stop{false};

eliot::FileOptions options_for(std::string_view mode) {
    eliot::FileOptions options;
    options.flush = mode == "line"         ? eliot::Flush::line
                    : mode == "task"       ? eliot::Flush::task
                    : mode == "background" ? eliot::Flush::background
                                           : eliot::Flush::chunk;
    options.flush_every_ms = 1;
    options.survive_kill = mode == "survive";
    return options;
}

void log_until_stopped(Shared& shared, int thread, long most_lines) {
    const std::string who = "thread " + std::to_string(thread);
    for (long i = 1; !stop && i <= most_lines; ++i) {
        auto action = eliot::start_action("work");
        eliot::log_message("count", "who"_f = who, "number"_f = i);
        shared.last[static_cast<std::size_t>(thread)] = i;
    }
}

/// A destination with a lock of its own, which may be held while another thread forks.
struct Guarded {
    std::mutex* mutex;
    long* lines;
    void operator()(const eliot::Record&) const {
        const std::lock_guard lock{*mutex};
        ++*lines;
    }
};

void change_destinations_until_stopped() {
    static std::mutex mutex;
    static long lines = 0;
    for (long changes = 0; !stop; ++changes) {
        const eliot::DestinationId id = eliot::add_destination(Guarded{&mutex, &lines});
        eliot::add_global_fields("changes"_f = changes);
        usleep(1000); // meanwhile chunks fill
        eliot::remove_destination(id);
    }
}

void log_as(const std::string& who) {
    eliot::log_message("count", "who"_f = who, "number"_f = 1);
    {
        auto action = eliot::start_action("in the child");
        eliot::log_message("count", "who"_f = who, "number"_f = 2);
    }
    eliot::log_message("count", "who"_f = who, "number"_f = 3);
}

void wait_for(pid_t child, Shared& shared) {
    int status = 0;
    waitpid(child, &status, 0);
    shared.bad_children += status != 0 ? 1 : 0;
}

[[noreturn]] void be_child(int round, const std::string& log, Shared& shared) {
    alarm(30); // a child that waits for a lock of its parent's
    switch (round % 5) {
    case 0:
        execl("/bin/true", "true", nullptr);
        _exit(1);
    case 1: {
        const pid_t grandchild = fork();
        if (grandchild == 0) {
            log_as("grandchild " + std::to_string(round));
            std::exit(0);
        }
        wait_for(grandchild, shared);
        break;
    }
    case 2:
        eliot::to_file(log + ".of-children", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
        break;
    default:
        break;
    }
    log_as("child " + std::to_string(round));
    if (round % 5 == 3) {
        _exit(0); // its forked task has no end
    }
    std::exit(0);
}

[[noreturn]] void storm(const std::string& log, std::string_view mode, int rounds, long lines,
                        Shared& shared) {
    eliot::to_file(log, options_for(mode));
    std::vector<std::thread> threads;
    for (int i = 0; i < thread_count; ++i) {
        threads.emplace_back([&shared, i, lines] { log_until_stopped(shared, i, lines); });
    }
    threads.emplace_back(change_destinations_until_stopped);
    for (int round = 0; round < rounds; ++round) {
        auto action = eliot::start_action("forks", "round"_f = round);
        const std::string who = "parent " + std::to_string(round);
        eliot::log_message("count", "who"_f = who, "number"_f = 1);
        usleep(300); // whoever waited for this thread is at it again
        const pid_t child = fork();
        if (child == 0) {
            be_child(round, log, shared);
        }
        eliot::log_message("count", "who"_f = who, "number"_f = 2);
        wait_for(child, shared);
    }
    stop = true;
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::exit(0);
}

using Counts = std::map<std::string, std::map<long, int>>;

Counts count_lines(const std::string& log) {
    Counts counts;
    std::ifstream file{log};
    for (std::string line; std::getline(file, line);) {
        char who[64];
        long number = 0;
        const std::size_t at = line.find("\"who\":");
        if (at != std::string::npos &&
            std::sscanf(line.c_str() + at, "\"who\":\"%63[^\"]\",\"number\":%ld", who, &number) ==
                2) {
            ++counts[who][number];
        }
    }
    return counts;
}

/// How many of the lines 1 to `last` do not stand there exactly once.
long count_wrong(Counts& counts, const std::string& who, long last) {
    long wrong = 0;
    for (long number = 1; number <= last; ++number) {
        const int there = counts[who][number];
        if (there != 1) {
            std::printf("%s, line %ld: %d times\n", who.c_str(), number, there);
            ++wrong;
        }
    }
    return wrong;
}

long count_all_wrong(const std::string& log, int rounds, const Shared& shared) {
    Counts counts = count_lines(log);
    long wrong = 0;
    for (int i = 0; i < thread_count; ++i) {
        wrong += count_wrong(counts, "thread " + std::to_string(i),
                             shared.last[static_cast<std::size_t>(i)]);
    }
    for (int round = 0; round < rounds; ++round) {
        const std::string number = std::to_string(round);
        wrong += count_wrong(counts, "parent " + number, 2);
        wrong += count_wrong(counts, "child " + number, round % 5 == 0 ? 0 : child_lines);
        wrong += count_wrong(counts, "grandchild " + number, round % 5 == 1 ? child_lines : 0);
    }
    return wrong;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("usage: fork_storm LOG MODE ROUNDS LINES\n", stderr);
        return 2;
    }
    const std::string log = argv[1];
    const int rounds = std::atoi(argv[3]);
    unlink(log.c_str());
    unlink((log + ".of-children").c_str());
    void* const memory =
        mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    Shared& shared = *new (memory) Shared{};
    const pid_t parent = fork();
    if (parent == 0) {
        storm(log, argv[2], rounds, std::atol(argv[4]), shared);
    }
    wait_for(parent, shared);
    const long wrong = count_all_wrong(log, rounds, shared);
    std::printf("%s: %d forks, %ld lines of threads, %ld wrong, %d bad processes\n", argv[2],
                rounds, shared.last[0] + shared.last[1] + shared.last[2], wrong,
                shared.bad_children.load());
    return wrong == 0 && shared.bad_children == 0 ? 0 : 1;
}
