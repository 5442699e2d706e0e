// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/barrier.hpp>

#include "support/catch.hpp"

#include <atomic>
#include <thread>

namespace {

/// Both sides of one round, which begin it at once.
struct Round {
    std::atomic<int> number{0};
    std::atomic<int> done{0};
    std::atomic<bool> flag{false};
    std::atomic<bool> committed{false};
    bool flag_seen = false;
};

/// Without giving up the processor at once: both sides are to go on at the same time.
void wait_for(const std::atomic<int>& number, int value) {
    for (int i = 0; number.load(std::memory_order_acquire) != value; ++i) {
        if (i > 1'000) {
            std::this_thread::yield();
        }
    }
}
void pause_for(int loads) {
    const std::atomic<int> nothing{0};
    while (loads-- > 0) {
        (void)nothing.load(std::memory_order_seq_cst);
    }
}

void commit_each_round(Round& round, int rounds) {
    for (int i = 1; i <= rounds; ++i) {
        wait_for(round.number, i);
        round.committed.store(true, std::memory_order_relaxed);
        std::atomic_signal_fence(std::memory_order_seq_cst); // the compiler keeps their order
        round.flag_seen = round.flag.load(std::memory_order_relaxed);
        round.done.store(i, std::memory_order_release);
    }
}

} // namespace

TEST_CASE("either the commit is seen behind the fence, or the flag by who committed") {
    constexpr int rounds = 20'000;
    Round round;
    std::thread committer{[&] { commit_each_round(round, rounds); }};
    int missed = 0;
    for (int i = 1; i <= rounds; ++i) {
        round.flag.store(false, std::memory_order_relaxed);
        round.committed.store(false, std::memory_order_relaxed);
        round.number.store(i, std::memory_order_release);
        pause_for(i % 100);
        round.flag.store(true, std::memory_order_relaxed);
        eliot::detail::fence_all_threads();
        const bool seen = round.committed.load(std::memory_order_relaxed);
        wait_for(round.done, i);
        missed += seen || round.flag_seen ? 0 : 1;
    }
    committer.join();
    CHECK(missed == 0);
}
