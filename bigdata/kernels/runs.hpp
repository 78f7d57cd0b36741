// Counts of keys in order: sorted by digits, added up, and merged in ranges that threads may take side by side.
//
// A key is some numbers in a row: two in 64 bits, or four in 128. Where keys are too many for a table in the cache,
// sorting them as they came costs less than a place in the table for each.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "pages.hpp"
#include "tables.hpp"

namespace bigdata {

// How often a key comes.
template <class Key>
struct Count {
    Key key;
    uint64_t value;
};
template <class Key>
using Counts = RawPages<Count<Key>>;

inline bool is_less(uint64_t a, uint64_t b) { return a < b; }
inline bool is_less(Wide a, Wide b) { return a.low != b.low ? a.low < b.low : a.high < b.high; }

// The number at a place of a key.
inline uint32_t rank(uint64_t key, size_t place) { return static_cast<uint32_t>(place == 0 ? key >> 32 : key); }
inline uint32_t rank(Wide key, size_t place) { return rank(place < 2 ? key.low : key.high, place & 1); }

inline uint64_t key_of(uint64_t key) { return key; }
inline Wide key_of(Wide key) { return key; }
template <class Key>
Key key_of(const Count<Key>& count) {
    return count.key;
}

// Sorts by the first `places` numbers of keys, which are below `ranks`: by digits, the last digit first, so that items
// with equal numbers stay in their order.
template <class Item>
void sort_by_ranks(RawPages<Item>& items, size_t places, size_t ranks) {
    constexpr size_t kMostBits = 11;
    const size_t bits = std::max<size_t>(std::bit_width(ranks), 1), digits = (bits + kMostBits - 1) / kMostBits;
    const size_t step = (bits + digits - 1) / digits, mask = (size_t{1} << step) - 1;
    std::vector<std::array<size_t, size_t{1} << kMostBits>> begins(places * digits);
    for (const Item& item : items) {
        for (size_t place = 0; place < places; place++) {
            const size_t number = rank(key_of(item), place);
            for (size_t digit = 0; digit < digits; digit++) begins[place * digits + digit][number >> (digit * step) & mask]++;
        }
    }
    RawPages<Item> sorted(items.size());
    for (size_t place = places; place-- > 0;) {
        for (size_t digit = 0; digit < digits; digit++) {
            auto& begin = begins[place * digits + digit];
            size_t next = 0;
            for (size_t& one : begin) next += std::exchange(one, next);
            for (const Item& item : items) {
                sorted[begin[rank(key_of(item), place) >> (digit * step) & mask]++] = item;
            }
            items.swap(sorted);
        }
    }
}

// How often each key comes in sorted ones.
template <class Key>
Counts<Key> added_up(const RawPages<Key>& sorted) {
    size_t distinct = 0;
    for (size_t i = 0; i < sorted.size(); i++) distinct += i == 0 || !(sorted[i] == sorted[i - 1]);
    Counts<Key> counts;
    counts.reserve(distinct);
    for (size_t i = 0; i < sorted.size();) {
        size_t end = i + 1;
        while (end < sorted.size() && sorted[end] == sorted[i]) end++;
        counts.push_back({sorted[i], end - i});
        i = end;
    }
    return counts;
}

// Counts the keys of early numbers in a table. Tokens are numbered as they come, so frequent ones have early numbers.
template <class Key>
class Early {
  public:
    // Counts a key if it is one of those, and says whether it is.
    bool add(Key) { return false; }
    // Gives the counts away, sorted.
    Counts<Key> take() { return {}; }
    size_t nbytes() const { return 0; }
};

template <>
class Early<uint64_t> {
  public:
    // Without branches, which cost more than all else where they are hard to foresee.
    bool add(uint64_t key) {
        if (table_.empty()) table_.resize(kNumbers * kNumbers);
        const size_t first = rank(key, 0), second = rank(key, 1);
        const bool is_early = (first | second) < kNumbers;
        table_[first % kNumbers * kNumbers + second % kNumbers] += is_early;
        return is_early;
    }

    Counts<uint64_t> take() {
        Counts<uint64_t> counts;
        for (size_t i = 0; i < table_.size(); i++) {
            if (table_[i] != 0) counts.push_back({uint64_t{i / kNumbers} << 32 | i % kNumbers, table_[i]});
        }
        table_ = {};
        return counts;
    }

    size_t nbytes() const { return table_.size() * sizeof(uint64_t); }

  private:
    static constexpr size_t kNumbers = 512;  // a power of two, and its square in the second-level cache
    std::vector<uint64_t> table_;
};

// Counts keys of numbers: those that aren't early go to a log, which is sorted and added to the counts so far when it is
// long.
template <class Key>
class Tally {
  public:
    // The most keys in the log.
    explicit Tally(size_t most) : most_(most) {}

    // Adds a key, and says whether the log is full.
    bool add(Key key) {
        if (log_.empty()) log_.resize(most_);  // memory is taken up only as it is written
        log_[logged_] = key;
        logged_ += !early_.add(key);
        return logged_ == most_;
    }

    // Adds counts of keys, each once.
    void add(Counts<Key> counts, size_t places, size_t ranks) {
        settle(places, ranks);
        sort_by_ranks(counts, places, ranks);
        merge(std::move(counts));
    }

    // Empties the log into the counts.
    void settle(size_t places, size_t ranks) {
        merge(early_.take());
        if (logged_ == 0) return;
        log_.resize(std::exchange(logged_, 0));
        sort_by_ranks(log_, places, ranks);
        merge(added_up(log_));
        log_.clear();
    }

