// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reading logs: from lines back to tasks, actions and messages.
//
//     eliot::Parser::parse_stream(std::cin, [](const eliot::Task& task) { … });

#include <eliot/read/instant.hpp>
#include <eliot/read/oddity.hpp>
#include <eliot/read/parser.hpp>
#include <eliot/read/task.hpp>
#include <eliot/read/time_parse.hpp>
#include <eliot/read/time_text.hpp>
#include <eliot/read/written.hpp>
