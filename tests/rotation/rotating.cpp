// SPDX-License-Identifier: Apache-2.0
// Logs while its log is rotated:  rotating LOG when_moved|signal|never MODE FILE
// until FILE exists, from two threads, each numbering its lines. Prints how many each has logged.

#include <eliot/eliot.hpp>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>

using namespace eliot::literals;

namespace {

std::atomic<bool> is_over{false};

long log_lines(int thread) {
    long number = 0;
    while (!is_over) {
        const auto task = eliot::start_task("twenty lines", "thread"_f = thread);
        for (const long end = number + 20; number < end; ++number) {
            eliot::log_message("line", "thread"_f = thread, "number"_f = number);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    return number;
}

eliot::FileOptions options(std::string_view rotation, std::string_view mode) {
    eliot::FileOptions chosen;
    chosen.reopen = rotation == "when_moved" ? eliot::Reopen::when_moved : eliot::Reopen::never;
    chosen.flush = mode == "line"    ? eliot::Flush::line
                   : mode == "chunk" ? eliot::Flush::chunk
                                     : eliot::Flush::background;
    return chosen;
}

} // namespace

int main(int, char** argv) {
    eliot::to_file(argv[1], options(argv[2], argv[3]));
    std::signal(SIGUSR1, [](int) { eliot::reopen(); });
    long counts[2] = {};
    std::thread first{[&counts] { counts[0] = log_lines(0); }};
    std::thread second{[&counts] { counts[1] = log_lines(1); }};
    while (access(argv[4], F_OK) != 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    is_over = true;
    first.join();
    second.join();
    std::printf("%ld %ld\n", counts[0], counts[1]);
    return EXIT_SUCCESS;
}
