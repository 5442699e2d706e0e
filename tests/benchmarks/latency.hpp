// SPDX-License-Identifier: Apache-2.0
#pragma once

// How long a caller waits for one call: each of many is timed, round after round, variant after
// variant. Prints members of a JSON object, the percentiles in nanoseconds of each round; what
// reading the time costs is in them.
//
//     Latency latency{rounds};
//     latency.add("spdlog", [&](int i) { … });
//     latency.run();

#include "harness.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

class Latency {
public:
    explicit Latency(int rounds) : rounds_{rounds} {}

    /// `call(i)` is one call; `begin` and `end` surround a round.
    template <class F>
    void add(std::string name, F call, std::function<void()> begin = {},
             std::function<void()> end = {}) {
        const auto sample = [call](std::vector<std::uint64_t>& times) {
            for (std::size_t i = 0; i < times.size(); ++i) {
                const std::uint64_t start = ticks();
                call(static_cast<int>(i));
                times[i] = ticks() - start;
            }
        };
        variants_.push_back({std::move(name), sample, std::move(begin), std::move(end), {}});
    }

    void run() {
        for (int round = 0; round < rounds_; ++round) {
            for (Variant& variant : variants_) {
                run(variant);
            }
        }
        for (const Variant& variant : variants_) {
            for (std::size_t i = 0; i < percentiles.size(); ++i) {
                const bool last = &variant == &variants_.back() && i + 1 == percentiles.size();
                print_rounds("caller's " + percentiles[i].name + " | " + variant.name,
                             variant.nanoseconds[i], last);
            }
        }
    }

private:
    static constexpr std::size_t samples = 50'000;
    struct Percentile {
        std::string name;
        double share;
    };
    static inline const std::vector<Percentile> percentiles{
        {"p50", 0.5}, {"p99", 0.99}, {"p99.9", 0.999}};

    struct Variant {
        std::string name;
        std::function<void(std::vector<std::uint64_t>&)> sample;
        std::function<void()> begin;
        std::function<void()> end;
        std::vector<double> nanoseconds[3];
    };

    static std::uint64_t ticks() {
#if defined(__x86_64__)
        return __builtin_ia32_rdtsc();
#else
        return static_cast<std::uint64_t>(
            std::chrono::steady_clock::now().time_since_epoch().count());
#endif
    }

    void run(Variant& variant) {
        if (variant.begin) {
            variant.begin();
        }
        const auto start = std::chrono::steady_clock::now();
        const std::uint64_t first = ticks();
        variant.sample(times_);
        const auto elapsed = static_cast<double>(ticks() - first);
        const std::chrono::duration<double, std::nano> taken =
            std::chrono::steady_clock::now() - start;
        if (variant.end) {
            variant.end();
        }
        std::sort(times_.begin(), times_.end());
        for (std::size_t i = 0; i < percentiles.size(); ++i) {
            const auto at = static_cast<std::size_t>(percentiles[i].share * samples);
            variant.nanoseconds[i].push_back(static_cast<double>(times_[at]) * taken.count() /
                                             elapsed);
        }
    }

    int rounds_;
    std::vector<Variant> variants_;
    std::vector<std::uint64_t> times_ = std::vector<std::uint64_t>(samples);
};
