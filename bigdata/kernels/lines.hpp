// The counts of several counters as lines in the order of their bytes: a key as JSON writes it, a TAB and the count.
//
// Tokens are ranked once by what JSON writes for them, the closing quote included. None of these begins another, so
// lists of tokens are in the order of their lines when their ranks are; and ranks are sorted by their digits.
#pragma once

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "counter.hpp"
#include "json.hpp"
#include "pages.hpp"

namespace bigdata {

// Keys of more tokens have no lines.
inline constexpr size_t kMostTokens = 4;

// Ends a line, behind its key.
inline void append_value(Pages<char>& out, uint64_t count) {
    char value[24] = {'\t'};
    char* end = std::to_chars(value + 1, value + sizeof value, count).ptr;
    *end++ = '\n';
    append(out, {value, static_cast<size_t>(end - value)});
}

// Texts by their numbers, as JSON writes them, with the closing quote.
class Texts {
  public:
    size_t size() const { return ends_.size(); }

    std::string_view view(size_t number) const {
        const uint64_t begin = number == 0 ? 0 : ends_[number - 1];
        return {bytes_.data() + begin, ends_[number] - begin};
    }

    void add_token(std::string_view token) {
        append_json(bytes_, token);
        bytes_.push_back('"');
        ends_.push_back(bytes_.size());
    }

    void add_text(std::string_view text) {
        append(bytes_, text);
        ends_.push_back(bytes_.size());
    }

    // The numbers in the order of the texts.
    std::vector<size_t> order() const {
        struct Entry {
            uint64_t head;  // the first bytes, so that most comparisons need no more
            size_t number;
        };
        std::vector<Entry> entries(size());
        for (size_t i = 0; i < entries.size(); i++) entries[i] = {head(view(i)), i};
        std::sort(entries.begin(), entries.end(), [this](const Entry& a, const Entry& b) {
            return a.head != b.head ? a.head < b.head : view(a.number) < view(b.number);
        });
        std::vector<size_t> numbers(entries.size());
        std::transform(entries.begin(), entries.end(), numbers.begin(), [](const Entry& e) { return e.number; });
        return numbers;
    }

  private:
    Pages<char> bytes_;
    Pages<uint64_t> ends_;

