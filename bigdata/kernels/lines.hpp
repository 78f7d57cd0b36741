// The counts of several counters as lines in the order of their bytes: a key as JSON writes it, a TAB and the count.
//
// Tokens are ranked once by what JSON writes for them, the closing quote included. None of these begins another, so
// lists of tokens are in the order of their lines when their ranks are.
#pragma once

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "counter.hpp"
#include "json.hpp"
#include "pages.hpp"
#include "runs.hpp"

namespace bigdata {

// Keys of more tokens have no lines.
inline constexpr size_t kMostTokens = 4;

// Ends a line, behind its key.
inline void append_value(Chars& out, uint64_t count) {
    constexpr size_t most = 24;
    char* const begin = out.room(most);
    *begin = '\t';
    char* end = std::to_chars(begin + 1, begin + most, count).ptr;
    *end++ = '\n';
    out.keep(static_cast<size_t>(end - begin));
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

// Calls f(0), f(1), … in threads of their own.
template <class Function>
void in_threads(size_t count, Function f) {
    std::vector<std::future<void>> running;
    for (size_t i = 0; i < count; i++) running.push_back(std::async(std::launch::async, f, i));
    for (auto& one : running) one.get();
}

// Lines in order, in ranges that may be read side by side.
class Lines {
  public:
    virtual ~Lines() = default;
    virtual size_t ranges() const = 0;
    // Appends the lines of a range.
    virtual void read(Chars& out, size_t range) const = 0;
};

// The texts of a counter in their order.
struct Vocabulary {
    Texts texts;
    std::vector<size_t> order;

    // Goes through the texts from a place on to another.
    struct Cursor {
        const Vocabulary* vocabulary;
        size_t at, end;

        bool done() const { return at == end; }
        size_t number() const { return vocabulary->order[at]; }
        std::string_view text() const { return vocabulary->texts.view(number()); }
        bool before(const Cursor& other) const { return text() < other.text(); }
        void advance() { at++; }
    };
    Cursor cursor(size_t begin, size_t end) const { return {this, begin, end}; }

    // The place of the first text that isn't before this one.
    size_t place(std::string_view text) const {
        const auto before = [this](size_t number, std::string_view text) { return texts.view(number) < text; };
        return static_cast<size_t>(std::lower_bound(order.begin(), order.end(), text, before) - order.begin());
    }
};

// The keys of the form `each` in order, by ranges.
class SortedTokens {
  public:
    SortedTokens(const std::vector<TokenCounter*>& counters, size_t size) : sources_(counters.size()) {
        in_threads(counters.size(), [&](size_t i) {
            counters[i]->each_token([&source = sources_[i]](std::string_view token, uint64_t count) {
                source.texts.add_token(token);
                source.counts.push_back(count);
            });
            counters[i]->clear();
            sources_[i].order = sources_[i].texts.order();
        });
        const size_t step = sample_step(size);
        std::vector<std::string_view> samples;
        for (const Source& source : sources_) {
            for (size_t i = step - 1; i < source.order.size(); i += step) samples.push_back(source.cursor(i, i).text());
        }
        borders_ = borders(std::move(samples), step, size, std::less());
    }

    size_t ranges() const { return borders_.size() + 1; }

    // Takes the tokens of a range: take(text, count).
    template <class Take>
    void each(size_t range, Take take) const {
        std::vector<Cursor> cursors;
        for (const Source& source : sources_) {
            const size_t begin = range == 0 ? 0 : source.place(borders_[range - 1]);
            const size_t end = range == borders_.size() ? source.order.size() : source.place(borders_[range]);
            cursors.push_back({source.cursor(begin, end), &source.counts});
        }
        for (Merge merge(std::move(cursors)); !merge.done();) {
            const std::string_view text = merge.next().text();
            uint64_t count = 0;
            do {
                count += merge.next().count();
                merge.advance();
            } while (!merge.done() && merge.next().text() == text);
            take(text, count);
        }
    }

  private:
    struct Source : Vocabulary {
        Pages<uint64_t> counts;
    };
    struct Cursor : Vocabulary::Cursor {
        const Pages<uint64_t>* counts;
        uint64_t count() const { return (*counts)[number()]; }
    };
    std::vector<Source> sources_;
    std::vector<std::string_view> borders_;
};

// The lines of the form `each`.
class TokenLines : public Lines {
  public:
    TokenLines(const std::vector<TokenCounter*>& counters, size_t size) : tokens_(counters, size) {}

    size_t ranges() const override { return tokens_.ranges(); }

    void read(Chars& out, size_t range) const override {
        tokens_.each(range, [&](std::string_view text, uint64_t count) {
            out.push_back('"');
            append(out, text);
            append_value(out, count);
        });
    }

  private:
    SortedTokens tokens_;
};

// For each of some sources, the rank of each of its texts among those of all; `names` gets all texts by rank, each once.
// `texts_of(i)` gives those of source i.
template <class TextsOf>
std::vector<std::vector<uint32_t>> ranked(size_t sources, TextsOf texts_of, Texts& names) {
    std::vector<Vocabulary> vocabularies(sources);
    std::vector<std::vector<uint32_t>> ranks(sources);
    in_threads(sources, [&](size_t i) {
        vocabularies[i].texts = texts_of(i);
        vocabularies[i].order = vocabularies[i].texts.order();
        ranks[i].resize(vocabularies[i].order.size());
    });
    std::vector<Vocabulary::Cursor> cursors;
    for (const Vocabulary& one : vocabularies) cursors.push_back(one.cursor(0, one.order.size()));
    for (Merge merge(std::move(cursors)); !merge.done(); merge.advance()) {
        const auto& next = merge.next();
        if (names.size() == 0 || names.view(names.size() - 1) != next.text()) names.add_text(next.text());
        if (names.size() > UINT32_MAX) throw std::length_error("more than 2**32 - 1 distinct tokens");
        const auto source = static_cast<size_t>(next.vocabulary - vocabularies.data());
        ranks[source][next.number()] = static_cast<uint32_t>(names.size() - 1);
    }
    return ranks;
}

// The texts of a counter's tokens by their ids.
inline Texts texts_of(const TokenCounter& counter) {
    Texts texts;
    for (size_t id = 0; id <= counter.tokens(); id++) texts.add_token(counter.name(static_cast<uint32_t>(id)));
    return texts;
}

// The keys of the other forms in order, of up to two tokens (uint64_t) or four (Wide).
template <class Key>
class SortedLists {
  public:
    SortedLists(const std::vector<TokenCounter*>& counters, size_t size)
        : tokens_(counters.front()->arity()), runs_(runs(counters), size) {}

    size_t ranges() const { return runs_.ranges(); }
    // How many tokens a key has.
    size_t tokens() const { return tokens_; }
    // All tokens by rank.
    const Texts& names() const { return names_; }

    // More keys than a range has, or as many.
    size_t most(size_t number) const { return runs_.most(number); }

    // Takes the keys of a range, of ranks: take(key, count).
    template <class Take>
    void each(size_t number, Take take) const {
        for (auto range = runs_.range(number); !range.done();) {
            const Key key = range.key();
            take(key, range.take());
        }
    }

  private:
    size_t tokens_;
    Texts names_;
    Runs<Key> runs_;

    std::vector<Counts<Key>> runs(const std::vector<TokenCounter*>& counters) {
        const auto ranks = ranked(counters.size(), [&](size_t i) { return texts_of(*counters[i]); }, names_);
        std::vector<std::vector<Counts<Key>>> found(counters.size());
        in_threads(counters.size(), [&](size_t i) {
            const Form form = counters[i]->form();
            auto log = counters[i]->template keys<Key>().take_log();
            auto counts = counters[i]->template keys<Key>().take_counts();
            counters[i]->clear();
            for (Key& key : log) key = with_ranks(key, ranks[i], form);
            for (auto& count : counts) count.key = with_ranks(count.key, ranks[i], form);
            sort_by_ranks(log, tokens_, names_.size());
            sort_by_ranks(counts, tokens_, names_.size());
            found[i].push_back(added_up(log));
            log = {};
            found[i].push_back(std::move(counts));
            if constexpr (!std::is_same_v<Key, Wide>) {
                for (size_t run = 0; run < 2; run++) {
                    if (form == Form::pairs) found[i].push_back(turned(found[i][run]));
                    if (form == Form::successors) found[i].push_back(totals(found[i][run], ranks[i][0]));
                }
            }
        });
        std::vector<Counts<Key>> runs;
        for (auto& some : found) std::ranges::move(some, std::back_inserter(runs));
        return runs;
    }

    static uint64_t with_ranks(uint64_t key, const std::vector<uint32_t>& ranks, Form form) {
        const uint64_t first = ranks[rank(key, 0)], second = ranks[rank(key, 1)];
        return form == Form::pairs && second < first ? second << 32 | first : first << 32 | second;
    }

    static Wide with_ranks(Wide key, const std::vector<uint32_t>& ranks, Form) {
        const uint32_t four[] = {ranks[rank(key, 0)], ranks[rank(key, 1)], ranks[rank(key, 2)], ranks[rank(key, 3)]};
        return packed(four, 4);
    }

    // The pairs the other way round, in order as they are sorted by the second token already. Those of a token and
    // itself are counted once more where they are.
    Counts<uint64_t> turned(Counts<uint64_t>& pairs) const {
        Counts<uint64_t> turned;
        turned.reserve(pairs.size());
        for (auto& [key, count] : pairs) {
            if (rank(key, 0) == rank(key, 1)) {
                count *= 2;
            } else {
                turned.push_back({key << 32 | key >> 32, count});
            }
        }
        sort_by_ranks(turned, 1, names_.size());
        return turned;
    }

    // How often each first token comes, as the counts of it and `none`.
    static Counts<uint64_t> totals(const Counts<uint64_t>& pairs, uint64_t none) {
        Counts<uint64_t> totals;
        for (const auto& [key, count] : pairs) {
            if (totals.empty() || rank(totals.back().key, 0) != rank(key, 0)) {
                totals.push_back({(key & ~uint64_t{UINT32_MAX}) | none, 0});
            }
            totals.back().value += count;
        }
        return totals;
    }
};

// The lines of those forms.
template <class Key>
class ListLines : public Lines {
  public:
    // A key is a list of tokens, or with a separator the text that joins them.
    ListLines(const std::vector<TokenCounter*>& counters, std::string_view separator, size_t size)
        : begin_(separator.empty() ? "[\"" : "\""),
          between_(separator.empty() ? ", \"" : separator),
          end_(separator.empty() ? "]" : ""),
          lists_(counters, size) {}

    size_t ranges() const override { return lists_.ranges(); }

    void read(Chars& out, size_t range) const override {
        const bool joins = end_.empty();
        const size_t tokens = lists_.tokens();
        lists_.each(range, [&](Key key, uint64_t count) {
            std::string_view texts[kMostTokens];
            size_t length = begin_.size() + end_.size() + tokens * between_.size();
            for (size_t place = 0; place < tokens; place++) {
                texts[place] = lists_.names().view(rank(key, place));
                if (joins && place + 1 < tokens) texts[place].remove_suffix(1);
                length += texts[place].size();
            }
            // one growth for all pieces: they are short, and most of the work
            char *const start = out.room(length), *end = std::ranges::copy(begin_, start).out;
            for (size_t place = 0; place < tokens; place++) {
                if (place > 0) end = std::ranges::copy(between_, end).out;
                end = std::ranges::copy(texts[place], end).out;
            }
            end = std::ranges::copy(end_, end).out;
            out.keep(static_cast<size_t>(end - start));
            append_value(out, count);
        });
    }

  private:
    std::string begin_, between_, end_;
    SortedLists<Key> lists_;
};

// Lines of the counters' keys, in ranges of about `size`; the counters forget them.
inline std::unique_ptr<Lines> sorted_lines(const std::vector<TokenCounter*>& counters, std::string_view separator,
                                           size_t size) {
    if (counters.front()->form() == Form::each) return std::make_unique<TokenLines>(counters, size);
    if (counters.front()->arity() <= 2) return std::make_unique<ListLines<uint64_t>>(counters, separator, size);
    return std::make_unique<ListLines<Wide>>(counters, separator, size);
}

}  // namespace bigdata
