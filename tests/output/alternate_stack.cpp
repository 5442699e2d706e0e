// SPDX-License-Identifier: Apache-2.0
#include <eliot/output/alternate_stack.hpp>

#include "support/catch.hpp"

#include <csignal>
#include <thread>

using namespace eliot::detail;

namespace {

/// This thread's stack for handlers while it lives: none, whatever the sanitizers have set.
class NoStack {
public:
    NoStack() {
        stack_t none{};
        none.ss_flags = SS_DISABLE;
        sigaltstack(&none, &before_);
    }
    NoStack(const NoStack&) = delete;
    NoStack& operator=(const NoStack&) = delete;
    ~NoStack() { sigaltstack(&before_, nullptr); }

    static stack_t present() {
        stack_t stack{};
        sigaltstack(nullptr, &stack);
        return stack;
    }
    static bool is_there() { return (present().ss_flags & SS_DISABLE) == 0; }

private:
    stack_t before_{};
};

struct Wanted {
    bool before = wants_alternate_stacks.exchange(true, MemoryOrder::relaxed);
    ~Wanted() { wants_alternate_stacks.store(before, MemoryOrder::relaxed); }
};

} // namespace

TEST_CASE("a thread gets a stack for handlers where that is wanted, and loses it again") {
    const NoStack none;
    static AlternateStack stack; // its memory is used for ever
    const bool wanted = wants_alternate_stacks.exchange(false, MemoryOrder::relaxed);
    stack.set();
    wants_alternate_stacks.store(wanted, MemoryOrder::relaxed);
    CHECK(!NoStack::is_there());
    const Wanted now;
    stack.set();
    CHECK(NoStack::is_there());
    CHECK(NoStack::present().ss_size >= 64 * 1024);
    const void* const memory = NoStack::present().ss_sp;
    stack.unset();
    CHECK(!NoStack::is_there());
    stack.set();
    CHECK(NoStack::present().ss_sp == memory);
    stack.unset();
}

TEST_CASE("a stack that the program has set itself stays") {
    const NoStack none;
    static char memory[64 * 1024];
    stack_t own{};
    own.ss_sp = memory;
    own.ss_size = sizeof memory;
    REQUIRE(sigaltstack(&own, nullptr) == 0);
    const Wanted now;
    AlternateStack stack;
    stack.set();
    CHECK(NoStack::present().ss_sp == memory);
    stack.unset();
    CHECK(NoStack::present().ss_sp == memory);
}
