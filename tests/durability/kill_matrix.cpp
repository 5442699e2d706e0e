// SPDX-License-Identifier: Apache-2.0
// kill_matrix DIRECTORY MODE END KILLS [SEED]: kills a child that logs on four threads, KILLS times
// at random moments, and compares what its log says with what the child knew to have logged.
//
//     MODE  line | chunk | background (all with the crash handler) | survive (chunk, survive_kill)
//     END   exit | abort | segv | terminate | _exit | kill
//
// Prints one line of a table. Fails if a line is lost, torn or there twice, but for what the mode
// does not promise at that end.
#include <eliot/eliot.hpp>
#include <eliot/output/recover.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <new>
#include <random>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace eliot::literals;

namespace {

constexpr int thread_count = 4;

/// What each thread has logged for sure: the call has returned. Shared with the child.
struct Logged {
    std::array<std::atomic<long>, thread_count> last;
};

struct Count {
    long lines = 0;
    long lost = 0;
    long torn = 0;
    long twice = 0;
};

void start_logging(const std::string& path, std::string_view mode) {
    eliot::FileOptions options;
    if (mode == "chunk" || mode == "survive") {
        options.flush = eliot::Flush::chunk;
    } else if (mode == "background") {
        options.flush = eliot::Flush::background;
    }
    options.survive_kill = mode == "survive";
    if (mode != "survive") {
        eliot::flush_on_crash();
    }
    eliot::to_file(path, options);
}

void log_for_ever(Logged& logged, int thread) {
    for (long i = 1;; ++i) {
        eliot::log_message("count", "thread"_f = thread, "number"_f = i);
        logged.last[static_cast<std::size_t>(thread)].store(i, std::memory_order_release);
    }
}

[[noreturn]] void end(std::string_view how) {
    if (how == "exit") {
        std::exit(0);
    } else if (how == "_exit") {
        _exit(0);
    } else if (how == "abort") {
        std::abort();
    } else if (how == "segv") {
        std::raise(SIGSEGV);
    } else if (how == "kill") {
        kill(getpid(), SIGKILL);
    }
    std::terminate();
}

[[noreturn]] void run_child(const std::string& path, std::string_view mode, std::string_view how,
                            int microseconds, Logged& logged) {
    std::freopen("/dev/null", "w", stderr);
    start_logging(path, mode);
    std::vector<std::thread> threads;
    for (int i = 0; i < thread_count; ++i) {
        threads.emplace_back([&logged, i] { log_for_ever(logged, i); });
    }
    std::this_thread::sleep_for(std::chrono::microseconds{microseconds});
    end(how);
}

std::string text_of(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// The number behind `name`; -1 if there is none.
long number_behind(std::string_view line, std::string_view name) {
    const std::size_t at = line.find(name);
    long number = -1;
    if (at != std::string_view::npos) {
        std::from_chars(line.data() + at + name.size(), line.data() + line.size(), number);
    }
    return number;
}

/// How often each number of a thread is in the log.
using Seen = std::vector<unsigned char>;

/// Counts a whole line of this program's; false if it is none.
bool see(std::string_view line, std::array<Seen, thread_count>& seen, Count& count) {
    const long thread = number_behind(line, "\"thread\":");
    const long number = number_behind(line, "\"number\":");
    if (!line.starts_with("{\"task_uuid\":\"") || !line.ends_with('}') || number < 0 ||
        thread < 0 || thread >= thread_count) {
        return false;
    }
    Seen& numbers = seen[static_cast<std::size_t>(thread)];
    const auto at = static_cast<std::size_t>(number);
    if (at >= numbers.size()) {
        numbers.resize(2 * at + 1);
    }
    ++count.lines;
    count.twice += ++numbers[at] == 2 ? 1 : 0;
    return true;
}

void compare(std::string_view text, const Logged& logged, Count& count) {
    std::array<Seen, thread_count> seen;
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        const bool is_whole = newline != std::string_view::npos;
        count.torn += is_whole && see(text.substr(0, newline), seen, count) ? 0 : 1;
        text.remove_prefix(is_whole ? newline + 1 : text.size());
    }
    for (std::size_t i = 0; i < thread_count; ++i) {
        const auto last = static_cast<std::size_t>(logged.last[i].load());
        seen[i].resize(std::max(seen[i].size(), last + 1));
        count.lost +=
            std::count(seen[i].begin() + 1, seen[i].begin() + 1 + static_cast<long>(last), 0);
    }
}

void kill_once(const std::string& path, std::string_view mode, std::string_view how,
               int microseconds, Count& count) {
    unlink(path.c_str());
    void* const memory =
        mmap(nullptr, sizeof(Logged), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    Logged& logged = *new (memory) Logged{};
    const pid_t child = fork();
    if (child == 0) {
        run_child(path, mode, how, microseconds, logged);
    }
    int status = 0;
    waitpid(child, &status, 0);
    std::error_code error;
    eliot::recover(path, error);
    compare(text_of(path), logged, count);
    munmap(memory, sizeof(Logged));
}

bool is_promised(const Count& count, std::string_view how, std::string_view mode, int kills) {
    // Nobody runs at _exit and SIGKILL: the last write may be torn, a line that was just being
    // logged may stand twice.
    const bool sudden = how == "_exit" || how == "kill" || (mode == "survive" && how != "exit");
    const bool buffered_and_lost = sudden && (mode == "chunk" || mode == "background");
    return (count.lost == 0 || buffered_and_lost) && count.torn <= (sudden ? kills : 0) &&
           count.twice <= (sudden && mode == "survive" ? kills : 0);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 5) {
        std::fputs("usage: kill_matrix DIRECTORY MODE END KILLS [SEED]\n", stderr);
        return 2;
    }
    const std::string_view mode = argv[2];
    const std::string_view how = argv[3];
    const int kills = std::atoi(argv[4]);
    const std::string path = std::string{argv[1]} + "/kill-" + argv[2] + '-' + argv[3] + ".log";
    std::mt19937 random{argc > 5 ? static_cast<unsigned>(std::atoi(argv[5])) : 1U};
    std::uniform_int_distribution<int> microseconds{500, 20'000};
    Count count;
    for (int i = 0; i < kills; ++i) {
        kill_once(path, mode, how, microseconds(random), count);
    }
    unlink(path.c_str());
    std::printf("| %-10s | %-9s | %5d | %9ld | %4ld | %4ld | %5ld |\n", argv[2], argv[3], kills,
                count.lines, count.lost, count.torn, count.twice);
    return is_promised(count, how, mode, kills) ? 0 : 1;
}
