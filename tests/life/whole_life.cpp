// SPDX-License-Identifier: Apache-2.0
// whole_life LOG MODE END: logs in every moment that a process has, in a process of its own, and
// checks that each line is there once.
//
//     MODE  line | chunk | background
//     END   return | exit | thread (another one calls exit) | quick_exit
#include <eliot/eliot.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::literals;

namespace {

/// Logs when it is made, in an action, and when it is destroyed.
class Witness {
public:
    explicit Witness(const char* name) : name_{name} { tell("made"); }
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;
    ~Witness() { tell("destroyed"); }

private:
    void tell(const char* what) const {
        auto action = eliot::start_action(what);
        eliot::log_message(std::string{name_} + ' ' + what);
    }
    const char* name_;
};

const Witness before_main{"static"};

Witness& static_in_function() {
    static Witness witness{"static in a function"};
    return witness;
}

Witness& of_thread(const char* name) {
    static thread_local Witness witness{name};
    return witness;
}

eliot::FileOptions options_for(std::string_view mode) {
    return {.flush = mode == "line"         ? eliot::Flush::line
                     : mode == "background" ? eliot::Flush::background
                                            : eliot::Flush::chunk,
            .flush_every_ms = 0};
}

int live(const std::string& log, std::string_view mode, std::string_view end) {
    std::atexit([] { eliot::log_message("atexit, the first"); });
    std::at_quick_exit([] { eliot::log_message("at_quick_exit"); });
    eliot::to_file(log, options_for(mode));
    std::atexit([] { eliot::log_message("atexit, the last"); });
    static_in_function();
    of_thread("thread_local of main");
    std::thread{[] {
        of_thread("thread_local of a thread");
        eliot::log_message("thread");
    }}.join();
    eliot::log_message("main");
    if (end == "exit") {
        std::exit(0);
    } else if (end == "quick_exit") {
        std::quick_exit(0);
    } else if (end == "thread") {
        std::thread{[] { std::exit(0); }}.join();
    }
    return 0;
}

std::vector<std::string> expected(std::string_view end) {
    std::vector<std::string> types = {
        "static made",
        "static in a function made",
        "thread_local of main made",
        "thread_local of a thread made",
        "thread_local of a thread destroyed",
        "thread",
        "main",
    };
    if (end == "quick_exit") {
        types.emplace_back("at_quick_exit");
        return types;
    }
    for (const char* type : {"static destroyed", "static in a function destroyed",
                             "atexit, the first", "atexit, the last"}) {
        types.emplace_back(type);
    }
    if (end != "thread") { // the main thread does not end there
        types.emplace_back("thread_local of main destroyed");
    }
    return types;
}

int count_of(const std::string& log, const std::string& type) {
    int count = 0;
    std::ifstream file{log};
    for (std::string line; std::getline(file, line);) {
        count += line.find("\"message_type\":\"" + type + '"') != std::string::npos ? 1 : 0;
    }
    return count;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 5) {
        return live(argv[1], argv[2], argv[3]);
    }
    if (argc != 4) {
        std::fputs("usage: whole_life LOG MODE END\n", stderr);
        return 2;
    }
    unlink(argv[1]);
    const pid_t child = fork();
    if (child == 0) {
        execl("/proc/self/exe", argv[0], argv[1], argv[2], argv[3], "live", nullptr);
        _exit(9);
    }
    int status = 0;
    waitpid(child, &status, 0);
    int wrong = status;
    for (const std::string& type : expected(argv[3])) {
        const int count = count_of(argv[1], type);
        if (count != 1) {
            std::printf("%s: %d times\n", type.c_str(), count);
            ++wrong;
        }
    }
    std::printf("status %d, %d wrong\n", status, wrong);
    return wrong == 0 ? 0 : 1;
}
