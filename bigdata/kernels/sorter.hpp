// Lines in the order of their bytes.
//
// A line is sorted by eight bytes of it at a time, from where it first differs from any other of its run; lines that are
// alike there are a run of their own, which is sorted when it is read. So memory is mostly read in its order, and not
// once a comparison. Source: Waihong Ng and Katsuhiko Kakehi, "Cache Efficient Radix Sort for String Sorting" (2007);
// the bytes that an entry keeps are theirs, the sort is by comparison.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "pages.hpp"

namespace bigdata {

class LineSorter {
  public:
    // Adds whole lines; their memory must outlive this.
    void add(std::string_view block) {
        if (sorted_) throw std::logic_error("add: the lines are sorted");
        if (!block.empty() && block.back() != '\n') throw std::invalid_argument("add: expected whole lines");
        bytes_ += block.size();
        while (!block.empty()) {
            const size_t size = block.find('\n') + 1;
            lines_.push_back({0, block.data(), size});
            block.remove_prefix(size);
        }
    }

    // Bytes of memory in use, those of the lines too.
    size_t nbytes() const { return bytes_ + lines_.capacity() * sizeof(Line); }

    void sort() {
        if (std::exchange(sorted_, true)) return;
        alike_ = by_heads(lines_.data(), lines_.data() + lines_.size(), 0);
    }

    struct Next {
        size_t lines, bytes;
    };

    // How many of the next lines make up about `size` bytes.
    Next next(size_t size) {
        if (!sorted_) throw std::logic_error("read: the lines are not sorted");
        Next next{};
        for (; at_ + next.lines < lines_.size() && next.bytes < size; next.lines++) {
            if (at_ + next.lines == ready_) sort_run();
            next.bytes += lines_[at_ + next.lines].size;
        }
        return next;
    }

    // Writes so many lines.
    void read(char* out, size_t lines) {
        for (const size_t end = at_ + lines; at_ < end; at_++) {
            std::memcpy(out, lines_[at_].text, lines_[at_].size);
            out += lines_[at_].size;
        }
    }

  private:
    struct Line {
        uint64_t head;  // eight bytes, the first of them the highest
        const char* text;
        size_t size;

        std::string_view from(size_t place) const { return std::string_view(text, size).substr(place); }
    };

    static constexpr std::ptrdiff_t kFew = 16;
    static constexpr int kDeep = 100;
    static constexpr size_t kAhead = 24, kCacheLine = 64, kMostAhead = 256;

    Pages<Line> lines_;
    size_t bytes_ = 0;
    size_t alike_ = 0;  // bytes up to the end of the heads that lines are sorted by
    size_t at_ = 0, ready_ = 0;  // lines before ready_ are in order
    bool sorted_ = false;

    // Sorts the lines with the next head by the rest of them.
    void sort_run() {
        const size_t begin = ready_;
        while (ready_ < lines_.size() && lines_[ready_].head == lines_[begin].head) {
            if (ready_ + kAhead < lines_.size()) {
                const Line& line = lines_[ready_ + kAhead];
                for (size_t i = 0; i < std::min(line.size, kMostAhead); i += kCacheLine) __builtin_prefetch(line.text + i);
            }
            ready_++;
        }
        sort_rest(lines_.data() + begin, lines_.data() + ready_, alike_, 0);
    }

    // Sorts lines that are alike before `place`.
    static void sort_rest(Line* begin, Line* end, size_t place, int depth) {
        if (end - begin < 2 || place >= begin->size) return;
        if (end - begin <= kFew || depth > kDeep) {
            std::sort(begin, end, [place](const Line& a, const Line& b) { return a.from(place) < b.from(place); });
            return;
        }
        place = by_heads(begin, end, place);
        while (begin < end) {
            Line* next = std::find_if(begin, end, [begin](const Line& line) { return line.head != begin->head; });
            sort_rest(begin, next, place, depth + 1);
            begin = next;
        }
    }

    // Sorts lines that are alike before `place` by the eight bytes behind what all begin with; gives the end of these.
    static size_t by_heads(Line* begin, Line* end, size_t place) {
        if (begin == end) return place;
        size_t common = begin->size;
        for (const Line* line = begin + 1; line < end; line++) {
            const std::string_view first(begin->text + place, common - place), other = line->from(place);
            common = place + static_cast<size_t>(std::ranges::mismatch(first, other).in1 - first.begin());
        }
        for (Line* line = begin; line < end; line++) line->head = head_of(line->from(common));
        std::sort(begin, end, [](const Line& a, const Line& b) { return a.head < b.head; });
        return common + sizeof(uint64_t);
    }

    // Behind a newline there is nothing but zeros, so two such heads are alike only if the lines are.
    static uint64_t head_of(std::string_view text) {
        uint64_t head = 0;
        std::memcpy(&head, text.data(), std::min(text.size(), sizeof head));
        return std::endian::native == std::endian::little ? __builtin_bswap64(head) : head;
    }
};

}  // namespace bigdata
