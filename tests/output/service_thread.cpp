// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/service_thread.hpp>

#include "support/catch.hpp"
#include "support/child.hpp"

#include <atomic>
#include <thread>

using eliot::detail::ServiceThread;

namespace {

std::atomic<int> runs{0};
std::atomic<int> signals_heard{0};

void* run(void*) {
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    for (const int number : {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGUSR1}) {
        signals_heard += sigismember(&blocked, number) == 1 ? 0 : 1;
    }
    ++runs;
    return nullptr;
}

void wait_for_runs(int count) {
    while (runs < count) {
        std::this_thread::yield();
    }
}

} // namespace

TEST_CASE("a thread of the library's own starts once, deaf to signals, and anew in a child") {
    static constinit ServiceThread thread;
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, nullptr, &before);
    CHECK(thread.start(&run));
    CHECK(thread.start(&run));
    wait_for_runs(1);
    sigset_t after;
    pthread_sigmask(SIG_SETMASK, nullptr, &after);
    CHECK(sigismember(&after, SIGTERM) == sigismember(&before, SIGTERM));
    const Child child{[] {
        // As the handler of fork(2) does, which belongs to those who log.
        eliot::detail::runtime().generation.fetch_add(1, eliot::detail::MemoryOrder::relaxed);
        thread.start(&run);
        wait_for_runs(2);
    }};
    CHECK(child.outcome() == "exit status 0");
    CHECK(runs == 1);
    CHECK(signals_heard == 0);
}
