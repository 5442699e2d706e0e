// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plugin that the library may call later (it added a destination, its copy of the library runs at
// exit) stays in memory when the program closes it.
//
//     keep_module_loaded(&function);

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>

#include <dlfcn.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline constinit Atomic<const void*> kept_module{nullptr}; ///< where the last one begins

/// The module that has this address. Mostly it is the same one again.
inline void keep_module_loaded(const void* address) noexcept {
    Dl_info info{};
    if (::dladdr(address, &info) != 0 && info.dli_fname != nullptr &&
        kept_module.load(MemoryOrder::relaxed) != info.dli_fbase) {
        ::dlopen(info.dli_fname, RTLD_NOLOAD | RTLD_NODELETE | RTLD_LAZY);
        kept_module.store(info.dli_fbase, MemoryOrder::relaxed);
    }
}
/// The module that has the virtual functions of an object.
template <class T>
void keep_code_loaded(const T& object) noexcept {
    static_assert(__is_polymorphic(T));
    keep_module_loaded(*reinterpret_cast<const void* const*>(&object));
}

} // namespace detail
ELIOT_END_NAMESPACE
