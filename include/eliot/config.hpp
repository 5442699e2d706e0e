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

// `ELIOT_NAMED_EACH(x, y)` gives `, x_field, y_field`: fields named after their arguments, at
// most 64.
#define ELIOT_PARENTHESES ()
#define ELIOT_NAMED_EACH(...) __VA_OPT__(ELIOT_SCAN_64(ELIOT_NAMED_NEXT(__VA_ARGS__)))
#define ELIOT_NAMED_NEXT(argument, ...)                                                            \
    , ::eliot::detail::FieldName<#argument>{} =                                                    \
          argument __VA_OPT__(ELIOT_NAMED_AGAIN ELIOT_PARENTHESES(__VA_ARGS__))
#define ELIOT_NAMED_AGAIN() ELIOT_NAMED_NEXT
#define ELIOT_SCAN_64(...) ELIOT_SCAN_8(ELIOT_SCAN_8(ELIOT_SCAN_8(__VA_ARGS__)))
#define ELIOT_SCAN_8(...) ELIOT_SCAN_2(ELIOT_SCAN_2(ELIOT_SCAN_2(__VA_ARGS__)))
#define ELIOT_SCAN_2(...) __VA_ARGS__
