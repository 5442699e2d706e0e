// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reading logs: from lines back to tasks, actions and messages, and what can be made of those:
// trees, summaries, and answers to why something failed or took so long.
//
//     eliot::Parser::parse_stream(std::cin, [](const eliot::Task& task) { … });

#include <eliot/read/check.hpp>
#include <eliot/read/diff.hpp>
#include <eliot/read/expression.hpp>
#include <eliot/read/failures.hpp>
#include <eliot/read/instant.hpp>
#include <eliot/read/line_file.hpp>
#include <eliot/read/oddity.hpp>
#include <eliot/read/parser.hpp>
#include <eliot/read/prettyprint.hpp>
#include <eliot/read/selection.hpp>
#include <eliot/read/slow.hpp>
#include <eliot/read/stats.hpp>
#include <eliot/read/task.hpp>
#include <eliot/read/text_output.hpp>
#include <eliot/read/time_parse.hpp>
#include <eliot/read/time_text.hpp>
#include <eliot/read/tree_json.hpp>
#include <eliot/read/tree_render.hpp>
#include <eliot/read/why.hpp>
#include <eliot/read/written.hpp>
