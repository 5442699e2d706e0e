// SPDX-License-Identifier: Apache-2.0
#pragma once

// The lines of a file, or of standard input, in pieces that fit into memory; and of a file that is
// still being written, across rotation and truncation.
//
//     eliot::LineFile file{"run.log"};
//     for (std::string_view line; file.next(&line);) { parser.add_line(line); }

#include <eliot/config.hpp>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A file descriptor of its own.
class ReadDescriptor {
public:
    ReadDescriptor() = default;
    explicit ReadDescriptor(int descriptor) noexcept : descriptor_(descriptor) {}
    ReadDescriptor(ReadDescriptor&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)) {}
    ReadDescriptor& operator=(ReadDescriptor&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~ReadDescriptor() {
        if (descriptor_ > 2) {
            ::close(descriptor_);
        }
    }

    int get() const noexcept { return descriptor_; }

private:
    int descriptor_ = -1;
};

[[noreturn]] inline void throw_file_error(int error, const std::string& path) {
    throw std::system_error{error, std::generic_category(), path};
}

/// Standard input for "-". Throws std::system_error with the path.
inline ReadDescriptor open_for_reading(const std::string& path) {
    if (path == "-") {
        return ReadDescriptor{0};
    }
    ReadDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        throw_file_error(errno, path);
    }
    if (S_ISDIR(status.st_mode)) {
        throw_file_error(EISDIR, path);
    }
    return file;
}

/// Bytes in a file now; 0 for what is no regular file.
inline std::uint64_t regular_size(int descriptor) noexcept {
    struct stat status{};
    const bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    return regular ? static_cast<std::uint64_t>(status.st_size) : 0;
}

/// Cuts what is read into lines. Memory: a quarter of a megabyte, or the longest line.
class LineBuffer {
public:
    /// The next line without its `\n`, if a whole one is here.
    bool take_line(std::string_view* line) noexcept {
        const char* const from = bytes_.data() + searched_;
        const auto* newline =
            filled_ == searched_
                ? nullptr
                : static_cast<const char*>(std::memchr(from, '\n', filled_ - searched_));
        if (newline == nullptr) {
            searched_ = filled_;
            return false;
        }
        const auto end = static_cast<std::size_t>(newline - bytes_.data());
        *line = {bytes_.data() + begin_, end - begin_};
        begin_ = searched_ = end + 1;
        return true;
    }

    /// What is left without a `\n`.
    bool take_rest(std::string_view* line) noexcept {
        *line = {bytes_.data() + begin_, filled_ - begin_};
        begin_ = searched_ = filled_;
        return !line->empty();
    }

    /// Reads more; 0 at the end of the file. Throws std::system_error.
    std::size_t fill(int descriptor, const std::string& path) {
        make_room();
        ssize_t count = 0;
        do {
            count = ::read(descriptor, bytes_.data() + filled_, bytes_.size() - filled_);
        } while (count < 0 && errno == EINTR);
        if (count < 0) {
            throw_file_error(errno, path);
        }
        filled_ += static_cast<std::size_t>(count);
        return static_cast<std::size_t>(count);
    }

    void clear() noexcept { begin_ = searched_ = filled_ = 0; }

private:
    static constexpr std::size_t piece = 262'144;

    void make_room() {
        if (begin_ != 0) {
            std::memmove(bytes_.data(), bytes_.data() + begin_, filled_ - begin_);
            filled_ -= begin_;
            searched_ -= begin_;
            begin_ = 0;
        }
        if (filled_ == bytes_.size()) {
            bytes_.resize(bytes_.empty() ? piece : bytes_.size() * 2);
        }
    }

    std::vector<char> bytes_;
    std::size_t begin_ = 0;
    std::size_t searched_ = 0;
    std::size_t filled_ = 0;
};

}

class LineFile {
public:
    /// Throws std::system_error, whose text begins with the path, if the file cannot be opened or
    /// is a directory; "-" is standard input.
    explicit LineFile(std::string path)
        : path_(std::move(path)), file_(detail::open_for_reading(path_)) {}

    /// The next line without its `\n`; good until the next call. False at the end. Throws
    /// std::system_error if the file cannot be read.
    bool next(std::string_view* line) {
        while (!buffer_.take_line(line)) {
            const std::size_t count = buffer_.fill(file_.get(), path_);
            bytes_read_ += count;
            if (count == 0) {
                return buffer_.take_rest(line);
            }
        }
        return true;
    }

