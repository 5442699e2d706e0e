// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a destination is, and the list of them. A destination is a callable that takes a Record, or
// an object with `write(const Record&)`; one that has `write_lines(std::string_view)` gets spans of
// whole lines instead. `flush()` is called where it exists, and in a child after fork
// `after_fork_in_child()`.

#include <eliot/config.hpp>
#include <eliot/output/mutex.hpp>
#include <eliot/output/record.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

template <class T>
concept RecordCallback = std::invocable<T&, const Record&>;
template <class T>
concept RecordDestination =
    requires(T& destination, const Record& record) { destination.write(record); };
/// Takes whole lines, each with its `\n`, many at once; returns what went wrong.
template <class T>
concept ByteDestination = requires(T& destination, std::string_view lines) {
    { destination.write_lines(lines) } -> std::same_as<std::error_code>;
};
/// Anything that `add_destination` accepts.
template <class T>
concept DestinationLike = RecordCallback<T> || RecordDestination<T> || ByteDestination<T>;

/// Names a destination that was added; the default one names none.
class DestinationId {
public:
    constexpr DestinationId() noexcept = default;
    constexpr explicit DestinationId(std::uint64_t value) noexcept : value_{value} {}
    constexpr std::uint64_t value() const noexcept { return value_; }
    friend constexpr bool operator==(DestinationId, DestinationId) noexcept = default;

private:
    std::uint64_t value_ = 0;
};

namespace detail {

/// What went wrong at one destination: with one span of lines, or, where lines are kept or counted,
/// until it worked again.
struct DeliveryFailure {
    std::string exception;
    std::string reason;
    std::string destination;
    std::string lines;
    std::uint64_t lost = 0;
    bool is_over = false; ///< it worked again; `lost` lines were dropped
    DeliveryFailure* next = nullptr;
};

/// A destination that keeps what it could not write, tries again, and counts what it dropped.
template <class T>
concept KeepsLines = requires(T& destination) {
    { destination.take_lost() } -> std::same_as<std::uint64_t>;
};

/// A destination with its type erased, one for each entry of the list.
class Destination {
public:
    Destination() = default;
    Destination(const Destination&) = delete;
    Destination& operator=(const Destination&) = delete;
    virtual ~Destination() = default;

    /// Whole lines. May throw whatever the user's code throws.
    virtual std::error_code deliver(std::string_view lines, const Schema* last_schema) = 0;
    virtual std::error_code flush() = 0;
    virtual std::error_code reopen() = 0;
    virtual bool takes_bytes() const noexcept = 0;
    virtual bool keeps_lines() const noexcept = 0;
    /// How many lines were dropped since the last call.
    virtual std::uint64_t take_lost() noexcept = 0;
    /// How many lines are still unwritten.
    virtual std::uint64_t unwritten() const noexcept = 0;
    /// For people.
    virtual std::string name() const = 0;
    /// The file descriptor to write to when nothing else can be relied on; -1 if there is none.
    virtual int descriptor() const noexcept = 0;
    /// In a child, before anything is delivered there.
    virtual void after_fork_in_child() noexcept {}

    Mutex mutex; ///< held for a whole delivery: calls never overlap
    DestinationId id;
    std::uint64_t slot = 0;          ///< a bit: which destination a thread is inside of
    bool buffered = false;           ///< served at the buffered cursor of the chunks
    bool task = false;               ///< wants its lines when a thread's outermost action ends
    int survival_entry = -1;         ///< of a file whose lines survive a kill
    bool reserved_for_crash = false; ///< the crash handler has the mutex
    bool held_for_fork = false;      ///< the forking thread has it
    bool background = false;         ///< full chunks for it are handed to the writing thread
    bool drops = false;              ///< and dropped when that is far behind
    bool file = false;               ///< may be written to behind the exit hook
    bool failing = false;            ///< since the last call that failed
    std::string trouble;             ///< of a failing one: its last error
};

/// Hands each line of a span to `f` as a Record.
template <class F>
void for_each_record(std::string_view lines, const Schema* last_schema, F&& f) {
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end + 1);
        const Record record{line, lines.empty() ? last_schema : nullptr};
        f(record);
    }
}

template <class D>
class DestinationModel final : public Destination {
public:
    explicit DestinationModel(D destination) : destination_{static_cast<D&&>(destination)} {
        file = ByteDestination<D> && requires(const D& d) { d.descriptor(); };
    }

    std::error_code deliver(std::string_view lines, const Schema* last_schema) override {
        if constexpr (requires { destination_.added_as(id, slot); }) {
            destination_.added_as(id, slot);
        }
        if constexpr (ByteDestination<D>) {
            return destination_.write_lines(lines);
        } else {
            for_each_record(lines, last_schema, [this](const Record& record) {
                if constexpr (RecordDestination<D>) {
                    destination_.write(record);
                } else {
                    destination_(record);
                }
            });
            return {};
        }
    }
    std::error_code flush() override {
        if constexpr (requires { destination_.flush(); }) {
            return result_of([this]() -> decltype(auto) { return destination_.flush(); });
        }
        return {};
    }
    std::error_code reopen() override {
        if constexpr (requires { destination_.reopen(); }) {
            return result_of([this]() -> decltype(auto) { return destination_.reopen(); });
        }
        return {};
    }
    bool takes_bytes() const noexcept override { return ByteDestination<D>; }
    bool keeps_lines() const noexcept override { return KeepsLines<D>; }
    std::uint64_t take_lost() noexcept override {
        if constexpr (KeepsLines<D>) {
            return destination_.take_lost();
        }
        return 0;
    }
    std::uint64_t unwritten() const noexcept override {
        if constexpr (requires { destination_.unwritten(); }) {
            return destination_.unwritten();
        }
        return 0;
    }
    std::string name() const override {
        if constexpr (requires { destination_.name(); }) {
            return destination_.name();
        }
        return "destination " + std::to_string(id.value());
    }
    int descriptor() const noexcept override {
        if constexpr (requires {
                          { destination_.descriptor() } -> std::same_as<int>;
                      }) {
            return destination_.descriptor();
        } else {
            return -1;
        }
    }
    void after_fork_in_child() noexcept override {
        if constexpr (requires { destination_.after_fork_in_child(); }) {
            destination_.after_fork_in_child();
        }
    }

private:
    template <class F>
    static std::error_code result_of(F&& f) {
        if constexpr (std::same_as<decltype(f()), std::error_code>) {
            return f();
        } else {
            f();
            return {};
        }
    }

    D destination_;
};

/// An immutable list. Threads that are in the middle of a delivery see either the old or the new
/// one.
struct DestinationList {
    Destination** entries = nullptr;
    std::size_t count = 0;
    bool early = false;          ///< no destination yet: lines are kept
    bool has_buffered = false;   ///< some entry is served at the buffered cursor
    bool has_background = false; ///< and some of these by the writing thread
    bool drops = false;          ///< all of those may drop lines
};

} // namespace detail
ELIOT_END_NAMESPACE
