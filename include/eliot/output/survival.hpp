// SPDX-License-Identifier: Apache-2.0
#pragma once

// `.survive_kill = true`: the chunks' memory is a shared mapping of a file beside the log,
// run.log.chunks/<pid>.<entry>. What a killed process had committed and not written stands there;
// recover.hpp adds it to the log.
//
// Stores become visible to the next process in program order, so a kill between any two of them
// finds a chunk either before or after what they did.

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/core/shared.hpp>
#include <eliot/output/chunk.hpp>
#include <eliot/output/mutex.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <new>
#include <pthread.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The mapped file: this, then the chunks. Both sides check `magic`, which changes with the layout.
struct SurvivalHeader {
    static constexpr std::size_t size = 4096;
    static constexpr std::size_t most_chunks = 256;
    static constexpr char expected[] = "eliot chunks 1\n";

    char magic[sizeof expected];
    Atomic<std::uint64_t> sizes_before[ChunkMemory::most_survivors]; ///< of a log, at a write
    Atomic<std::uint64_t> used_chunks;
    SurvivalHeader* older; ///< the mapping before this one; means nothing to other processes

    static constexpr std::size_t file_size = size + most_chunks * sizeof(ChunkMemory);

    ChunkMemory* chunks() noexcept {
        return reinterpret_cast<ChunkMemory*>(reinterpret_cast<char*>(this) + size);
    }
};
static_assert(sizeof(SurvivalHeader) <= SurvivalHeader::size);

inline std::string survival_directory(std::string_view log) { return std::string{log} + ".chunks"; }

/// The process's one mapping, for all files that want it. Constant-initialised, never unmapped.
class Survival {
public:
    constexpr Survival() noexcept = default;

    bool is_active() const noexcept { return header_.load(MemoryOrder::acquire) != nullptr; }

    /// Adds a log and returns its entry; -1 and an error if that cannot be.
    int add(const std::string& log, std::error_code& error) {
        const Lock lock{mutex_};
        const int entry = free_entry();
        if (entry < 0) {
            error = std::make_error_code(std::errc::too_many_files_open);
            return -1;
        }
        const std::string directory = survival_directory(log);
        const std::string name =
            directory + '/' + std::to_string(::getpid()) + '.' + std::to_string(entry);
        ::mkdir(directory.c_str(), 0750);
        if (is_active() ? !link_to(name) : !create(name)) {
            error = {errno, std::generic_category()};
            ::rmdir(directory.c_str());
            return -1;
        }
        names_[entry] = new std::string{name};
        return entry;
    }
    /// The log is complete. With the last one the mapping ends; the chunks in it are ordinary
    /// memory from then on.
    void remove(int entry) noexcept {
        const Lock lock{mutex_};
        if (const std::string* name = names_[entry]) {
            ::unlink(name->c_str());
            ::rmdir(name->substr(0, name->rfind('/')).c_str());
            delete name;
            names_[entry] = nullptr;
            if (any_name() == nullptr) {
                header_.store(nullptr, MemoryOrder::release);
                ::close(file_);
            }
        }
    }
    void remove_all() noexcept {
        for (int entry = 0; entry < static_cast<int>(ChunkMemory::most_survivors); ++entry) {
            remove(entry);
        }
    }

    /// Memory in the mapping; null if there is none (left).
    ChunkMemory* take() noexcept {
        SurvivalHeader* const header = header_.load(MemoryOrder::acquire);
        if (header == nullptr) {
            return nullptr;
        }
        const std::uint64_t index = header->used_chunks.fetch_add(1, MemoryOrder::relaxed);
        if (index >= SurvivalHeader::most_chunks) {
            return nullptr;
        }
        auto* const memory = new (header->chunks() + index) ChunkMemory;
        memory->is_mapped = true;
        memory->begin_anew();
        return memory;
    }
    /// The mapped chunk that `address` is in; null for other memory.
    ChunkMemory* find(const void* address) const noexcept {
        SurvivalHeader* const header = header_.load(MemoryOrder::acquire);
        if (header == nullptr) {
            return nullptr;
        }
        const auto begin = reinterpret_cast<std::uintptr_t>(header->chunks());
        const std::size_t offset = reinterpret_cast<std::uintptr_t>(address) - begin;
        const std::size_t index = offset / sizeof(ChunkMemory);
        return index < SurvivalHeader::most_chunks ? header->chunks() + index : nullptr;
    }

