// SPDX-License-Identifier: Apache-2.0
#pragma once

// The language of `eliot filter` and `--select`: says of a line whether its fields are such and
// such.
//
//     eliot::Expression slow{R"(action_type == "fetch" and (elapsed > 10ms or not exists
//     result))"}; if (slow.matches(line)) { … }
//
// Fields      name   a.b   hops[0]   hops[-1]   ["any name"]   (a missing one counts as null)
// Values      "text" 'text'   12.5   true false null   10ms 1.5s 2h   2026-11-21T05:28:55Z
// Comparisons ==  !=  <  <=  >  >=  =~ "regular expression"   exists a.b
// Together    and  or  not  ( )
//
// A duration is compared with a number of seconds, a time with seconds since the epoch; both also
// with the texts that spell them. Values of different kinds are unequal, and neither is less.

#include <eliot/read/expression_parser.hpp>

ELIOT_BEGIN_NAMESPACE

class Expression {
public:
    /// Throws ExpressionError, whose text points at the place.
    explicit Expression(std::string_view text) : program_(detail::ExpressionParser{text}.parse()) {}

    /// `line` is the text of a JSON object, as WrittenMessage::text() and Parser take it.
    bool matches(std::string_view line) const {
        return detail::ExpressionMatcher{program_, line}.matches();
    }

private:
    detail::ExpressionProgram program_;
};

ELIOT_END_NAMESPACE
