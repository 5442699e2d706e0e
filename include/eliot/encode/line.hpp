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

#include <cstdint>
#include <string_view>

ELIOT_BEGIN_NAMESPACE

/// What a line tells of its action.
enum class Kind : std::uint8_t { message, started, succeeded, failed };

namespace detail {

/// All that a line is made of; refers to everything.
struct Line {
    const char* prefix; ///< `{"task_uuid":"…","task_level":[2,`, readable in blocks of 16 bytes
    std::size_t prefix_size;
    std::uint32_t number;
    Kind kind;
    std::string_view type;
    const FieldView* fields;
    std::size_t field_count;
    const EncodedFields* encoded[2]; ///< more fields, each may be null
};

/// The one encoder. Lets a thread's forced end through; `finish` then completes the line.
class LineEncoder {
public:
    LineEncoder(JsonWriter& out, const Line& line, const EncodedFields* globals,
                FieldFailures& failures) noexcept
        : encoder_{out, failures}, line_{line}, globals_{globals} {}

    void encode(Timestamp time) {
        head(time);
        track_ = keys_may_clash();
        rest();
    }
    /// After a forced end of the thread: the fields that are left, without user code.
    void finish() {
        encoder_.refuse_user_code();
        ++next_;
        rest();
    }

private:
    /// Names known at compile time differ from each other, and so do those of one EncodedFields.
    bool keys_may_clash() const noexcept {
        const int sources = (line_.field_count != 0) + (line_.encoded[0] != nullptr) +
                            (line_.encoded[1] != nullptr) + (globals_ != nullptr);
        for (std::size_t i = 0; i < line_.field_count; ++i) {
            if (!line_.fields[i].static_key) {
                return true;
            }
        }
        return sources > 1;
    }

    void head(Timestamp time) noexcept {
        JsonWriter& out = encoder_.out();
        if (line_.prefix_size > 2048) [[unlikely]] {
            out.raw({line_.prefix, line_.prefix_size});
        } else {
            char* to = out.reserve(line_.prefix_size + 16);
            for (std::size_t i = 0; i < line_.prefix_size; i += 16) {
                std::memcpy(to + i, line_.prefix + i, 16);
            }
            out.advance(to + line_.prefix_size);
        }
        char* to = write_unsigned(out.reserve(128), line_.number);
        to = copy(to, "],\"timestamp\":");
        to = write_timestamp(to, time);
        const bool is_message = line_.kind == Kind::message;
        to = is_message ? copy(to, ",\"message_type\":\"") : copy(to, ",\"action_type\":\"");
        out.advance(to);
        out.escaped(line_.type);
        out.raw(status());
    }
    std::string_view status() const noexcept {
        constexpr std::string_view texts[] = {"\"", "\",\"action_status\":\"started\"",
                                              "\",\"action_status\":\"succeeded\"",
                                              "\",\"action_status\":\"failed\""};
        return texts[static_cast<std::size_t>(line_.kind)];
    }
    template <std::size_t Size>
    static char* copy(char* to, const char (&text)[Size]) noexcept {
        std::memcpy(to, text, Size - 1);
        return to + Size - 1;
    }

    void rest() {
        for (; next_ < line_.field_count; ++next_) {
            const FieldView& field = line_.fields[next_];
            if (!track_) [[likely]] {
                encoder_.key(field);
                encoder_.value(field);
            } else {
                tracked(field);
            }
        }
        more_fields();
        encoder_.out().raw("}\n");
    }

    [[gnu::noinline]] void tracked(const FieldView& field) {
        if (field.kind == ValueKind::members) {
            Sink sink{*this};
            field.members.encode(sink, field.members.object);
        } else if (begin_field(field)) {
            encoder_.value(field);
        }
    }
    /// Writes the key unless the line has it already.
    bool begin_field(const FieldView& field) {
        JsonWriter& out = encoder_.out();
        const std::size_t begin = out.size();
        encoder_.key(field);
        if (!keys_.add(out.view(), begin)) {
            out.rewind(begin);
            return false;
        }
        return true;
    }
    void more_fields() {
        for (const EncodedFields* fields : {line_.encoded[0], line_.encoded[1], globals_}) {
            if (fields != nullptr) {
                add_all(*fields);
            }
        }
    }
    [[gnu::noinline]] void add_all(const EncodedFields& fields) {
        for (auto at = fields.first(); at.more(); at.advance()) {
            add(at.entry());
        }
    }
    void add(EncodedFields::Entry entry) {
        JsonWriter& out = encoder_.out();
        const std::size_t begin = out.size();
        out.raw(entry.key);
        if (track_ && !keys_.add(out.view(), begin)) {
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
    const Line& line_;
    const EncodedFields* globals_;
    KeySet keys_;
    std::size_t next_ = 0;
    bool track_ = false;
};

} // namespace detail
ELIOT_END_NAMESPACE
