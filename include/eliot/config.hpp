// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the compiler and the platform give, decided once.
// Every other header opens with ELIOT_BEGIN_NAMESPACE and closes with ELIOT_END_NAMESPACE.

#if !defined(__unix__) && !defined(__APPLE__)
#    error "eliot needs a POSIX system"
#endif

// Default visibility, so that a program and its shared libraries have one context and one list of
// destinations, also when they are compiled with -fvisibility=hidden.
#define ELIOT_BEGIN_NAMESPACE                                                                      \
    namespace [[gnu::visibility("default")]] eliot {                                               \
    inline namespace v1 {
#define ELIOT_END_NAMESPACE                                                                        \
    }                                                                                              \
    }

#if defined(__cpp_exceptions)
#    define ELIOT_HAS_EXCEPTIONS 1
#else
#    define ELIOT_HAS_EXCEPTIONS 0
#endif

#if defined(__cpp_rtti)
#    define ELIOT_HAS_RTTI 1
#else
#    define ELIOT_HAS_RTTI 0
#endif
