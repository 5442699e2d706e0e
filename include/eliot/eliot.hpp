// SPDX-License-Identifier: Apache-2.0
#pragma once

// Everything that logs.
//
//     #include <eliot/eliot.hpp>
//     eliot::to_file("run.log");
//     auto action = eliot::start_action("main");

#include <eliot/context/action.hpp>
#include <eliot/context/action_scope.hpp>
#include <eliot/context/log_call.hpp>
#include <eliot/context/log_call_macro.hpp>
#include <eliot/context/message.hpp>
#include <eliot/context/preserve_context.hpp>
#include <eliot/context/remote.hpp>
#include <eliot/context/traceback.hpp>
#include <eliot/output/crash_handler.hpp>
#include <eliot/output/destinations.hpp>
#include <eliot/output/files.hpp>
#include <eliot/types/action_type.hpp>
#include <eliot/types/describe.hpp>
#include <eliot/types/field.hpp>
#include <eliot/types/field_for_value.hpp>
#include <eliot/types/fields.hpp>
#include <eliot/types/message_type.hpp>
#include <eliot/types/serialized_field.hpp>
#include <eliot/types/validated_field.hpp>
#include <eliot/version.hpp>
