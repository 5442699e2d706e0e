// SPDX-License-Identifier: Apache-2.0
// Scopes in coroutines that stay on one thread, without any help for coroutines.
#include <eliot/eliot.hpp>

#include "support/catch.hpp"
#include "support/lines.hpp"

#include <coroutine>
#include <exception>
#include <stdexcept>
#include <thread>

using namespace eliot::literals;

namespace {

struct Task {
    struct promise_type {
        Task get_return_object() { return {Handle::from_promise(*this)}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { exception = std::current_exception(); }
        std::exception_ptr exception;
    };
    using Handle = std::coroutine_handle<promise_type>;
    Handle handle;
};

/// How waiting for it goes.
enum class Wait { is_ready, returns_false, throws, suspends };

struct Awaitable {
    Wait wait;
    bool await_ready() const noexcept { return wait == Wait::is_ready; }
    bool await_suspend(std::coroutine_handle<>) const {
        if (wait == Wait::throws) {
            throw std::runtime_error{"cannot wait"};
        }
        return wait == Wait::suspends;
    }
    void await_resume() const noexcept {}
};

Task work(Wait wait) {
    auto action = eliot::start_action("work");
    co_await Awaitable{wait};
    eliot::log_message("after the wait");
}

} // namespace

TEST_CASE("a coroutine that is destroyed while it is suspended: its scope was abandoned") {
    Lines log;
    {
        Task task{};
        {
            auto outer = eliot::start_action("outer");
            task = work(Wait::suspends);
            outer.finish();
        }
        // The thread is elsewhere when the frame is dropped, as in an executor's destructor.
        std::thread{[task] { task.handle.destroy(); }}.join();
    }
    CHECK(log.text() == "/1 outer started\n"
                        "/2/1 work started\n"
                        "/2/2 work failed {\"exception\":\"eliot::Abandoned\",\"reason\":\"the "
                        "scope was destroyed while it was not current\"}\n"
                        "/3 outer succeeded\n");
}

TEST_CASE("a coroutine that need not wait, or fails to, ends its scope as a function does") {
    for (const Wait wait : {Wait::is_ready, Wait::returns_false, Wait::throws}) {
        Lines log;
        {
            auto outer = eliot::start_action("outer");
            work(wait).handle.destroy();
            eliot::log_message("in outer");
        }
        const bool failed = wait == Wait::throws;
        CHECK(log.text() == "/1 outer started\n/2/1 work started\n" +
                                std::string{failed ? "/2/2 work failed {\"exception\":\"unknown\","
                                                     "\"reason\":\"an exception left the scope\"}\n"
                                                   : "/2/2 after the wait\n/2/3 work succeeded\n"} +
                                "/3 in outer\n/4 outer succeeded\n");
    }
}