    const std::string& path() const noexcept { return path_; }
    std::uint64_t bytes_read() const noexcept { return bytes_read_; }

    /// Bytes in the file when asked; 0 for what is no regular file.
    std::uint64_t size() const noexcept { return detail::regular_size(file_.get()); }

private:
    std::string path_;
    detail::ReadDescriptor file_;
    detail::LineBuffer buffer_;
    std::uint64_t bytes_read_ = 0;
};

/// A file that grows. Goes on with the new file when the old one was moved away, and at the
/// beginning when it was cut. Standard input, "-", may be a pipe: that ends.
class FollowedFile {
public:
    enum class Event : std::uint8_t { line, nothing_new, new_file };

    /// Throws as LineFile does; later, when the file is gone for a while, it just waits.
    explicit FollowedFile(std::string path)
        : path_(std::move(path)),
          file_(detail::open_for_reading(path_)),
          is_pipe_(path_ == "-" && !is_regular()) {}

    /// A whole line, at the end perhaps without its `\n`; or that the file was replaced, so that
    /// lines count from 1 again; or that there is nothing new now.
    Event next(std::string_view* line) {
        for (;;) {
            if (buffer_.take_line(line)) {
                return Event::line;
            }
            if (is_pipe_ && (has_ended_ || !has_news())) {
                return Event::nothing_new;
            }
            const std::size_t count = buffer_.fill(file_.get(), path_);
            offset_ += count;
            if (count != 0) {
                continue;
            }
            has_ended_ = is_pipe_;
            const bool cut = was_cut();
            if ((cut || has_ended_) && buffer_.take_rest(line)) {
                return Event::line; // What was not finished is a line, and a torn one.
            }
            if (cut) {
                return restart();
            }
            if (!was_moved()) {
                return Event::nothing_new;
            }
            // Written to the old file between the last look at its end and the move.
            if (buffer_.fill(file_.get(), path_) != 0) {
                continue;
            }
            if (buffer_.take_rest(line)) {
                return Event::line;
            }
            return replace();
        }
    }

    /// What the last line is without its `\n`.
    bool take_rest(std::string_view* line) noexcept { return buffer_.take_rest(line); }

    const std::string& path() const noexcept { return path_; }

    /// Of what is the file now; size() as that of LineFile.
    std::uint64_t bytes_read() const noexcept { return offset_; }
    std::uint64_t size() const noexcept { return detail::regular_size(file_.get()); }

    /// True once nothing can come any more.
    bool has_ended() const noexcept { return has_ended_; }

private:
    bool is_regular() const noexcept {
        struct stat status{};
        return ::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode);
    }

    /// So that a program that waits for a pipe still hears of signals.
    bool has_news() const noexcept {
        pollfd pipe{file_.get(), POLLIN, 0};
        return ::poll(&pipe, 1, 0) != 0;
    }

    bool was_cut() const noexcept {
        struct stat status{};
        return ::fstat(file_.get(), &status) == 0 && S_ISREG(status.st_mode) &&
               static_cast<std::uint64_t>(status.st_size) < offset_;
    }

    bool was_moved() const noexcept {
        struct stat here{};
        struct stat named{};
        return path_ != "-" && ::fstat(file_.get(), &here) == 0 &&
               ::stat(path_.c_str(), &named) == 0 &&
               (here.st_ino != named.st_ino || here.st_dev != named.st_dev);
    }

    Event restart() noexcept {
        buffer_.clear();
        offset_ = 0;
        ::lseek(file_.get(), 0, SEEK_SET);
        return Event::new_file;
    }

    Event replace() {
        detail::ReadDescriptor next{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)};
        if (next.get() < 0) {
            return Event::nothing_new;
        }
        file_ = std::move(next);
        buffer_.clear();
        offset_ = 0;
        return Event::new_file;
    }

    std::string path_;
    detail::ReadDescriptor file_;
    detail::LineBuffer buffer_;
    std::uint64_t offset_ = 0;
    bool is_pipe_ = false;
    bool has_ended_ = false;
};

ELIOT_END_NAMESPACE
