// SPDX-License-Identifier: Apache-2.0
#pragma once

// Where an object whose members become fields hands them over, one by one.

#include <eliot/config.hpp>
#include <eliot/core/field_view.hpp>

#include <string_view>

ELIOT_BEGIN_NAMESPACE
namespace detail {

class MemberSink {
public:
    /// `name` and `object` need to live only during the call.
    virtual void member(std::string_view name, EncodeObject encode, void* object) = 0;

protected:
    ~MemberSink() = default;
};

} // namespace detail
ELIOT_END_NAMESPACE