    /// Before lines are written to the log of `entry`.
    void before_write(int entry, int descriptor) noexcept {
        SurvivalHeader* const header = header_.load(MemoryOrder::acquire);
        struct stat status{};
        if (entry >= 0 && header != nullptr && ::fstat(descriptor, &status) == 0) {
            header->sizes_before[entry].store(static_cast<std::uint64_t>(status.st_size),
                                              MemoryOrder::release);
        }
    }
    /// `lines` are written.
    void after_write(int entry, std::string_view lines) noexcept {
        if (entry < 0) {
            return;
        }
        if (ChunkMemory* const memory = find(lines.data())) {
            const char* const end = lines.data() + lines.size();
            memory->written[entry].store(static_cast<std::uint32_t>(end - memory->bytes),
                                         MemoryOrder::release);
        }
    }

    /// A child has no part in the file, whose lock would outlive the parent; its chunks are memory
    /// of its own. Everything in them is the parent's.
    void leave_to_parent() noexcept {
        while (newest_ != nullptr) {
            SurvivalHeader* const older = newest_->older;
            replace_mapping(*newest_);
            newest_ = older;
        }
        if (header_.exchange(nullptr, MemoryOrder::relaxed) != nullptr) {
            ::close(file_);
        }
        mutex_.make_anew();
        for (const std::string*& name : names_) {
            delete detail::exchange(name, nullptr);
        }
    }

private:
    static void replace_mapping(SurvivalHeader& header) noexcept {
        const std::uint64_t used = header.used_chunks.load(MemoryOrder::relaxed);
        static_cast<void>(::mmap(&header, SurvivalHeader::file_size, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
        for (std::size_t i = 0; i < used && i < SurvivalHeader::most_chunks; ++i) {
            header.chunks()[i].is_mapped = true; // it must not be deleted
        }
    }
    bool create(const std::string& name) {
        const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
        if (file < 0) {
            return false;
        }
        void* const memory =
            ::flock(file, LOCK_EX | LOCK_NB) == 0 &&
                    ::ftruncate(file, static_cast<off_t>(SurvivalHeader::file_size)) == 0
                ? ::mmap(nullptr, SurvivalHeader::file_size, PROT_READ | PROT_WRITE, MAP_SHARED,
                         file, 0)
                : MAP_FAILED;
        if (memory == MAP_FAILED) {
            ::close(file);
            ::unlink(name.c_str());
            return false;
        }
        auto* const header = new (memory) SurvivalHeader;
        std::memcpy(header->magic, SurvivalHeader::expected, sizeof header->magic);
        file_ = file;
        header->older = newest_;
        newest_ = header;
        header_.store(header, MemoryOrder::release);
        return true;
    }
    int free_entry() const noexcept {
        for (int entry = 0; entry < static_cast<int>(ChunkMemory::most_survivors); ++entry) {
            if (names_[entry] == nullptr) {
                return entry;
            }
        }
        return -1;
    }
    const std::string* any_name() const noexcept {
        for (const std::string* name : names_) {
            if (name != nullptr) {
                return name;
            }
        }
        return nullptr;
    }
    bool link_to(const std::string& name) const {
        return ::link(any_name()->c_str(), name.c_str()) == 0 || link_absolute(name);
    }
    bool link_absolute(const std::string& name) const {
        char* const absolute = ::realpath(any_name()->c_str(), nullptr);
        const bool linked = absolute != nullptr && ::symlink(absolute, name.c_str()) == 0;
        std::free(absolute);
        return linked;
    }
    Atomic<SurvivalHeader*> header_{nullptr};
    Mutex mutex_;
    int file_ = -1;
    SurvivalHeader* newest_ = nullptr; ///< of all mappings; chunks stay in those that have ended
    const std::string* names_[ChunkMemory::most_survivors] = {};
};

inline constinit Shared<Survival> survival;

inline void empty_memory(ChunkMemory& memory) noexcept {
    if (survival->find(&memory) != nullptr) [[unlikely]] {
        memory.begin_anew();
    } else {
        memory.committed.store(0, MemoryOrder::release);
    }
}

/// Memory for lines, in the mapping if there is one.
inline ChunkMemory* make_chunk_memory() {
    ChunkMemory* const mapped = survival->take();
    return mapped != nullptr ? mapped : new ChunkMemory;
}

} // namespace detail
ELIOT_END_NAMESPACE
