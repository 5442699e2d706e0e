// SPDX-License-Identifier: Apache-2.0
// ended_threads LOG MODE ROUNDS: threads are cancelled while they log, and end themselves by
// pthread_exit in the middle of a line, of an action, of a destination. Nobody is killed by it, no
// lock stays behind; the log, which is checked afterwards, is whole.
//
//     MODE  line | chunk | background
#include <eliot/eliot.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <pthread.h>
#include <string>
#include <string_view>
#include <unistd.h>

using namespace eliot::literals;

namespace {

std::atomic<long> begun{0};
std::atomic<bool> destination_ends_thread{false};

void* log_for_ever(void*) {
    for (;;) {
        eliot::start_action("cancelled").run([] {
            ++begun;
            eliot::log_message("line", "number"_f = begun.load(), "text"_f = std::string(300, 'x'));
            eliot::log_message(
                "lazy", "value"_f = [] {
                    pthread_testcancel();
                    return 1;
                });
            pthread_testcancel();
        });
    }
}

void* leave_in_a_value(void*) {
    auto action = eliot::start_action("a value");
    eliot::log_message(
        "line", "value"_f = []() -> int {
            eliot::log_message("inside of the value");
            pthread_exit(nullptr);
        });
    return nullptr;
}

void* leave_in_an_action(void*) {
    auto action = eliot::start_action("an action");
    eliot::start_action("run").run([] { pthread_exit(nullptr); });
    return nullptr;
}

void* leave_in_a_destination(void*) {
    auto action = eliot::start_action("a destination");
    destination_ends_thread = true;
    eliot::log_message("line");
    return nullptr;
}

template <class... Threads>
void run_to_the_end(Threads... functions) {
    for (void* (*function)(void*) : {functions...}) {
        pthread_t thread{};
        pthread_create(&thread, nullptr, function, nullptr);
        pthread_join(thread, nullptr);
    }
}

void cancel_threads() {
    pthread_t threads[3]{};
    const long before = begun;
    for (pthread_t& thread : threads) {
        pthread_create(&thread, nullptr, &log_for_ever, nullptr);
    }
    while (begun < before + 20) {
        sched_yield();
    }
    for (const pthread_t thread : threads) {
        pthread_cancel(thread);
        pthread_join(thread, nullptr);
    }
}

eliot::FileOptions options_for(std::string_view mode) {
    return {.flush = mode == "line"         ? eliot::Flush::line
                     : mode == "background" ? eliot::Flush::background
                                            : eliot::Flush::chunk};
}

int count_of(const std::string& log, std::string_view text) {
    int count = 0;
    std::ifstream file{log};
    for (std::string line; std::getline(file, line);) {
        count += line.find(text) != std::string::npos ? 1 : 0;
    }
    return count;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fputs("usage: ended_threads LOG MODE ROUNDS\n", stderr);
        return 2;
    }
    alarm(100); // a lock that stayed behind
    unlink(argv[1]);
    const int rounds = std::atoi(argv[3]);
    eliot::to_file(argv[1], options_for(argv[2]));
    eliot::add_destination([](const eliot::Record&) {
        if (destination_ends_thread.exchange(false)) {
            pthread_exit(nullptr);
        }
        usleep(1); // where threads can be cancelled
    });
    for (int round = 0; round < rounds; ++round) {
        cancel_threads();
        run_to_the_end(&leave_in_a_value, &leave_in_an_action, &leave_in_a_destination);
    }
    eliot::flush();
    const int lines = count_of(argv[1], "\"number\":");
    const int inside = count_of(argv[1], "inside of the value");
    std::printf("%ld lines begun, %d written; %d of %d inside of a value\n", begun.load(), lines,
                inside, rounds);
    // A thread may be cancelled between the count and the line.
    return lines <= begun && lines >= begun - 3L * rounds && inside == rounds ? 0 : 1;
}
