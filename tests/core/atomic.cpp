// SPDX-License-Identifier: Apache-2.0
#include <eliot/core/atomic.hpp>

#include "support/catch.hpp"

#include <array>
#include <thread>
#include <vector>

using eliot::detail::Atomic;
using eliot::detail::MemoryOrder;

TEST_CASE("an atomic variable is read, written and exchanged") {
    Atomic<int*> pointer;
    CHECK(pointer.load() == nullptr);
    int value = 0;
    pointer.store(&value, MemoryOrder::release);
    CHECK(pointer.exchange(nullptr, MemoryOrder::acq_rel) == &value);
    CHECK(pointer.load(MemoryOrder::acquire) == nullptr);
}

TEST_CASE("an exchange by comparison tells what it found instead") {
    Atomic<unsigned> number{3};
    unsigned expected = 4;
    CHECK_FALSE(number.compare_exchange_strong(expected, 5));
    CHECK(expected == 3);
    CHECK(number.compare_exchange_strong(expected, 5, MemoryOrder::acq_rel));
    CHECK(number.load() == 5);
}

TEST_CASE("an atomic number changes by operations that return what was there before") {
    Atomic<unsigned> bits{0b0101};
    CHECK(bits.fetch_or(0b0010) == 0b0101);
    CHECK(bits.fetch_and(0b0110) == 0b0111);
    CHECK(bits.fetch_add(1) == 0b0110);
    CHECK(bits.fetch_sub(7) == 0b0111);
    CHECK(bits.load() == 0);
}

TEST_CASE("threads that change one atomic number lose no change") {
    Atomic<long> added{0};
    Atomic<long> exchanged{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int step = 0; step < 20'000; ++step) {
                added.fetch_add(1, MemoryOrder::relaxed);
                long seen = exchanged.load(MemoryOrder::relaxed);
                while (!exchanged.compare_exchange_weak(seen, seen + 1, MemoryOrder::acq_rel)) {
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(added.load() == 80'000);
    CHECK(exchanged.load() == 80'000);
}

TEST_CASE("what is written before a release is seen after the acquire") {
    std::array<int, 64> written{};
    Atomic<bool> done{false};
    std::thread writer{[&] {
        written.fill(7);
        done.store(true, MemoryOrder::release);
    }};
    while (!done.load(MemoryOrder::acquire)) {
        std::this_thread::yield();
    }
    CHECK(written.back() == 7);
    writer.join();
}
