// SPDX-License-Identifier: Apache-2.0
// A plugin, and, compiled as one, a library: it logs in the action of its caller, adds a
// destination of its own, and throws what the program knows how to describe.

#include <eliot/eliot.hpp>

#include "common.hpp"
#include "errors.hpp"

#include <cstdio>

using namespace eliot::literals;

namespace {

constexpr auto typed = eliot::message_type<"typed">(eliot::fields(eliot::field<"n", int>()));

void work(const char* who) {
    eliot::log_message("works", "who"_f = who);
    typed.log("n"_f = 3);
    auto action = eliot::start_action("act", "who"_f = who);
    try {
        eliot::start_action("throw").run([] { throw SharedError{7}; });
    } catch (const SharedError&) {
        eliot::log_message("caught");
    }
}

} // namespace

EXPORTED bool plugin_attach(const eliot::RuntimeHandle& handle) {
    return eliot::attach_runtime(handle);
}
EXPORTED void plugin_work() { work("plugin"); }
EXPORTED void library_work() { work("library"); }
/// Prints the types of what is logged from now on.
EXPORTED void plugin_listen() {
    eliot::add_destination([](const eliot::Record& record) {
        std::printf("%.*s\n", static_cast<int>(record.type().size()), record.type().data());
    });
}
