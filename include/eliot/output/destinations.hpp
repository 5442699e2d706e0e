// SPDX-License-Identifier: Apache-2.0
#pragma once

// The program's list of destinations, and the global fields.
//
//     auto id = eliot::add_destination([](const eliot::Record& r) { use(r.json()); });
//     eliot::add_global_fields("process"_f = "client");
//     eliot::remove_destination(id);

#include <eliot/config.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/output/change_list.hpp>
#include <eliot/output/destination.hpp>
#include <eliot/output/endings.hpp>

ELIOT_BEGIN_NAMESPACE

/// Adds a destination, which is moved into the library's keeping. The first one ever gets the lines
/// that were kept for it. Any thread may call it, also from inside a destination (it then takes
/// effect after that call). Its calls never overlap; they run on the threads that log.
template <detail::Decayed D>
    requires DestinationLike<D>
DestinationId add_destination(D destination) {
    return detail::add(new detail::DestinationModel<D>(static_cast<D&&>(destination)));
}

/// Adds several, in this order. Only the first gets what was kept before.
template <class... Ds>
void add_destinations(Ds... destinations) {
    (add_destination(static_cast<Ds&&>(destinations)), ...);
}

/// Delivers what is committed, flushes the destination and destroys it. False if there is none of
/// that id. Lines logged by other threads meanwhile go to it or not; none goes half. From inside a
/// destination it takes effect after that call.
inline bool remove_destination(DestinationId id) { return detail::remove(id); }

/// Delivers everything that any thread has committed and flushes every destination.
/// From inside a destination it does nothing.
inline void flush() { detail::flush_all(); }

/// Ends the early state without a destination: the kept lines are dropped, and nothing is evaluated
/// until one is added. Without effect once there was a destination.
inline void discard_early() { detail::discard_early_lines(); }

/// Puts fields on every line from now on. The values are encoded now; a field given again replaces
/// the old one; a line's own field of that name wins. Any thread may call it.
template <class... Fields>
void add_global_fields(const Fields&... fields) {
    detail::check_fields<Fields...>();
    const detail::FieldViews<sizeof...(Fields)> views{{detail::make_view(fields)...}};
    detail::add_globals(views.items, sizeof...(Fields));
}

ELIOT_END_NAMESPACE
