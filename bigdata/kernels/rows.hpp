// Rows of one number of bytes, sorted by them, from binary files or from lines of hexadecimal digits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "lines.hpp"
#include "pages.hpp"
#include "tables.hpp"

namespace bigdata {

class RowSorter {
  public:
    struct Entry {
        uint64_t head;  // the first bytes, so that most comparisons need no more
        uint64_t number;
    };

    // `rows`: about how many will come; memory for them is touched only as they do.
    RowSorter(size_t width, size_t rows) : width_(width) {
        if (width < sizeof(uint64_t)) throw std::invalid_argument("width: expected at least 8");
        bytes_.reserve(rows * width);
        entries_.reserve(rows);
    }

    size_t width() const { return width_; }
    size_t size() const { return entries_.size(); }
    size_t nbytes() const { return sizeof *this + bytes_.size() + entries_.size() * sizeof(Entry); }
    const Entry* begin() const { return entries_.data(); }
    const Entry* end() const { return entries_.data() + entries_.size(); }
    const char* bytes(const Entry& entry) const { return bytes_.data() + entry.number * width_; }

    void add(std::string_view rows) {
        if (sorted_) throw std::logic_error("add: the rows are sorted");
        if (rows.size() % width_ != 0) throw std::invalid_argument("add: expected whole rows");
        bytes_.insert(bytes_.end(), rows.begin(), rows.end());
        note();
    }

    // Adds lines of two digits a byte; says whether all lines are that, and adds none from the first other line on.
    bool add_hex(std::string_view lines) {
        if (sorted_) throw std::logic_error("add_hex: the rows are sorted");
        const size_t length = 2 * width_;
        size_t size = bytes_.size();
        bytes_.resize(size + (lines.size() + 1) / (length + 1) * width_);
        bool good = true;
        while (good && !lines.empty()) {
            good = lines.size() >= length && (lines.size() == length || lines[length] == '\n') &&
                   unhex(lines.data(), bytes_.data() + size);
            if (!good) break;
            size += width_;
            lines.remove_prefix(std::min(length + 1, lines.size()));
        }
        bytes_.resize(size);
        note();
        return good;
    }

    void sort() {
        if (std::exchange(sorted_, true)) return;
        const auto before = [this](const Entry& a, const Entry& b) { return precedes(a, bytes(b), b.head); };
        // Dealt out by the first bits, the rest of the work stays in the cache.
        constexpr int kBits = 12;
        std::array<size_t, (size_t{1} << kBits) + 1> ends{};
        for (const Entry& entry : entries_) ends[(entry.head >> (64 - kBits)) + 1]++;
        for (size_t i = 1; i < ends.size(); i++) ends[i] += ends[i - 1];
        Pages<Entry> dealt(entries_.size());
        for (const Entry& entry : entries_) dealt[ends[entry.head >> (64 - kBits)]++] = entry;
        entries_.swap(dealt);
        for (size_t i = 0, begin = 0; i + 1 < ends.size(); begin = ends[i++]) {
            std::sort(entries_.begin() + begin, entries_.begin() + ends[i], before);
        }
    }

    bool is_sorted() const { return sorted_; }

    // The first row not before another's bytes.
    const Entry* lower_bound(std::string_view row) const {
        const uint64_t head = head_of(row.data());
        return std::partition_point(begin(), end(), [&](const Entry& entry) { return precedes(entry, row.data(), head); });
    }

    // Whether a row comes before one with these bytes.
    bool precedes(const Entry& entry, const char* other, uint64_t head) const {
        if (entry.head != head) return entry.head < head;
        return std::memcmp(bytes(entry) + sizeof head, other + sizeof head, width_ - sizeof head) < 0;
    }

  private:
    size_t width_;
    Pages<char> bytes_;
    Pages<Entry> entries_;
    bool sorted_ = false;

    static uint64_t head_of(const char* row) { return __builtin_bswap64(load(row)); }

