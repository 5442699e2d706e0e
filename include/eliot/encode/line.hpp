// SPDX-License-Identifier: Apache-2.0
#pragma once

// Encodes one line: the cached prefix of its action, the number, the time, the type, the fields.
// Framework names come first, in a fixed order that `Record` relies on:
//
//     {"task_uuid":"…","task_level":[2,3],"timestamp":1.000000000,"message_type":"…",…}

#include <eliot/config.hpp>
#include <eliot/core/field.hpp>
#include <eliot/core/field_view.hpp>
#include <eliot/core/timestamp.hpp>
#include <eliot/encode/encoded_fields.hpp>
#include <eliot/encode/field.hpp>
#include <eliot/encode/key_set.hpp>
#include <eliot/encode/member_sink.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

struct Schema;

/// What a line tells of its action.
enum class Kind : std::uint8_t { message, started, succeeded, failed };

namespace detail {

/// What a call site says of a line; refers to everything.
struct LineContents {
    Kind kind = Kind::message;
    std::string_view type;
    const FieldView* fields = nullptr;
    std::size_t field_count = 0;
    const EncodedFields* encoded[2] = {nullptr, nullptr}; ///< more fields, each may be null
    const Schema* schema = nullptr;                       ///< of a typed line

    const LineContents& contents() const noexcept { return *this; }
};

/// Where a line stands in its task.
struct LinePlace {
    const char* prefix; ///< `{"task_uuid":"…","task_level":[2,`, readable in blocks of 16 bytes
    std::size_t prefix_size;
    std::uint32_t number;
};

/// How a line goes on behind its type; padded, to be copied as one block.
struct LineStatus {
    std::size_t size;
    char text[32]{};

    template <std::size_t N>
    consteval LineStatus(const char (&literal)[N]) : size{N - 1} {
        for (std::size_t i = 0; i < size; ++i) {
            text[i] = literal[i];
        }
    }
};
inline constexpr LineStatus line_statuses[] = {"\"", "\",\"action_status\":\"started\"",
                                               "\",\"action_status\":\"succeeded\"",
                                               "\",\"action_status\":\"failed\""};

/// Room for what the framework writes, besides the prefix and the type; for one key and number; for
/// copies in blocks.
inline constexpr std::size_t framework_room = 512;

/// Writes what stands between the prefix and the type.
[[gnu::always_inline]] inline char* write_until_type(char* to, std::uint32_t number, Kind kind,
                                                     Timestamp time,
                                                     TimestampWriter& times) noexcept {
    if (number < 10) [[likely]] {
        *to++ = static_cast<char>('0' + number);
    } else {
        to = write_unsigned(to, number);
    }
    to = copy_literal(to, "],\"timestamp\":");
    to = times.write(to, time);
    return kind == Kind::message ? copy_literal(to, ",\"message_type\":\"")
                                 : copy_literal(to, ",\"action_type\":\"");
}
[[gnu::always_inline]] inline char* write_status(char* to, Kind kind) noexcept {
    if (kind == Kind::message) {
        return copy_literal(to, "\"");
    }
    const LineStatus& status = line_statuses[static_cast<std::size_t>(kind)];
    std::memcpy(to, status.text, sizeof status.text);
    return to + status.size;
}

/// Writes a line that no user code takes part in, and whose keys cannot clash: numbers, short
/// texts, fields that are encoded already. Most lines are.
class PlainLine {
public:
    /// What must be free before the end.
    static constexpr std::size_t least_room = 4096;

    explicit PlainLine(const LineContents& line) noexcept : line_{line} {}

    /// Null if the line is none of these, or might not end before `end`.
    [[gnu::always_inline]] char* write(char* to, const char* end, LinePlace place, Timestamp time,
                                       TimestampWriter& times) const noexcept {
        // Behind `end` there is room for everything that is not text.
        end -= framework_room + line_.field_count * field_room;
        if ((place.prefix_size | line_.type.size()) > 255) [[unlikely]] {
            return nullptr;
        }
        to = head(to, end, place, time, times);
        if (to == nullptr || to > end) [[unlikely]] {
            return nullptr;
        }
        to = fields(to, end);
        if ((line_.encoded[0] != nullptr || line_.encoded[1] != nullptr) && to != nullptr) {
            to = encoded(to, end);
        }
        return to != nullptr ? copy_literal(to, "}\n") : nullptr;
    }

private:
    static constexpr std::size_t field_room = longest_fragment + number_room;

