// SPDX-License-Identifier: Apache-2.0
#pragma once

// At exit everything that is committed is delivered. Lines logged later (in static destructors that
// run behind the hook, in other threads) are written at once, to files only.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/runtime.hpp>

#include <cstdlib>

ELIOT_BEGIN_NAMESPACE
namespace detail {

void at_exit() noexcept;

inline constinit Atomic<bool> exit_hook_installed{false};

inline void install_exit_hook() noexcept {
    if (!exit_hook_installed.exchange(true, MemoryOrder::relaxed)) {
        // Handlers of a module that is closed run then, in the middle of the program.
        keep_module_loaded(reinterpret_cast<const void*>(&at_exit));
        std::atexit([] { at_exit(); });
#if !defined(__APPLE__)
        std::at_quick_exit([] { at_exit(); });
#endif
    }
}

} // namespace detail
ELIOT_END_NAMESPACE
