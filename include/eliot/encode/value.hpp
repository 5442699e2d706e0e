// SPDX-License-Identifier: Apache-2.0
#pragma once

// Encodes one value of any loggable type, nested to any depth:
//
//     eliot::encode_value(writer, std::vector{1, 2, 3});   // [1,2,3]

#include <eliot/config.hpp>
#include <eliot/encode/json_writer.hpp>
#include <eliot/encode/shapes.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

ELIOT_BEGIN_NAMESPACE

/// A range of more elements is cut there, and says so.
inline constexpr std::size_t range_limit = 10'000;

/// Writes `value` as JSON. User code that this runs (a lazy value, an iterator, a `to_json`) may
/// throw; what was written of the value is then for the caller to take back.
template <class T>
void encode_value(JsonWriter& out, T&& value);

namespace detail {

template <class T>
inline constexpr bool dependent_false = false;

/// One text for each mistake; the compiler's note names the type.
template <class T, Shape S>
consteval void refuse() {
    static_assert(S != Shape::json_without_header || dependent_false<T>,
                  "eliot: this type is written by its to_json; #include <eliot/json.hpp>");
    static_assert(S != Shape::raw_pointer || dependent_false<T>,
                  "eliot: a raw pointer is not written; log what it points to, or "
                  "reinterpret_cast<std::uintptr_t>(pointer) for its address");
    static_assert(S != Shape::bytes || dependent_false<T>,
                  "eliot: a std::byte is not written; use eliot::hex(bytes)");
    static_assert(S != Shape::wide_text || dependent_false<T>,
                  "eliot: wide characters are not written; convert them to UTF-8 in a std::string");
    static_assert(
        S != Shape::other_clock || dependent_false<T>,
        "eliot: only time points of the system clock are written; log a duration instead");
    static_assert(S != Shape::unsupported || dependent_false<T>,
                  "eliot: this type has no encoding; give it a to_json for nlohmann_json and "
                  "#include <eliot/json.hpp>, or log its parts");
}

inline void encode_hex(JsonWriter& out, HexBytes bytes) noexcept {
    constexpr char digits[] = "0123456789abcdef";
    out.put('"');
    for (std::size_t i = 0; i < bytes.size && !out.cut(); ++i) {
        const char pair[] = {digits[bytes.data[i] >> 4], digits[bytes.data[i] & 15]};
        out.raw({pair, 2});
    }
    out.put('"');
}

/// Text of what is convertible; a character array is read no further than its end.
template <class T>
std::string_view text_of(const T& value) {
    if constexpr (std::is_array_v<T>) {
        const auto* end = static_cast<const char*>(std::memchr(value, 0, sizeof value));
        return {value, end == nullptr ? sizeof value : static_cast<std::size_t>(end - value)};
    } else {
        return value;
    }
}

template <class T>
void encode_duration(JsonWriter& out, const T& value) {
    using Period = typename T::period;
    using Rep = typename T::rep;
    if constexpr (std::is_integral_v<Rep> && Period::den == 1) {
        encode_value(out, value.count() * static_cast<Rep>(Period::num));
    } else {
        constexpr auto num = static_cast<double>(Period::num);
        constexpr auto den = static_cast<double>(Period::den);
        out.float64(static_cast<double>(value.count()) * num / den);
    }
}

/// An element as it is, unless the range hands out proxies (std::vector<bool>).
template <class Range, class Element>
void encode_element(JsonWriter& out, Element&& element) {
    if constexpr (Loggable<Element> || !requires { typename Range::value_type; }) {
        encode_value(out, static_cast<Element&&>(element));
    } else if constexpr (std::is_convertible_v<Element, typename Range::value_type>) {
        encode_value(out, static_cast<typename Range::value_type>(element));
    } else {
        encode_value(out, static_cast<Element&&>(element));
    }
}

/// A key of a JSON object: text as it is, anything else as the text of its encoding.
template <class Key>
void encode_key(JsonWriter& out, const Key& key) {
    const std::size_t begin = out.size();
    encode_value(out, key);
    if (out.view(begin).starts_with('"')) {
        return;
    }
    const std::string encoded{out.view(begin)};
    out.rewind(begin);
    out.text(encoded);
}

/// The rest of a range that is too long: how many elements there are in all, 0 if nobody knows.
template <class Range, class Iterator>
std::size_t full_size(Range& range, Iterator at, std::size_t seen) {
    constexpr std::size_t patience = 1'000'000;
    if constexpr (requires { range.size(); }) {
        return static_cast<std::size_t>(range.size());
    } else if constexpr (std::is_array_v<Range>) {
        return std::extent_v<Range>;
    } else if constexpr (std::is_copy_constructible_v<Iterator> && requires { at == at; }) {
        for (; at != range.end() && seen < patience; ++at) {
            ++seen;
        }
        return seen < patience ? seen : 0;
    } else {
        return 0;
    }
}

template <class Range>
auto begin_of(Range& range) {
    if constexpr (std::is_array_v<Range>) {
        return &range[0];
    } else {
        return range.begin();
    }
}
template <class Range>
auto end_of(Range& range) {
    if constexpr (std::is_array_v<Range>) {
        return &range[0] + std::extent_v<Range>;
    } else {
        return range.end();
    }
}

inline void close_cut_range(JsonWriter& out, std::size_t begin, std::size_t full) noexcept {
    out.insert(begin, R"({"array_start":)");
    out.raw(R"(,"original_shape":[)");
    if (full == 0) {
        out.null();
    } else {
        out.unsigned_integer(full);
    }
    out.raw("]}");
}

template <class Range>
void encode_range(JsonWriter& out, Range& range) {
    const std::size_t begin = out.size();
    std::size_t count = 0;
    out.put('[');
    auto at = begin_of(range);
    const auto end = end_of(range);
    for (; at != end && count < range_limit && !out.cut(); ++at, ++count) {
        if (count != 0) {
            out.put(',');
        }
        encode_element<Range>(out, *at);
    }
    out.put(']');
    if (at != end && !out.cut()) [[unlikely]] {
        close_cut_range(out, begin, full_size(range, at, count));
    }
}

template <class Map>
void encode_map(JsonWriter& out, Map& map) {
    if (map.size() > range_limit) {
        encode_range(out, map);
        return;
    }
    out.put('{');
    bool first = true;
    for (auto&& [key, value] : map) {
        if (!first) {
            out.put(',');
        }
        first = false;
        encode_key(out, key);
        out.put(':');
        encode_value(out, value);
    }
    out.put('}');
}

template <class Tuple, std::size_t... Index>
void encode_tuple(JsonWriter& out, Tuple& tuple, std::index_sequence<Index...>) {
    using std::get;
    out.put('[');
    ((Index == 0 ? void() : out.put(','), encode_value(out, get<Index>(tuple))), ...);
    out.put(']');
}

/// A std::monostate among the alternatives is written as null.
template <class Alternative>
void encode_alternative(JsonWriter& out, Alternative& value) {
    if constexpr (!Loggable<Alternative> && std::is_empty_v<Alternative> &&
                  std::is_trivially_default_constructible_v<Alternative>) {
        out.null();
    } else {
        encode_value(out, value);
    }
}

template <template <class...> class Variant, class... Alternatives>
void encode_variant(JsonWriter& out, const Variant<Alternatives...>& value) {
    const auto encode = [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        using std::get;
        (void)((value.index() == Index && (encode_alternative(out, get<Index>(value)), true)) ||
               ...);
    };
    if (value.valueless_by_exception()) {
        out.null();
    } else {
        encode(std::index_sequence_for<Alternatives...>{});
    }
}

template <class T>
void encode_pointee(JsonWriter& out, T& value) {
    if (static_cast<bool>(value)) {
        encode_value(out, *value);
    } else if constexpr (requires { value.error(); }) {
        encode_value(out, value.error());
    } else {
        out.null();
    }
}

template <class T>
void encode_lazy(JsonWriter& out, T& value) {
    static_assert(!std::is_void_v<decltype(value())>,
                  "eliot: a lazy value must return what is to be written");
    encode_value(out, value());
}

template <Shape S, class T>
void encode_scalar(JsonWriter& out, const T& value) {
    if constexpr (S == Shape::boolean) {
        out.boolean(value);
    } else if constexpr (S == Shape::character) {
        out.text({&value, 1});
    } else if constexpr (S == Shape::null) {
        out.null();
    } else if constexpr (S == Shape::c_string) {
        value == nullptr ? out.null() : out.text(value);
    } else if constexpr (S == Shape::signed_integer) {
        out.signed_integer(value);
    } else if constexpr (S == Shape::unsigned_integer) {
        out.unsigned_integer(value);
    } else if constexpr (S == Shape::float32) {
        out.float32(value);
    } else if constexpr (S == Shape::float64) {
        out.float64(static_cast<double>(value));
    } else if constexpr (S == Shape::enumeration) {
        encode_value(out, static_cast<std::underlying_type_t<T>>(value));
    } else {
        refuse<T, S>();
    }
}

template <Shape S, class T>
void encode_text_like(JsonWriter& out, const T& value) {
    if constexpr (S == Shape::text) {
        out.text(text_of(value));
    } else if constexpr (S == Shape::hex) {
        encode_hex(out, value);
    } else if constexpr (S == Shape::path) {
        out.text(value.string());
    } else if constexpr (S == Shape::duration) {
        encode_duration(out, value);
    } else if constexpr (S == Shape::system_time) {
        encode_duration(out, value.time_since_epoch());
    } else if constexpr (S == Shape::error_code) {
        out.text(value.message());
    } else if constexpr (S == Shape::exception) {
        out.text(value.what());
    } else {
        encode_scalar<S>(out, value);
    }
}

template <Shape S, class T>
void encode_shape(JsonWriter& out, T& value) {
    if constexpr (S == Shape::optional || S == Shape::pointer) {
        encode_pointee(out, value);
    } else if constexpr (S == Shape::json || S == Shape::user_json) {
        JsonBridge<std::remove_cv_t<T>>::encode(out, value);
    } else if constexpr (S == Shape::lazy) {
        encode_lazy(out, value);
    } else if constexpr (S == Shape::map) {
        encode_map(out, value);
    } else if constexpr (S == Shape::range) {
        encode_range(out, value);
    } else if constexpr (S == Shape::tuple) {
        encode_tuple(out, value,
                     std::make_index_sequence<std::tuple_size<std::remove_cv_t<T>>::value>{});
    } else if constexpr (S == Shape::variant) {
        encode_variant(out, value);
    } else {
        encode_text_like<S>(out, value);
    }
}

} // namespace detail

template <class T>
void encode_value(JsonWriter& out, T&& value) {
    detail::encode_shape<detail::shape<T>>(out, value);
}

ELIOT_END_NAMESPACE
