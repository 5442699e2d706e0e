// SPDX-License-Identifier: Apache-2.0
// lines WORKLOAD COUNT: logs about COUNT lines in Flush::chunk to /dev/null, for instructions.py.
#include "workload.hpp"

#include <cstdlib>
#include <string_view>

namespace {

/// Valgrind slows the program, but not the time: a line would take 50 microseconds instead of 50
/// nanoseconds, and the work that is done once in a while would be done at every other line. Costs
/// some ten instructions less than the counter.
eliot::Timestamp steady_clock() noexcept {
    static std::int64_t time = 1'795'238'505'458'876'123;
    return eliot::Timestamp{time += 50};
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        return 2;
    }
    const std::string_view work = argv[1];
    const int lines = std::atoi(argv[2]);
    eliot::set_clock(&steady_clock);
    eliot::to_file("/dev/null", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
    if (work == "two_files") {
        eliot::to_file("/dev/null", {.flush = eliot::Flush::chunk, .flush_every_ms = 0});
    }
    constexpr int levels = 16;
    for (int i = 0, done = 0; done < lines; ++i) {
        if (work == "depth") {
            workload::depth(i, levels);
            done += 2 * levels;
        } else if (work == "success_fields") {
            workload::success_fields(i);
            done += 2;
        } else {
            workload::pizza(i);
            done += workload::lines_of_pizza;
        }
    }
}
