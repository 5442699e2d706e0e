// SPDX-License-Identifier: Apache-2.0
#pragma once

// The part of a capture that a program meets which is not under test: preserve_context hands the
// capture of its thread on. All else is in captures.hpp.
//
//     HandedCapture capture = HandedCapture::of_thread(this_thread());   // on one thread
//     const InCapture inside{capture};                                   // on another

#include <eliot/config.hpp>
#include <eliot/core/atomic.hpp>
#include <eliot/core/exchange.hpp>
#include <eliot/output/destination.hpp>
#include <eliot/output/mutex.hpp>
#include <eliot/output/runtime.hpp>
#include <eliot/output/this_thread.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// Where the lines of a capture go; shared by the capture and all that it was handed on to.
class CaptureTarget {
public:
    CaptureTarget() = default;
    CaptureTarget(const CaptureTarget&) = delete;
    CaptureTarget& operator=(const CaptureTarget&) = delete;
    virtual ~CaptureTarget() = default;

    /// From here on the lines of the calling thread go to the link's target.
    virtual void enter(CaptureLink& link) = 0;
    /// The opposite, from any thread. Without effect once the captured thread has ended.
    virtual void leave(CaptureLink& link) = 0;

    void share() noexcept { users_.fetch_add(1, MemoryOrder::relaxed); }
    void release() noexcept {
        if (users_.fetch_sub(1, MemoryOrder::acq_rel) == 1) {
            delete this;
        }
    }

    DestinationList list;           ///< of nothing else
    Pins* pins = nullptr;           ///< never null once it is made
    CaptureTarget* below = nullptr; ///< in the list of captures of the whole program
    CaptureLink own_link{this};     ///< of the thread that the capture is for

private:
    Atomic<unsigned> users_{1};
};

/// A share in the target of a capture; or none.
class HandedCapture {
public:
    HandedCapture() noexcept = default;
    explicit HandedCapture(CaptureTarget* target) noexcept : target_{target} { share(); }
    HandedCapture(const HandedCapture& other) noexcept : HandedCapture{other.target_} {}
    HandedCapture(HandedCapture&& other) noexcept
        : target_{detail::exchange(other.target_, nullptr)} {}
    HandedCapture& operator=(HandedCapture other) noexcept {
        detail::swap_values(target_, other.target_);
        return *this;
    }
    ~HandedCapture() {
        if (target_ != nullptr) {
            target_->release();
        }
    }

    /// Of the capture that is for this thread.
    static HandedCapture of_thread(Thread& self) noexcept {
        if (self.pins.load(MemoryOrder::relaxed) == nullptr) {
            return {};
        }
        const Lock lock{runtime().captures_mutex};
        return HandedCapture{self.captures != nullptr ? self.captures->target : nullptr};
    }

    CaptureTarget* target() const noexcept { return target_; }

private:
    void share() const noexcept {
        if (target_ != nullptr) {
            target_->share();
        }
    }

    CaptureTarget* target_ = nullptr;
};

/// This thread is in a capture that was handed to it, while this lives.
class InCapture {
public:
    explicit InCapture(const HandedCapture& capture) : link_{capture.target()} {
        if (link_.target != nullptr && !this_thread().busy()) {
            link_.target->enter(link_);
        }
    }
    InCapture(const InCapture&) = delete;
    InCapture& operator=(const InCapture&) = delete;
    ~InCapture() {
        if (link_.thread != nullptr) {
            link_.target->leave(link_);
        }
    }

private:
    CaptureLink link_;
};

} // namespace detail
ELIOT_END_NAMESPACE