    [[gnu::always_inline]] char* head(char* to, const char* end, LinePlace place, Timestamp time,
                                      TimestampWriter& times) const noexcept {
        to = copy_padded<80>(to, place.prefix, place.prefix_size);
        to = write_until_type(to, place.number, line_.kind, time, times);
        to = write_short_text(to, end, line_.type.data(), line_.type.size());
        return to != nullptr ? write_status(to, line_.kind) : nullptr;
    }
    [[gnu::always_inline]] char* fields(char* to, const char* end) const noexcept {
        const FieldView* const last = line_.fields + line_.field_count;
        for (const FieldView* field = line_.fields; field != last; ++field) {
            if (!field->static_key) [[unlikely]] {
                return nullptr;
            }
            to = copy_padded<16>(to, field->key, field->key_size);
            to = write_if_short(to, end, *field);
            if (to == nullptr) [[unlikely]] {
                return nullptr;
            }
        }
        return to;
    }
    char* encoded(char* to, const char* end) const noexcept {
        const bool is_only_source = line_.field_count == 0 && line_.encoded[1] == nullptr;
        const bool has_room =
            is_only_source && line_.encoded[0]->size() <= static_cast<std::size_t>(end - to);
        return has_room ? line_.encoded[0]->copy_to(to) : nullptr;
    }

    const LineContents& line_;
};

/// The encoder of every other line. Lets a thread's forced end through; `finish` then completes the
/// line.
class LineEncoder {
public:
    LineEncoder(JsonWriter& out, const LinePlace& place, const LineContents& line,
                const EncodedFields* globals, FieldFailures& failures) noexcept
        : encoder_{out, failures}, place_{place}, line_{line}, globals_{globals} {}

    void encode(Timestamp time, TimestampWriter& times) {
        JsonWriter& out = encoder_.out();
        out.raw({place_.prefix, place_.prefix_size});
        out.advance(
            write_until_type(out.reserve(framework_room), place_.number, line_.kind, time, times));
        out.escaped(line_.type);
        out.advance(write_status(out.reserve(framework_room), line_.kind));
        rest();
    }
    /// After a forced end of the thread: the fields that are left, without user code.
    void finish() {
        encoder_.refuse_user_code();
        ++next_;
        rest();
    }

private:
    void rest() {
        for (; next_ < line_.field_count; ++next_) {
            const FieldView& field = line_.fields[next_];
            if (field.static_key && !has_runtime_keys_) {
                encoder_.key(field);
                encoder_.value(field);
            } else {
                tracked(field);
            }
        }
        if (line_.encoded[0] != nullptr || line_.encoded[1] != nullptr || globals_ != nullptr) {
            more_fields();
        }
        encoder_.out().raw("}\n");
    }

    /// A field whose key must be compared with those that the line has.
    void tracked(const FieldView& field) {
        has_runtime_keys_ = true;
        if (field.kind == ValueKind::members) {
            Sink sink{*this};
            field.members.encode(sink, field.members.object);
            return;
        }
        JsonWriter& out = encoder_.out();
        const std::size_t begin = out.size();
        encoder_.key(field);
        if (is_new_key(begin)) {
            encoder_.value(field);
        } else {
            out.rewind(begin);
        }
    }
    /// The first one of a name wins, and the framework's own before all.
    bool is_new_key(std::size_t begin) {
        const std::string_view key = encoder_.out().view(begin);
        for (std::size_t i = 0; i < next_; ++i) {
            const FieldView& field = line_.fields[i];
            if (field.static_key && std::string_view{field.key, field.key_size} == key) {
                return false;
            }
        }
        return keys_.add(encoder_.out().view(), begin);
    }

    void more_fields() {
        // Within one of these sequences all keys differ.
        const int sources = (line_.field_count != 0) + (line_.encoded[0] != nullptr) +
                            (line_.encoded[1] != nullptr) + (globals_ != nullptr);
        for (const EncodedFields* fields : {line_.encoded[0], line_.encoded[1], globals_}) {
            if (fields != nullptr) {
                add_all(*fields, sources == 1);
            }
        }
    }
    void add_all(const EncodedFields& fields, bool distinct) {
        for (auto at = fields.first(); at.more(); at.advance()) {
            add(at.entry(), distinct);
        }
    }
    void add(EncodedFields::Entry entry, bool distinct) {
        JsonWriter& out = encoder_.out();
        const std::size_t begin = out.size();
        out.raw(entry.key);
        if (!distinct && !is_new_key(begin)) {
            out.rewind(begin);
            return;
        }
        out.mark();
        out.raw(entry.value);
        if (out.cut()) {
            out.rewind(begin + entry.key.size());
            out.unmark();
            out.raw("\"eliot: value cut: the line would be longer than 16 MiB\"");
        }
        out.unmark();
    }

    class Sink final : public MemberSink {
    public:
        explicit Sink(LineEncoder& line) noexcept : line_{line} {}
        void member(std::string_view name, EncodeObject encode, void* object) override {
            FieldView view;
            view.key = name.data();
            view.key_size = static_cast<std::uint32_t>(name.size());
            view.static_key = false;
            view.kind = ValueKind::object;
            view.object = {object, encode};
            line_.tracked(view);
        }

    private:
        LineEncoder& line_;
    };

    FieldEncoder encoder_;
    const LinePlace& place_;
    const LineContents& line_;
    const EncodedFields* globals_;
    std::size_t next_ = 0;
    bool has_runtime_keys_ = false;
    KeySet keys_;
};

} // namespace detail
ELIOT_END_NAMESPACE