    void note() {
        for (size_t number = entries_.size(); number < bytes_.size() / width_; number++) {
            entries_.push_back({head_of(bytes_.data() + number * width_), number});
        }
    }

    // Half a byte for each character, 0xff for what is no digit.
    static constexpr std::array<uint8_t, 256> kHalves = [] {
        std::array<uint8_t, 256> halves{};
        halves.fill(0xff);
        for (int i = 0; i < 10; i++) halves['0' + i] = static_cast<uint8_t>(i);
        for (int i = 0; i < 6; i++) halves['a' + i] = halves['A' + i] = static_cast<uint8_t>(10 + i);
        return halves;
    }();

    bool unhex(const char* digits, char* out) const {
        unsigned seen = 0;
        for (size_t i = 0; i < width_; i++) {
            const unsigned high = kHalves[static_cast<uint8_t>(digits[2 * i])];
            const unsigned low = kHalves[static_cast<uint8_t>(digits[2 * i + 1])];
            seen |= high | low;
            out[i] = static_cast<char>(high << 4 | low);
        }
        return seen < 16;
    }
};

// The rows of several sorters between two of them, as lines of hexadecimal digits in their order.
class RowLines {
  public:
    // `low` is the first row, if not empty; `high` the first that isn't of them.
    RowLines(const std::vector<const RowSorter*>& sorters, std::string_view low, std::string_view high)
        : width_(sorters.front()->width()), merge_(ranges(sorters, low, high)) {}

    // The bytes of a line.
    size_t length() const { return 2 * width_ + 1; }
    size_t left() const { return left_; }

    // Writes so many lines, at most as many as are left.
    void read(char* out, size_t lines) {
        for (left_ -= lines; lines > 0; lines--) {
            const Range& next = merge_.next();
            constexpr size_t kAhead = 8;
            if (next.at + kAhead < next.end) {
                for (size_t i = 0; i < width_; i += 64) __builtin_prefetch(next.sorter->bytes(next.at[kAhead]) + i);
            }
            const char* row = next.sorter->bytes(*next.at);
            for (size_t i = 0; i < width_; i++) {
                std::memcpy(out + 2 * i, kDigits[static_cast<uint8_t>(row[i])].data(), 2);
            }
            out += 2 * width_;
            *out++ = '\n';
            merge_.advance();
        }
    }

  private:
    struct Range {
        const RowSorter* sorter;
        const RowSorter::Entry *at, *end;

        bool done() const { return at == end; }
        bool before(const Range& other) const {
            return sorter->precedes(*at, other.sorter->bytes(*other.at), other.at->head);
        }
        void advance() { at++; }
    };

    size_t width_, left_ = 0;
    Merge<Range> merge_;

    static constexpr std::array<std::array<char, 2>, 256> kDigits = [] {
        constexpr std::string_view digits = "0123456789abcdef";
        std::array<std::array<char, 2>, 256> all{};
        for (size_t i = 0; i < all.size(); i++) all[i] = {digits[i >> 4], digits[i & 15]};
        return all;
    }();

    std::vector<Range> ranges(const std::vector<const RowSorter*>& sorters, std::string_view low, std::string_view high) {
        std::vector<Range> ranges;
        for (const RowSorter* sorter : sorters) {
            for (std::string_view border : {low, high}) {
                if (!border.empty() && border.size() != width_) throw std::invalid_argument("expected rows as borders");
            }
            if (!sorter->is_sorted() || sorter->width() != width_) {
                throw std::invalid_argument("expected sorted rows of one width");
            }
            const auto* begin = low.empty() ? sorter->begin() : sorter->lower_bound(low);
            const auto* end = high.empty() ? sorter->end() : sorter->lower_bound(high);
            ranges.push_back({sorter, begin, std::max(begin, end)});
            left_ += static_cast<size_t>(ranges.back().end - begin);
        }
        return ranges;
    }
};

}  // namespace bigdata
