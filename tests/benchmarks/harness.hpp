// SPDX-License-Identifier: Apache-2.0
#pragma once

// Measures variants of the same work in turn, round after round, so that what else the machine does
// falls on all of them. Prints members of a JSON object, the nanoseconds a line of each round.
//
//     Harness harness{rounds};
//     harness.add("spdlog", 14, [&](int tasks) { … });
//     harness.run();

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

/// One member: a name and its figure in every round.
inline void print_rounds(const std::string& name, const std::vector<double>& rounds, bool last) {
    std::printf("  \"%s\": [", name.c_str());
    const char* comma = "";
    for (const double figure : rounds) {
        std::printf("%s%.2f", comma, figure);
        comma = ", ";
    }
    std::printf("]%s\n", last ? "" : ",");
}

class Harness {
public:
    explicit Harness(int rounds) : rounds_{rounds} {}

    /// `work(tasks)` handles so many tasks of `lines` lines each; `begin` and `end` are not timed.
    /// The count of tasks is chosen so that they take some milliseconds; a round is the best of
    /// five times that, as what else the machine does only ever adds.
    void add(std::string name, int lines, std::function<void(int)> work,
             std::function<void()> begin = {}, std::function<void()> end = {}) {
        variants_.push_back(
            {std::move(name), lines, std::move(work), std::move(begin), std::move(end), 0, {}});
    }

    void run() {
        for (Variant& variant : variants_) {
            variant.tasks = 1;
            while (variant.tasks < (1 << 22) && seconds_of(variant) < 0.002) {
                variant.tasks *= 2;
            }
        }
        for (int round = 0; round < rounds_; ++round) {
            for (Variant& variant : variants_) {
                const double seconds = best_seconds_of(variant);
                variant.nanoseconds.push_back(seconds * 1e9 / variant.tasks / variant.lines);
            }
        }
        print();
    }

private:
    struct Variant {
        std::string name;
        int lines;
        std::function<void(int)> work;
        std::function<void()> begin;
        std::function<void()> end;
        int tasks;
        std::vector<double> nanoseconds;
    };

    static double seconds_of(const Variant& variant) {
        if (variant.begin) {
            variant.begin();
        }
        const auto start = std::chrono::steady_clock::now();
        variant.work(variant.tasks);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        if (variant.end) {
            variant.end();
        }
        return taken.count();
    }
    static double best_seconds_of(const Variant& variant) {
        double best = seconds_of(variant);
        for (int i = 1; i < 5; ++i) {
            best = std::min(best, seconds_of(variant));
        }
        return best;
    }
    void print() const {
        for (const Variant& variant : variants_) {
            print_rounds(variant.name, variant.nanoseconds, &variant == &variants_.back());
        }
    }

    int rounds_;
    std::vector<Variant> variants_;
};
