// SPDX-License-Identifier: Apache-2.0
#pragma once

// What happened to a field whose value threw while it was encoded. The encoder collects these; the
// layer that logs turns them into messages once the line is written.

#include <eliot/config.hpp>

#include <exception>
#include <new>
#include <string>
#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

struct FieldFailure {
    std::string field;
    std::string reason;
    std::exception_ptr exception;
    FieldFailure* next = nullptr;
};

/// A list in the order of the failures; owns them. Empty, it costs two null pointers.
class FieldFailures {
public:
    FieldFailures() = default;
    FieldFailures(const FieldFailures&) = delete;
    FieldFailures& operator=(const FieldFailures&) = delete;
    ~FieldFailures() {
        while (first_ != nullptr) {
            delete take();
        }
    }

    bool empty() const noexcept { return first_ == nullptr; }
    void add(std::string_view field, std::string_view reason, std::exception_ptr exception) {
        auto* failure = new FieldFailure{std::string{field}, std::string{reason},
                                         static_cast<std::exception_ptr&&>(exception)};
        (last_ == nullptr ? first_ : last_->next) = failure;
        last_ = failure;
    }
    /// The oldest one, now the caller's to delete; null if there is none.
    FieldFailure* take() noexcept {
        FieldFailure* failure = first_;
        if (failure != nullptr) {
            first_ = failure->next;
            last_ = first_ == nullptr ? nullptr : last_;
        }
        return failure;
    }

private:
    FieldFailure* first_ = nullptr;
    FieldFailure* last_ = nullptr;
};

} // namespace detail
ELIOT_END_NAMESPACE