    static uint64_t head(std::string_view text) {
        uint64_t head = 0;
        for (size_t i = 0; i < sizeof head; i++) {
            head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
        }
        return head;
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

// Calls f(0), f(1), … in threads of their own.
template <class Function>
void in_threads(size_t count, Function f) {
    std::vector<std::future<void>> running;
    for (size_t i = 0; i < count; i++) running.push_back(std::async(std::launch::async, f, i));
    for (auto& one : running) one.get();
}

class Lines {
  public:
    virtual ~Lines() = default;
    // Appends lines until there are about `size` bytes; none at the end.
    virtual void read(Pages<char>& out, size_t size) = 0;
};

// The texts of a counter in their order.
struct Vocabulary {
    size_t counter;
    Texts texts;
    std::vector<size_t> order;
    size_t at = 0;

    bool done() const { return at == order.size(); }
    size_t number() const { return order[at]; }
    std::string_view text() const { return texts.view(number()); }
    bool before(const Vocabulary& other) const { return text() < other.text(); }
    void advance() { at++; }
};

// The keys of the form `each` in order.
class SortedTokens {
  public:
    explicit SortedTokens(const std::vector<TokenCounter*>& counters) : merge_(sources(counters)) {}

    bool done() const { return merge_.done(); }

    // Takes the next token: take(text, count).
    template <class Take>
    void next(Take take) {
        const std::string_view text = merge_.next().text();
        uint64_t count = 0;
        do {
            count += merge_.next().count();
            merge_.advance();
        } while (!merge_.done() && merge_.next().text() == text);
        take(text, count);
    }

  private:
    struct Source : Vocabulary {
        Pages<uint64_t> counts;
        uint64_t count() const { return counts[number()]; }
    };
    Merge<Source> merge_;

    static std::vector<Source> sources(const std::vector<TokenCounter*>& counters) {
        std::vector<Source> sources(counters.size());
        in_threads(counters.size(), [&](size_t i) {
            counters[i]->each_token([&source = sources[i]](std::string_view token, uint64_t count) {
                source.texts.add_token(token);
                source.counts.push_back(count);
            });
            counters[i]->clear();
            sources[i].order = sources[i].texts.order();
        });
        return sources;
    }
};

// The lines of the form `each`.
class TokenLines : public Lines {
  public:
    explicit TokenLines(const std::vector<TokenCounter*>& counters) : tokens_(counters) {}

    void read(Pages<char>& out, size_t size) override {
        while (!tokens_.done() && out.size() < size) {
            tokens_.next([&](std::string_view text, uint64_t count) {
                out.push_back('"');
                append(out, text);
                append_value(out, count);
            });
        }
    }

  private:
    SortedTokens tokens_;
};

inline uint32_t rank(uint64_t key, size_t place) { return static_cast<uint32_t>(place == 0 ? key >> 32 : key); }
inline uint32_t rank(Wide key, size_t place) { return rank(place < 2 ? key.low : key.high, place & 1); }

// Sorts keys of `count` ranks below `ranks` by their digits, the last digit first.
template <class Slot>
void sort_by_ranks(Pages<Slot>& items, size_t count, size_t ranks) {
    constexpr int kBits = 11;
    constexpr uint32_t kMask = (1 << kBits) - 1;
    Pages<Slot> sorted(items.size());
    for (size_t place = count; place-- > 0;) {
        for (int shift = 0; shift < static_cast<int>(std::bit_width(ranks)); shift += kBits) {
            std::array<size_t, kMask + 1> begins{};
            for (const Slot& item : items) begins[rank(item.key, place) >> shift & kMask]++;
            size_t begin = 0;
            for (size_t& one : begins) begin += std::exchange(one, begin);
            for (const Slot& item : items) sorted[begins[rank(item.key, place) >> shift & kMask]++] = item;
            items.swap(sorted);
        }
    }
}

inline bool is_less(uint64_t a, uint64_t b) { return a < b; }
inline bool is_less(Wide a, Wide b) { return a.low != b.low ? a.low < b.low : a.high < b.high; }

// Sorted keys with their counts, as Merge takes them.
template <class Key>
struct SortedKeys {
    Pages<typename Table<Key>::Slot> items;
    size_t at = 0;

    Key key() const { return items[at].key; }
    uint64_t count() const { return items[at].value; }
    bool done() const { return at == items.size(); }
    bool before(const SortedKeys& other) const { return is_less(key(), other.key()); }
    void advance() { at++; }
};

// Takes from sorted sources what has the least key; gives its counts in all.
template <class Key>
uint64_t take(Merge<SortedKeys<Key>>& merge) {
    const Key key = merge.next().key();
    uint64_t count = 0;
    do {
        count += merge.next().count();
        merge.advance();
    } while (!merge.done() && merge.next().key() == key);
    return count;
}

// For each of some sources, the rank of each of its texts among those of all; `names` gets all texts by rank, each once.
// `texts_of(i)` gives those of source i.
template <class TextsOf>
std::vector<std::vector<uint32_t>> ranked(size_t sources, TextsOf texts_of, Texts& names) {
    std::vector<Vocabulary> vocabularies(sources);
    std::vector<std::vector<uint32_t>> ranks(sources);
    in_threads(sources, [&](size_t i) {
        Vocabulary& one = vocabularies[i];
        one.counter = i;
        one.texts = texts_of(i);
        one.order = one.texts.order();
        ranks[i].resize(one.order.size());
    });
    for (Merge merge(std::move(vocabularies)); !merge.done(); merge.advance()) {
        const Vocabulary& next = merge.next();
        if (names.size() == 0 || names.view(names.size() - 1) != next.text()) names.add_text(next.text());
        if (names.size() > UINT32_MAX) throw std::length_error("more than 2**32 - 1 distinct tokens");
        ranks[next.counter][next.number()] = static_cast<uint32_t>(names.size() - 1);
    }
    return ranks;
}

// The keys of the other forms in order, of up to two tokens (uint64_t) or four (Wide).
template <class Key>
class SortedLists {
  public:
    explicit SortedLists(const std::vector<TokenCounter*>& counters)
        : tokens_(counters.front()->arity()), merge_(sources(counters)) {}

    bool done() const { return merge_.done(); }
    // How many tokens a key has.
    size_t tokens() const { return tokens_; }
    // All tokens by rank.
    const Texts& names() const { return names_; }

    // The next key, of ranks, with its count.
    std::pair<Key, uint64_t> next() {
        const Key key = merge_.next().key();
        return {key, take(merge_)};
    }

  private:
    using Slot = typename Table<Key>::Slot;

    size_t tokens_;
    Texts names_;
    Merge<SortedKeys<Key>> merge_;

    static void set(uint64_t& key, Wide ranks) { key = ranks.low; }
    static void set(Wide& key, Wide ranks) { key = ranks; }

    std::vector<SortedKeys<Key>> sources(const std::vector<TokenCounter*>& counters) {
        const auto texts_of = [&](size_t i) {
            Texts texts;
            for (size_t id = 0; id <= counters[i]->tokens(); id++) {
                texts.add_token(counters[i]->name(static_cast<uint32_t>(id)));
            }
            return texts;
        };
        const auto ranks = ranked(counters.size(), texts_of, names_);
        std::vector<SortedKeys<Key>> sources(counters.size());
        in_threads(counters.size(), [&](size_t i) {
            Pages<Slot>& items = sources[i].items;
            items.reserve(counters[i]->size());
            counters[i]->each_key([&](const uint32_t* ids, uint64_t count) {
                uint32_t of_key[kMostTokens];
                for (size_t place = 0; place < tokens_; place++) of_key[place] = ranks[i][ids[place]];
                Slot item{{}, count};
                set(item.key, packed(of_key, tokens_));
                items.push_back(item);
            });
            counters[i]->clear();
            sort_by_ranks(items, tokens_, names_.size());
        });
        return sources;
    }
};

// The lines of those forms.
template <class Key>
class ListLines : public Lines {
  public:
    // A key is a list of tokens, or with a separator the text that joins them.
    ListLines(const std::vector<TokenCounter*>& counters, std::string_view separator)
        : begin_(separator.empty() ? "[\"" : "\""),
          between_(separator.empty() ? ", \"" : separator),
          end_(separator.empty() ? "]" : ""),
          lists_(counters) {}

    void read(Pages<char>& out, size_t size) override {
        const bool joins = end_.empty();
        const size_t tokens = lists_.tokens();
        while (!lists_.done() && out.size() < size) {
            const auto [key, count] = lists_.next();
            std::string_view texts[kMostTokens];
            size_t length = begin_.size() + end_.size() + tokens * between_.size();
            for (size_t place = 0; place < tokens; place++) {
                texts[place] = lists_.names().view(rank(key, place));
                if (joins && place + 1 < tokens) texts[place].remove_suffix(1);
                length += texts[place].size();
            }
            // one growth for all pieces: they are short, and most of the work
            const size_t start = out.size();
            out.resize(start + length);
            char* end = std::ranges::copy(begin_, out.data() + start).out;
            for (size_t place = 0; place < tokens; place++) {
                if (place > 0) end = std::ranges::copy(between_, end).out;
                end = std::ranges::copy(texts[place], end).out;
            }
            end = std::ranges::copy(end_, end).out;
            out.resize(static_cast<size_t>(end - out.data()));
            append_value(out, count);
        }
    }

  private:
    std::string begin_, between_, end_;
    SortedLists<Key> lists_;
};

// Lines of the counters' keys; the counters forget them.
inline std::unique_ptr<Lines> sorted_lines(const std::vector<TokenCounter*>& counters, std::string_view separator) {
    if (counters.front()->form() == Form::each) return std::make_unique<TokenLines>(counters);
    if (counters.front()->arity() <= 2) return std::make_unique<ListLines<uint64_t>>(counters, separator);
    return std::make_unique<ListLines<Wide>>(counters, separator);
}

}  // namespace bigdata
