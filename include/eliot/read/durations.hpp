// SPDX-License-Identifier: Apache-2.0
#pragma once

// How long things took: many durations in little memory, and how much of an action's time was its
// own and how much that of the actions inside.
//
//     detail::Durations durations;
//     durations.add(1'200'000);
//     durations.percentile(0.99);

#include <eliot/read/selection.hpp>

ELIOT_BEGIN_NAMESPACE
namespace detail {

/// The sum of two durations that are not negative; ends at 292 years.
constexpr std::int64_t added(std::int64_t a, std::int64_t b) noexcept {
    return a > std::numeric_limits<std::int64_t>::max() - b
               ? std::numeric_limits<std::int64_t>::max()
               : a + b;
}

/// Exact while there are few durations; from then on to 2 %, in at most 16 kB.
class Durations {
public:
    void add(std::int64_t nanoseconds) {
        nanoseconds = std::max<std::int64_t>(nanoseconds, 0);
        ++count_;
        total_ = added(total_, nanoseconds);
        most_ = std::max(most_, nanoseconds);
        if (count_ <= most_exact) {
            exact_.push_back(nanoseconds);
            return;
        }
        if (!exact_.empty()) {
            for (const std::int64_t each : exact_) {
                add_to_bucket(each);
            }
            exact_.clear();
            exact_.shrink_to_fit();
        }
        add_to_bucket(nanoseconds);
    }

    std::uint64_t count() const noexcept { return count_; }
    std::int64_t total() const noexcept { return total_; }
    std::int64_t most() const noexcept { return most_; }

    /// The smallest duration that this share of all is not above; 0 without any.
    std::int64_t percentile(double share) const {
        const auto rank =
            static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
        const std::uint64_t wanted = std::max<std::uint64_t>(rank, 1);
        if (count_ == 0) {
            return 0;
        }
        return exact_.empty() ? from_buckets(wanted) : from_exact(wanted);
    }

private:
    static constexpr std::size_t most_exact = 512;
    static constexpr unsigned bits = 5; ///< 32 buckets from one power of two to the next

    static unsigned width(std::uint64_t value) noexcept {
        unsigned width = 0;
        for (; value != 0; value >>= 1U) {
            ++width;
        }
        return width;
    }

    static std::size_t bucket_of(std::int64_t nanoseconds) noexcept {
        const auto value = static_cast<std::uint64_t>(nanoseconds);
        const unsigned used = width(value);
        if (used <= bits + 1) {
            return static_cast<std::size_t>(value);
        }
        const unsigned shift = used - bits - 1;
        return (std::size_t{shift} << bits) + static_cast<std::size_t>(value >> shift);
    }

    /// The middle of a bucket.
    static std::int64_t value_of(std::size_t bucket) noexcept {
        constexpr std::size_t first_scaled = std::size_t{2} << bits;
        if (bucket < first_scaled) {
            return static_cast<std::int64_t>(bucket);
        }
        const std::size_t shift = (bucket >> bits) - 1;
        const std::size_t mantissa = bucket - (shift << bits);
        return static_cast<std::int64_t>((mantissa << shift) + ((std::size_t{1} << shift) >> 1U));
    }

    void add_to_bucket(std::int64_t nanoseconds) {
        const std::size_t bucket = bucket_of(nanoseconds);
        if (bucket >= buckets_.size()) {
            buckets_.resize(bucket + 1, 0);
        }
        ++buckets_[bucket];
    }

    std::int64_t from_exact(std::uint64_t rank) const {
        std::vector<std::int64_t> sorted = exact_;
        const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
        std::nth_element(sorted.begin(), nth, sorted.end());
        return *nth;
    }

    std::int64_t from_buckets(std::uint64_t rank) const {
        std::uint64_t seen = 0;
        for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
            seen += buckets_[bucket];
            if (seen >= rank) {
                return std::min(value_of(bucket), most_);
            }
        }
        return most_;
    }

    std::uint64_t count_ = 0;
    std::int64_t total_ = 0;
    std::int64_t most_ = 0;
    std::vector<std::int64_t> exact_;
    std::vector<std::uint64_t> buckets_;
};

/// From when to when an action was going on, in nanoseconds since the task's first line.
struct Interval {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool known = false;
};

/// The intervals of all nodes. An action without an end goes on to the last line inside it.
class TaskTimes {
public:
    explicit TaskTimes(const TaskStore& task) : task_(task), intervals_(task.nodes.size()) {
        for (const StoredLine& line : task.lines) {
            if (line.has_time && (!any_ || line.time < origin_)) {
                origin_ = line.time;
                any_ = true;
            }
        }
        for (auto node = static_cast<std::uint32_t>(intervals_.size()); node-- > 0;) {
            find_interval(node);
        }
    }

    const Interval& operator[](std::uint32_t node) const noexcept { return intervals_[node]; }

    std::int64_t length(std::uint32_t node) const noexcept {
        return intervals_[node].end - intervals_[node].begin;
    }

    /// Time of an action during which none of the actions inside was going on.
    std::int64_t own_time(std::uint32_t action) const {
        std::vector<Interval> inside;
        for (std::uint32_t child = task_.nodes[action].first_child; child != nothing;
             child = task_.nodes[child].next) {
            if (task_.nodes[child].is_action && intervals_[child].known) {
                inside.push_back(intervals_[child]);
            }
        }
        std::sort(inside.begin(), inside.end(),
                  [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
        std::int64_t own = length(action);
        std::int64_t covered = intervals_[action].begin;
        for (const Interval& each : inside) {
            const std::int64_t begin = std::max(each.begin, covered);
            const std::int64_t end = std::min(each.end, intervals_[action].end);
            own -= std::max<std::int64_t>(end - begin, 0);
            covered = std::max(covered, end);
        }
        return own;
    }

private:
    std::int64_t since_origin(std::uint32_t line) const noexcept {
        return nanoseconds_between(origin_, task_.lines[line].time);
    }

    /// Children come before their parents here, and widen those that have no end.
    void find_interval(std::uint32_t node) {
        const StoredNode& each = task_.nodes[node];
        Interval& interval = intervals_[node];
        if (has_time(task_, each.start)) {
            interval.begin = since_origin(each.start);
            interval.end = interval.known ? std::max(interval.end, interval.begin) : interval.begin;
            interval.known = true;
        }
        if (has_time(task_, each.end)) {
            interval.end = std::max(interval.begin, since_origin(each.end));
        }
        if (node == root_index || !interval.known) {
            return;
        }
        Interval& parent = intervals_[each.parent];
        parent.begin = parent.known ? std::min(parent.begin, interval.begin) : interval.begin;
        parent.end = parent.known ? std::max(parent.end, interval.end) : interval.end;
        parent.known = true;
    }

    const TaskStore& task_;
    Instant origin_;
    bool any_ = false;
    std::vector<Interval> intervals_;
};

}
ELIOT_END_NAMESPACE
