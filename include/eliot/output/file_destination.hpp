// SPDX-License-Identifier: Apache-2.0
#pragma once

// A file of JSON lines, opened for appending; whole lines per write(2).
//
//     eliot::add_destination(eliot::FileDestination{"run.log"});

#include <eliot/config.hpp>
#include <eliot/output/record.hpp>

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

ELIOT_BEGIN_NAMESPACE

namespace detail {

inline std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

/// Writes everything, whatever the kernel takes at a time.
inline std::error_code write_fully(int descriptor, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return last_error();
        }
    }
    return {};
}

/// A torn last line of an earlier process gets its end.
inline void complete_last_line(int descriptor) noexcept {
    struct stat status{};
    char last = '\n';
    if (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
        pread(descriptor, &last, 1, status.st_size - 1) == 1 && last != '\n') {
        (void)write_fully(descriptor, "\n");
    }
}

} // namespace detail

/// Owns a file descriptor. Movable; one thread at a time, which `add_destination` sees to.
class FileDestination {
public:
    static constexpr unsigned default_mode = 0640;

#if ELIOT_HAS_EXCEPTIONS
    /// Opens `path` for appending and creates it if need be; throws std::system_error naming it.
    explicit FileDestination(std::string path, unsigned mode = default_mode) {
        std::error_code error;
        open(std::move(path), mode, error);
        if (error) {
            throw std::system_error{error, "eliot: cannot open \"" + path_ + "\" for appending"};
        }
    }
#endif
    /// The same, with the error told instead of thrown; lines then go nowhere.
    FileDestination(std::string path, unsigned mode, std::error_code& error) {
        open(std::move(path), mode, error);
    }
    /// Writes to a descriptor that stays the caller's.
    explicit FileDestination(int descriptor) noexcept : descriptor_{descriptor}, owned_{false} {}
    FileDestination(FileDestination&& other) noexcept
        : path_{std::move(other.path_)},
          descriptor_{std::exchange(other.descriptor_, -1)},
          owned_{other.owned_} {}
    FileDestination& operator=(FileDestination&& other) noexcept {
        std::swap(path_, other.path_);
        std::swap(descriptor_, other.descriptor_);
        std::swap(owned_, other.owned_);
        return *this;
    }
    ~FileDestination() {
        if (owned_ && descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }

    /// Writes whole lines, each with its `\n`.
    std::error_code write_lines(std::string_view lines) noexcept {
        return detail::write_fully(descriptor_, lines);
    }
    /// Writes one record as a line; for use inside another destination. Throws std::system_error.
    void write(const Record& record) {
        std::string line{record.json()};
        line += '\n';
        if (const std::error_code error = write_lines(line)) {
            report(error);
        }
    }
    /// Empty for a descriptor.
    const std::string& path() const noexcept { return path_; }
    int descriptor() const noexcept { return descriptor_; }

private:
    void open(std::string path, unsigned mode, std::error_code& error) {
        path_ = std::move(path);
        descriptor_ = ::open(path_.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC,
                             static_cast<mode_t>(mode));
        if (descriptor_ < 0) { // a pipe or a terminal may be for writing only
            descriptor_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
                                 static_cast<mode_t>(mode));
        }
        error = descriptor_ < 0 ? detail::last_error() : std::error_code{};
        if (!error) {
            detail::complete_last_line(descriptor_);
        }
    }
    void report([[maybe_unused]] std::error_code error) const {
#if ELIOT_HAS_EXCEPTIONS
        throw std::system_error{error, "eliot: cannot write \"" + path_ + "\""};
#endif
    }

    std::string path_;
    int descriptor_ = -1;
    bool owned_ = true;
};

ELIOT_END_NAMESPACE
