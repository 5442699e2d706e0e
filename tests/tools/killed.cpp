// SPDX-License-Identifier: Apache-2.0

// Logs to a file that it is given, with chunks that survive, and is killed in the middle; its
// parent says so.

#include <eliot/eliot.hpp>

#include <csignal>
#include <cstring>
#include <iostream>
#include <sys/wait.h>
#include <unistd.h>

using namespace eliot::literals;

namespace {

void bake(const char* log) {
    eliot::to_file(log, {.flush = eliot::Flush::chunk, .survive_kill = true});
    auto night = eliot::start_task("night_shift", "shop"_f = "Centrale");
    eliot::log_message("oven", "temperature"_f = 287.5);
    std::raise(SIGKILL);
}

}

int main(int count, char** arguments) {
    if (count != 2) {
        return 2;
    }
    const pid_t child = ::fork();
    if (child == 0) {
        bake(arguments[1]);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    std::cout << ::strsignal(WTERMSIG(status)) << '\n';
    return 0;
}
