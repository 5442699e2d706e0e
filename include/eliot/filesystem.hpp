// SPDX-License-Identifier: Apache-2.0
#pragma once

// A failed action or traceback that tells of a std::filesystem::filesystem_error also names its
// paths: fields `errno`, `category`, `path1`, `path2`. (Paths as values need no header.)
//
//     #include <eliot/filesystem.hpp>

#include <eliot/config.hpp>
#include <eliot/context/exception.hpp>

#include <filesystem>

#if ELIOT_HAS_EXCEPTIONS
ELIOT_BEGIN_NAMESPACE
namespace detail {

struct ExtractFilesystemError {
    ExtractedFields operator()(const std::filesystem::filesystem_error& error) const {
        using namespace literals;
        return extracted("errno"_f = error.code().value(),
                         "category"_f = error.code().category().name(), "path1"_f = error.path1(),
                         "path2"_f = error.path2());
    }
};

/// Registered once a program, before main: that needs an initialiser, which only those pay for who
/// include this header.
inline const bool filesystem_error_is_extracted = [] {
    register_exception_extractor<std::filesystem::filesystem_error>(ExtractFilesystemError{});
    return true;
}();

} // namespace detail
ELIOT_END_NAMESPACE
#endif
