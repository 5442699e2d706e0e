// SPDX-License-Identifier: Apache-2.0
#pragma once

// The fields of a line, and of the objects and lists inside, in the order in which they are shown:
// by name, and of several of one name the last. Nested ones are stacked on top of each other, so
// that walking through a value of any depth takes no recursion and few allocations.
//
//     detail::FieldStack fields;
//     const std::size_t begin = fields.push_line(task.line_text(line));

#include <eliot/read/json_walk.hpp>

#include <algorithm>
#include <deque>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// A field of an object, or an element of a list: that has an index and no key.
struct ShownField {
    std::string_view key;
    std::string_view value;
    std::size_t index;
};

inline bool is_framework_field(std::string_view name) noexcept {
    switch (name.size()) {
    case 9:
        return name == "task_uuid" || name == "timestamp";
    case 10:
        return name == "task_level";
    case 11:
        return name == "action_type";
    case 12:
        return name == "message_type";
    case 13:
        return name == "action_status";
    default:
        return false;
    }
}

class FieldStack {
public:
    /// Stacks the fields of a line but for the framework's and those that are `ignored`. Returns
    /// where they begin; they end at size().
    std::size_t push_line(std::string_view line, const std::vector<std::string>& ignored) {
        const std::size_t begin = items_.size();
        ends_.find({});
        JsonMember member;
        for (JsonItems members{line}; members.next(&member);) {
            const std::string_view key = plain_key(member.key);
            if (!is_framework_field(key) &&
                std::find(ignored.begin(), ignored.end(), key) == ignored.end()) {
                items_.push_back({key, member.value, 0});
            }
        }
        sort_from(begin);
        return begin;
    }

    /// Stacks what is inside an object or a list.
    std::size_t push_container(std::string_view container) {
        const std::size_t begin = items_.size();
        const bool object = container.front() == '{';
        if (!ends_.covers(container)) {
            ends_.find(container);
        }
        std::size_t index = 0;
        JsonMember member;
        for (JsonItems members{container, &ends_}; members.next(&member); ++index) {
            items_.push_back({plain_key(member.key), member.value, index});
        }
        if (object) {
            sort_from(begin);
        }
        return begin;
    }

    void pop_to(std::size_t begin) {
        items_.resize(begin);
        if (begin == 0) {
            decoded_keys_.clear();
        }
    }

    std::size_t size() const noexcept { return items_.size(); }
    const ShownField& operator[](std::size_t index) const noexcept { return items_[index]; }

private:
    std::string_view plain_key(std::string_view key) {
        if (key.find('\\') == std::string_view::npos) {
            return key;
        }
        return decoded_keys_.emplace_back(decoded(key));
    }

    void sort_from(std::size_t begin) {
        const auto first = items_.begin() + static_cast<std::ptrdiff_t>(begin);
        std::sort(first, items_.end(), [](const ShownField& a, const ShownField& b) {
            return a.key != b.key ? a.key < b.key : a.value.data() > b.value.data();
        });
        const auto same = [](const ShownField& a, const ShownField& b) { return a.key == b.key; };
        items_.erase(std::unique(first, items_.end(), same), items_.end());
    }

    std::vector<ShownField> items_;
    std::deque<std::string> decoded_keys_;
    ContainerEnds ends_;
};

}
ELIOT_END_NAMESPACE
