// SPDX-License-Identifier: Apache-2.0
// Coroutines: an action that is made current between two suspensions, wherever it is resumed.

#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <array>
#include <coroutine>
#include <exception>
#include <string>
#include <thread>
#include <utility>

using namespace eliot::literals;

namespace {

/// A coroutine that is resumed by hand.
class Job {
public:
    struct promise_type {
        Job get_return_object() {
            return Job{std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };

    explicit Job(std::coroutine_handle<promise_type> handle) : handle_{handle} {}
    Job(Job&& other) noexcept : handle_{std::exchange(other.handle_, nullptr)} {}
    Job& operator=(Job&&) = delete;
    ~Job() {
        if (handle_) {
            handle_.destroy();
        }
    }

    void resume() { handle_.resume(); }

private:
    std::coroutine_handle<promise_type> handle_;
};

Job count_to_three(std::string name) {
    eliot::Action action{"count", "name"_f = name};
    for (int i = 1; i <= 3; ++i) {
        {
            const auto in = action.context();
            eliot::log_message(name, "i"_f = i);
        }
        co_await std::suspend_always{};
    }
    action.finish();
}

template <class F>
void on_another_thread(F f) {
    std::thread{std::move(f)}.join();
}

} // namespace

TEST_CASE("coroutines that take turns on several threads log into their own actions") {
    Lines log;
    {
        auto root = eliot::start_task("root");
        std::array jobs{count_to_three("a"), count_to_three("b")};
        for (int turn = 0; turn < 4; ++turn) {
            jobs[0].resume();
            CHECK(eliot::current_action() == &root);
            if (turn == 0) {
                jobs[1].resume(); // begins in the task, goes on elsewhere
            } else {
                on_another_thread([&] {
                    jobs[1].resume();
                    if (eliot::current_action() != nullptr) {
                        std::terminate();
                    }
                });
            }
        }
    }
    CHECK(log.text() == R"(/1 root started
/2/1 count started {"name":"a"}
/2/2 a {"i":1}
/2/3 a {"i":2}
/2/4 a {"i":3}
/2/5 count succeeded
/3/1 count started {"name":"b"}
/3/2 b {"i":1}
/3/3 b {"i":2}
/3/4 b {"i":3}
/3/5 count succeeded
/4 root succeeded
)");
}