    // Sorted, without what is in the log.
    const Counts<Key>& counts() const { return counts_; }
    Counts<Key> take_counts() {
        merge(early_.take());
        return std::move(counts_);
    }
    RawPages<Key> take_log() {
        log_.resize(std::exchange(logged_, 0));
        return std::move(log_);
    }
    // With what sorting takes.
    size_t nbytes() const { return early_.nbytes() + 2 * (logged_ * sizeof(Key) + counts_.size() * sizeof(Count<Key>)); }

  private:
    size_t most_, logged_ = 0;
    Early<Key> early_;
    RawPages<Key> log_;
    Counts<Key> counts_;

    void merge(Counts<Key> more) {
        if (more.empty()) return;
        if (counts_.empty()) {
            counts_ = std::move(more);
            return;
        }
        Counts<Key> merged;
        merged.reserve(counts_.size() + more.size());
        auto ours = counts_.begin(), theirs = more.begin();
        while (ours != counts_.end() && theirs != more.end()) {
            if (ours->key == theirs->key) {
                merged.push_back({ours->key, ours->value + theirs->value});
                ours++, theirs++;
            } else {
                merged.push_back(is_less(ours->key, theirs->key) ? *ours++ : *theirs++);
            }
        }
        merged.insert(merged.end(), ours, counts_.end());
        merged.insert(merged.end(), theirs, more.end());
        counts_ = std::move(merged);
    }
};

// Goes through sorted sources together. A source says whether it is `done()`, and whether what is next in it comes
// before what is next in another by `before(other)`; `advance()` takes that.
template <class Source>
class Merge {
  public:
    explicit Merge(std::vector<Source> sources) : sources_(std::move(sources)) {
        for (Source& source : sources_) {
            if (source.done()) continue;
            heap_.push_back(&source);
            std::push_heap(heap_.begin(), heap_.end(), [](const Source* a, const Source* b) { return b->before(*a); });
        }
    }
    Merge(const Merge&) = delete;

    bool done() const { return heap_.empty(); }
    // The source of what is next of all.
    const Source& next() const { return *heap_.front(); }

    void advance() {
        heap_.front()->advance();
        if (heap_.front()->done()) {
            heap_.front() = heap_.back();
            heap_.pop_back();
        }
        for (size_t i = 0, child; (child = 2 * i + 1) < heap_.size(); i = child) {
            if (child + 1 < heap_.size() && heap_[child + 1]->before(*heap_[child])) child++;
            if (!heap_[child]->before(*heap_[i])) break;
            std::swap(heap_[i], heap_[child]);
        }
    }

  private:
    std::vector<Source> sources_;
    std::vector<Source*> heap_;  // the least first
};

// Where ranges of about `size` items end that are sampled in their order: each sample stands for `step` items.
template <class Item, class Less>
std::vector<Item> borders(std::vector<Item> samples, size_t step, size_t size, Less less) {
    std::sort(samples.begin(), samples.end(), less);
    std::vector<Item> borders;
    for (size_t i = size / step; i < samples.size(); i += size / step) {
        if (borders.empty() || less(borders.back(), samples[i])) borders.push_back(samples[i]);
    }
    return borders;
}

inline size_t sample_step(size_t size) { return std::max<size_t>(size / 16, 1); }

// Sorted counts of several, by ranges of keys; in each, a key comes once.
template <class Key>
class Runs {
  public:
    // Ranges have about `size` counts, and all keys with the same first number if `whole`.
    Runs(std::vector<Counts<Key>> runs, size_t size, bool whole = false) : runs_(std::move(runs)) {
        const size_t step = sample_step(size);
        std::vector<Key> samples;
        for (const auto& run : runs_) {
            for (size_t i = step - 1; i < run.size(); i += step) samples.push_back(whole ? first(run[i].key) : run[i].key);
        }
        borders_ = borders(std::move(samples), step, size, [](Key a, Key b) { return is_less(a, b); });
    }

    size_t ranges() const { return borders_.size() + 1; }

    // The counts of a range.
    class Range {
      public:
        bool done() const { return merge_.done(); }
        // The next key.
        Key key() const { return merge_.next().at->key; }
        // Takes it; gives its counts in all.
        uint64_t take() {
            const Key key = this->key();
            uint64_t count = 0;
            do {
                count += merge_.next().at->value;
                merge_.advance();
            } while (!done() && this->key() == key);
            return count;
        }

      private:
        friend Runs;
        struct Source {
            const Count<Key>*at, *end;
            bool done() const { return at == end; }
            bool before(const Source& other) const { return is_less(at->key, other.at->key); }
            void advance() { at++; }
        };
        Merge<Source> merge_;
        explicit Range(std::vector<Source> sources) : merge_(std::move(sources)) {}
    };

    // More keys than a range has, or as many.
    size_t most(size_t number) const {
        size_t most = 0;
        for (const auto& run : runs_) most += static_cast<size_t>(place(run, number + 1) - place(run, number));
        return most;
    }

    Range range(size_t number) const {
        std::vector<typename Range::Source> sources;
        for (const auto& run : runs_) sources.push_back({place(run, number), place(run, number + 1)});
        return Range(std::move(sources));
    }

  private:
    std::vector<Counts<Key>> runs_;
    std::vector<Key> borders_;

    static uint64_t first(uint64_t key) { return key & ~uint64_t{UINT32_MAX}; }
    static Wide first(Wide key) { return {first(key.low), 0}; }

    const Count<Key>* place(const Counts<Key>& run, size_t number) const {
        const Count<Key>*begin = run.data(), *end = begin + run.size();
        if (number == 0) return begin;
        if (number > borders_.size()) return end;
        return std::lower_bound(begin, end, borders_[number - 1],
                                [](const Count<Key>& count, Key key) { return is_less(count.key, key); });
    }
};

}  // namespace bigdata
