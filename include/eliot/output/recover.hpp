// SPDX-License-Identifier: Apache-2.0
#pragma once

// Completes a log whose writer was killed, from the chunks that it left behind (survival.hpp):
//
//     std::error_code error;
//     eliot::Recovered found = eliot::recover("run.log", error);

#include <eliot/config.hpp>
#include <eliot/output/survival.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE

/// What `recover` did.
struct Recovered {
    std::size_t processes = 0;   ///< that were killed and had left chunks
    std::size_t lines = 0;       ///< that were added
    bool completed_line = false; ///< the last line was torn, and is whole now
};

namespace detail {

/// A file in memory, for reading.
class MappedFile {
public:
    MappedFile(int file, std::size_t from) noexcept {
        struct stat status{};
        if (::fstat(file, &status) == 0 && static_cast<std::size_t>(status.st_size) > from) {
            page_ = from % static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
            size_ = static_cast<std::size_t>(status.st_size) - from + page_;
            memory_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, file,
                             static_cast<off_t>(from - page_));
        }
    }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    ~MappedFile() {
        if (memory_ != MAP_FAILED) {
            ::munmap(memory_, size_);
        }
    }
    std::string_view text() const noexcept {
        return memory_ == MAP_FAILED
                   ? std::string_view{}
                   : std::string_view{static_cast<const char*>(memory_) + page_, size_ - page_};
    }

private:
    void* memory_ = MAP_FAILED;
    std::size_t size_ = 0;
    std::size_t page_ = 0;
};

class [[nodiscard]] OpenFile {
public:
    OpenFile(const std::string& path, int flags) noexcept
        : file_{::open(path.c_str(), flags | O_CLOEXEC, 0640)} {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (file_ >= 0) {
            ::close(file_);
        }
    }
    int get() const noexcept { return file_; }

private:
    int file_;
};

/// The chunks of one process, for one of its logs.
class LeftChunks {
public:
    LeftChunks(int file, std::size_t entry) noexcept : mapped_{file, 0}, entry_{entry} {
        const std::string_view text = mapped_.text();
        const std::string_view magic{SurvivalHeader::expected, sizeof SurvivalHeader::expected};
        const bool is_whole = text.size() == SurvivalHeader::file_size &&
                              text.substr(0, magic.size()) == magic &&
                              entry < ChunkMemory::most_survivors;
        header_ =
            is_whole ? reinterpret_cast<SurvivalHeader*>(const_cast<char*>(text.data())) : nullptr;
    }
    bool is_valid() const noexcept { return header_ != nullptr; }
    std::size_t size_before() const noexcept {
        return static_cast<std::size_t>(header_->sizes_before[entry_].load());
    }
    /// Calls `f` with the unwritten lines of each chunk, in the order in which they were begun.
    template <class F>
    void each(F&& f) const {
        std::uint64_t done = 0;
        while (const ChunkMemory* next = first_after(done)) {
            done = next->sequence.load();
            const std::size_t from = next->written[entry_].load();
            f(std::string_view{next->bytes + from, next->committed.load() - from});
        }
    }

private:
    const ChunkMemory* first_after(std::uint64_t sequence) const noexcept {
        const ChunkMemory* found = nullptr;
        for (std::size_t i = 0; i < SurvivalHeader::most_chunks; ++i) {
            const ChunkMemory& chunk = header_->chunks()[i];
            const std::size_t committed = chunk.committed.load();
            const std::uint64_t its = chunk.sequence.load();
            if (committed <= ChunkMemory::capacity && chunk.written[entry_].load() < committed &&
                its > sequence && (found == nullptr || its < found->sequence.load())) {
                found = &chunk;
            }
        }
        return found;
    }

    MappedFile mapped_;
    std::size_t entry_;
    SurvivalHeader* header_;
};

/// Adds to the log what is not there. A log that ends in mid-line was torn by the kill.
class Completion {
public:
    Completion(std::string_view tail, Recovered& result) noexcept : tail_{tail}, result_{result} {
        const std::size_t end = tail.rfind('\n');
        torn_ = end == std::string_view::npos ? tail : tail.substr(end + 1);
    }
    void add_all(std::string_view lines) {
        while (!lines.empty()) {
            const std::size_t size = lines.find('\n') + 1;
            if (size == 0) {
                return;
            }
            add(lines.substr(0, size));
            lines.remove_prefix(size);
        }
    }
    /// The bytes to append.
    std::string text() const {
        const bool still_torn = !torn_.empty() && !result_.completed_line;
        return (still_torn ? "\n" : "") + rest_ + lines_;
    }

private:
    void add(std::string_view line) {
        if (is_there(line)) {
            return;
        }
        if (!torn_.empty() && rest_.empty() && line.substr(0, torn_.size()) == torn_) {
            rest_ = line.substr(torn_.size());
            result_.completed_line = true;
        } else {
            lines_ += line;
            ++result_.lines;
        }
    }
    bool is_there(std::string_view line) const noexcept {
        std::size_t at = tail_.find(line);
        while (at != std::string_view::npos && at != 0 && tail_[at - 1] != '\n') {
            at = tail_.find(line, at + 1);
        }
        return at != std::string_view::npos;
    }

    std::string_view tail_;
    std::string_view torn_;
    std::string rest_; ///< of the torn line
    std::string lines_;
    Recovered& result_;
};

inline bool append_all(int file, std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return true;
}

inline void complete_log(const std::string& log, const LeftChunks& left, Recovered& result,
                         std::error_code& error) {
    const OpenFile file{log, O_RDWR | O_APPEND | O_CREAT};
    struct stat status{};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) {
        error = {errno, std::generic_category()};
        return;
    }
    // A log that has become shorter is another one: all of it may have the lines.
    const bool is_shorter = static_cast<std::size_t>(status.st_size) < left.size_before();
    const MappedFile tail{file.get(), is_shorter ? 0 : left.size_before()};
    Completion completion{tail.text(), result};
    left.each([&](std::string_view lines) { completion.add_all(lines); });
    if (!append_all(file.get(), completion.text())) {
        error = {errno, std::generic_category()};
    }
}

/// One file of chunks. That of a living process is locked, and left alone.
inline void recover_from(const std::string& log, const std::string& path, Recovered& result,
                         std::error_code& error) {
    const OpenFile file{path, O_RDWR};
    if (file.get() < 0 || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
        return;
    }
    const char digit = path.back();
    const LeftChunks left{file.get(), static_cast<std::size_t>(digit - '0')};
    if (left.is_valid()) {
        ++result.processes;
        complete_log(log, left, result, error);
    }
    if (!error) {
        ::unlink(path.c_str());
    }
}

} // namespace detail

/// Adds to the log at `path` what processes that were killed had logged and not written, with
/// `.survive_kill`. A torn last line is completed; lines that are there already, byte for byte, are
/// not added again. May be repeated. `to_file` does it, too. On error what is left stays for the
/// next time.
inline Recovered recover(const std::string& path, std::error_code& error) {
    Recovered result;
    error.clear();
    const std::string directory = detail::survival_directory(path);
    DIR* const entries = ::opendir(directory.c_str());
    if (entries == nullptr) {
        return result;
    }
    while (const dirent* entry = ::readdir(entries)) {
        if (entry->d_name[0] != '.' && !error) {
            detail::recover_from(path, directory + '/' + entry->d_name, result, error);
        }
    }
    ::closedir(entries);
    ::rmdir(directory.c_str());
    return result;
}

ELIOT_END_NAMESPACE
