// SPDX-License-Identifier: Apache-2.0
#pragma once

// Values that nlohmann_json knows: JSON values themselves, and every type with a `to_json`.
//
//     #include <eliot/json.hpp>
//     eliot::log_message("order", "customer"_f = customer, eliot::json_fields(object));

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/encode/make_view.hpp>
#include <eliot/encode/member_sink.hpp>
#include <eliot/encode/value.hpp>

#include <nlohmann/json.hpp>

#include <type_traits>
#include <utility>
#include <vector>

ELIOT_BEGIN_NAMESPACE

namespace detail {

/// Writes a JSON value without recursion: its depth comes from data.
template <class Json>
class JsonWalk {
public:
    explicit JsonWalk(JsonWriter& out) : out_{out} {}

    void write(const Json& value) {
        begin(value);
        while (!open_.empty() && !out_.cut()) {
            step();
        }
    }

private:
    struct Level {
        const Json* container;
        typename Json::const_iterator next;
    };

    void step() {
        const auto [container, at] = open_.back();
        const bool object = container->is_object();
        if (at == container->end()) {
            out_.put(object ? '}' : ']');
            open_.pop_back();
            return;
        }
        ++open_.back().next;
        if (at != container->begin()) {
            out_.put(',');
        }
        if (object) {
            out_.text(at.key());
            out_.put(':');
        }
        begin(*at);
    }

    void begin(const Json& value) {
        if (value.is_structured()) {
            out_.put(value.is_object() ? '{' : '[');
            open_.push_back({&value, value.begin()});
        } else {
            scalar(value);
        }
    }

    void scalar(const Json& value) {
        using Type = nlohmann::detail::value_t;
        switch (value.type()) {
        case Type::boolean:
            out_.boolean(value.template get<bool>());
            break;
        case Type::number_integer:
            out_.signed_integer(value.template get<std::int64_t>());
            break;
        case Type::number_unsigned:
            out_.unsigned_integer(value.template get<std::uint64_t>());
            break;
        case Type::number_float:
            out_.float64(value.template get<double>());
            break;
        case Type::string:
            out_.text(value.template get_ref<const typename Json::string_t&>());
            break;
        case Type::binary:
            encode_hex(out_, hex(value.get_binary().data(), value.get_binary().size()));
            break;
        default:
            out_.null();
            break;
        }
    }

    JsonWriter& out_;
    std::vector<Level> open_;
};

template <JsonLike Json>
struct JsonBridge<Json> {
    static constexpr bool available = true;
    static void encode(JsonWriter& out, const Json& value) { JsonWalk<Json>{out}.write(value); }
};

/// What nlohmann_json can write, by a `to_json` or a nlohmann::adl_serializer.
template <class T>
concept JsonSerializable = requires(nlohmann::json& json, const T& value) {
    nlohmann::adl_serializer<T>::to_json(json, value);
};
/// Standard containers are serializable too, and are written without the detour.
template <class T>
concept OwnShape = RangeLike<T> || TupleLike<T> || VariantLike<T> || LazyValue<T>;

template <class T>
    requires(!JsonLike<T> && JsonSerializable<T> &&
             (HasToJson<T> || ((std::is_class_v<T> || std::is_union_v<T>) && !OwnShape<T>)))
struct JsonBridge<T> {
    static constexpr bool available = true;
    static void encode(JsonWriter& out, const T& value) {
        nlohmann::json json;
        nlohmann::adl_serializer<T>::to_json(json, value);
        JsonWalk<nlohmann::json>{out}.write(json);
    }
};

/// A template, so that each version of nlohmann_json in a program has its own.
template <class Json>
void encode_json_members(MemberSink& sink, const void* object) {
    const auto& json = *static_cast<const Json*>(object);
    if (!json.is_object()) {
        return;
    }
    for (auto at = json.begin(); at != json.end(); ++at) {
        sink.member(at.key(), &encode_object<const Json>, const_cast<Json*>(&*at));
    }
}

} // namespace detail

/// The members of an object as fields of a line; made by `json_fields`.
class JsonFields {
public:
    explicit JsonFields(const nlohmann::json& object) noexcept {
        view_.kind = detail::ValueKind::members;
        view_.members = {&object, &detail::encode_json_members<nlohmann::json>};
    }
    detail::FieldView view() const noexcept { return view_; }

private:
    detail::FieldView view_{};
};

template <>
inline constexpr bool detail::is_field_argument<JsonFields> = true;

/// Every member of `object` becomes a field. Reserved names, and names that the line has already,
/// are left out; of anything but an object there are no fields. Refers to `object`.
inline JsonFields json_fields(const nlohmann::json& object) noexcept { return JsonFields{object}; }

ELIOT_END_NAMESPACE
