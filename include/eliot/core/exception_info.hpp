// SPDX-License-Identifier: Apache-2.0
#pragma once

// What can be told of the exception that a catch block holds: the demangled name of its type, its
// reason. Works without RTTI, and for exceptions that are no std::exception.

#include <eliot/config.hpp>

#include <cstdlib>
#include <cxxabi.h>
#include <exception>
#include <string>
#include <string_view>
#include <typeinfo>

ELIOT_BEGIN_NAMESPACE
namespace detail {

inline void replace_all(std::string& name, std::string_view part, std::string_view by) {
    for (auto at = name.find(part); at != std::string::npos; at = name.find(part, at + by.size())) {
        name.replace(at, part.size(), by);
    }
}

/// The type that std::throw_with_nested wraps around the one that was meant goes.
inline void unwrap_nested(std::string& name) {
    for (const std::string_view outer : {"std::_Nested_exception<", "std::__nested<"}) {
        if (name.starts_with(outer) && name.ends_with('>')) {
            name.pop_back();
            name.erase(0, outer.size());
        }
    }
}

/// A type's name as a reader knows it, alike on all standard libraries.
inline std::string readable_type_name(const char* mangled) {
    int status = 0;
    char* demangled = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
    std::string name = status == 0 ? demangled : mangled;
    std::free(demangled);
    replace_all(name, "__cxx11::", "");
    replace_all(name, "__1::", "");
    replace_all(name, "std::basic_string<char, std::char_traits<char>, std::allocator<char> >",
                "std::string");
    replace_all(name, "std::basic_string<char, std::char_traits<char>, std::allocator<char>>",
                "std::string");
    unwrap_nested(name);
    return name;
}

/// The type of the exception being handled; "unknown" outside of every catch block.
inline std::string current_exception_type() {
#if ELIOT_HAS_EXCEPTIONS
    if (const std::type_info* type = abi::__cxa_current_exception_type()) {
        return readable_type_name(type->name());
    }
#endif
    return "unknown";
}

} // namespace detail
ELIOT_END_NAMESPACE
