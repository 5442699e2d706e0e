// SPDX-License-Identifier: Apache-2.0
#pragma once

// A descriptor that lines are appended to, and which file it is.
//
//     AppendFile file = AppendFile::open("run.log", 0640, error);

#include <eliot/config.hpp>
#include <eliot/output/write.hpp>

#include <cstdint>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <time.h>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Copies name the same descriptor; nobody closes it but `close`. All of it is async-signal-safe.
class AppendFile {
public:
    AppendFile() noexcept = default;
    explicit AppendFile(int descriptor) noexcept : descriptor_{descriptor} { identify(); }

    /// Opens for appending, creates with `mode`, and ends a last line that a killed process tore.
    static AppendFile open(const char* path, unsigned mode, std::error_code& error) noexcept {
        constexpr int flags = O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY;
        int descriptor = ::open(path, flags | O_RDWR, static_cast<mode_t>(mode));
        if (descriptor < 0) { // a file may be for writing only
            descriptor = ::open(path, flags | O_WRONLY, static_cast<mode_t>(mode));
        }
        error = descriptor < 0 ? last_error() : std::error_code{};
        AppendFile file{descriptor};
        if (!error) {
            (void)file.complete_last_line();
        }
        return file;
    }
    void close() noexcept {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            descriptor_ = -1;
        }
    }

    int descriptor() const noexcept { return descriptor_; }
    /// -1 for what is no regular file.
    std::int64_t size() const noexcept {
        struct stat status{};
        const bool is_file = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode);
        return is_file ? std::int64_t{status.st_size} : -1;
    }
    /// True if `path` names this file.
    bool is_at(const char* path) const noexcept {
        struct stat status{};
        return ::stat(path, &status) == 0 && status.st_ino == inode_ && status.st_dev == device_;
    }
    /// Writes a newline where the last byte is none.
    std::error_code complete_last_line() const noexcept {
        return ends_in_mid_line() ? write_all(descriptor_, "\n", true).error : std::error_code{};
    }

private:
    void identify() noexcept {
        struct stat status{};
        if (::fstat(descriptor_, &status) == 0) {
            inode_ = status.st_ino;
            device_ = status.st_dev;
        }
    }
    /// Another process may be in the middle of a write: only a line that stays torn is torn.
    bool ends_in_mid_line() const noexcept {
        for (std::int64_t seen = -1;;) {
            const std::int64_t size = this->size();
            char last = '\n';
            if (size <= 0 || ::pread(descriptor_, &last, 1, size - 1) != 1 || last == '\n') {
                return false;
            }
            if (size == seen) {
                return true;
            }
            seen = size;
            const timespec pause{0, 50'000'000};
            ::nanosleep(&pause, nullptr);
        }
    }

    int descriptor_ = -1;
    ino_t inode_ = 0;
    dev_t device_ = 0;
};

} // namespace detail
ELIOT_END_NAMESPACE
