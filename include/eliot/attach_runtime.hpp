// SPDX-License-Identifier: Apache-2.0
#pragma once

// One log for a program and plugins that cannot see its symbols: loaded with RTLD_LOCAL by a
// program that exports none (no -rdynamic, CMake: ENABLE_EXPORTS). Elsewhere it is without effect.
//
//     plugin_init(eliot::runtime_handle());                    // the program
//     extern "C" void plugin_init(const eliot::RuntimeHandle& handle) { // the plugin
//         if (!eliot::attach_runtime(handle)) { … }
//     }

#include <eliot/config.hpp>
#include <eliot/context/action_state.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/output/background.hpp>
#include <eliot/output/destinations.hpp>
#include <eliot/output/files.hpp>
#include <eliot/output/keep_loaded.hpp>
#include <eliot/output/on_error.hpp>
#include <eliot/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Changes with whatever two copies of the library must agree on.
constexpr std::uint64_t layout_of_runtime() noexcept {
    std::uint64_t hash = 14695981039346656037U; // FNV-1a
    for (const std::size_t number :
         {std::size_t{ELIOT_VERSION_MAJOR}, std::size_t{ELIOT_VERSION_MINOR},
          std::size_t{ELIOT_VERSION_PATCH}, sizeof(Runtime), sizeof(Thread), sizeof(ContextNode),
          sizeof(Destination), sizeof(BackgroundQueue), sizeof(Survival), sizeof(std::string)}) {
        hash = (hash ^ number) * 1099511628211U;
    }
    return hash;
}

} // namespace detail

/// The variables of the program's copy of the library, for its plugins.
struct RuntimeHandle {
    std::uint64_t layout = detail::layout_of_runtime();
    detail::Runtime* runtime = &*detail::the_runtime;
    detail::Thread& (*this_thread)() noexcept = &detail::this_thread;
    detail::BackgroundQueue* background_queue = &*detail::background_queue;
    detail::Survival* survival = &*detail::survival;
    detail::Atomic<detail::ErrorHandler*>* error_handler = &*detail::error_handler;
    detail::Atomic<detail::ErrorHandler*>* kept_error_handlers = &*detail::kept_error_handlers;
    detail::Atomic<unsigned>* reopen_requests = &*detail::reopen_requests;
    detail::Atomic<std::uint32_t>* uuid_generation = &*detail::uuid_generation;
    detail::Atomic<std::uint64_t>* next_sequence = &*detail::ChunkMemory::next_sequence;
    detail::Atomic<void (*)(detail::Thread&)>* instead_of_delivery = &*detail::instead_of_delivery;
    detail::Atomic<void (*)(detail::Thread&)>* clear_contexts = &*detail::clear_contexts;
    detail::Atomic<void (*)(detail::Thread&)>* settle_thread = &*detail::settle_thread;
    detail::Atomic<void (*)(detail::Thread&)>* end_forked_task = &*detail::end_forked_task;
#if ELIOT_HAS_EXCEPTIONS
    detail::Atomic<const detail::Extractor*>* extractors = &*detail::extractors;
#else
    void* extractors = nullptr;
#endif
};

/// What `attach_runtime` needs in a plugin.
inline RuntimeHandle runtime_handle() noexcept { return {}; }

namespace detail {

inline void attach_variables(const RuntimeHandle& handle) noexcept {
    this_thread_of_program.store(handle.this_thread, MemoryOrder::release);
    current_thread = nullptr;
    background_queue.attach(*handle.background_queue);
    survival.attach(*handle.survival);
    error_handler.attach(*handle.error_handler);
    kept_error_handlers.attach(*handle.kept_error_handlers);
    reopen_requests.attach(*handle.reopen_requests);
    uuid_generation.attach(*handle.uuid_generation);
    ChunkMemory::next_sequence.attach(*handle.next_sequence);
    instead_of_delivery.attach(*handle.instead_of_delivery);
    clear_contexts.attach(*handle.clear_contexts);
    settle_thread.attach(*handle.settle_thread);
    end_forked_task.attach(*handle.end_forked_task);
#if ELIOT_HAS_EXCEPTIONS
    if (handle.extractors != nullptr) {
        extractors.attach(*handle.extractors);
    }
#endif
    the_runtime.attach(*handle.runtime);
}

/// What the plugin logged before it was attached.
inline void hand_over_early_lines(Runtime& from) {
    from.early.take_each([](std::string_view line) {
        append(this_thread(), with_globals(line, runtime().globals.load(MemoryOrder::acquire)),
               nullptr);
    });
}

} // namespace detail

/// From now on this module logs into the program that `handle` comes from: one current action, one
/// list of destinations, one set of extractors. To be called before the module has actions or
/// threads that log; lines it has logged without a destination follow now, destinations it has
/// added get nothing more. The module stays loaded, also behind dlclose. False, and without effect,
/// if the program was built with another version of eliot or another standard library. A handle of
/// the same copy changes nothing.
[[nodiscard]] inline bool attach_runtime(const RuntimeHandle& handle) {
    if (handle.layout != detail::layout_of_runtime()) {
        return false;
    }
    detail::Runtime& own = detail::runtime();
    if (&own != handle.runtime) {
        detail::keep_module_loaded(&detail::the_runtime);
        detail::attach_variables(handle);
        detail::hand_over_early_lines(own);
    }
    return true;
}

ELIOT_END_NAMESPACE
