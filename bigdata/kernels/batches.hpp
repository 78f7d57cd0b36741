// What counters and postings hold as Arrow record batches, in the order of their lines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow.hpp"
#include "counter.hpp"
#include "lines.hpp"
#include "postings.hpp"

namespace bigdata {

// Record batches in order, which may be read side by side.
class Batches {
  public:
    virtual ~Batches() = default;
    virtual size_t ranges() const = 0;
    virtual Exported read(size_t range) const = 0;
};

// Strings in the making of an Arrow array.
class Strings {
  public:
    void reserve(size_t size) { ends_.reserve(size + 1); }

    size_t size() const { return ends_.size() - 1; }

    void add(std::string_view text) {
        append(bytes_, text);
        end();
    }

    // Adds what JSON writes as `json` and a closing quote.
    void add_unescaped(std::string_view json) {
        json.remove_suffix(1);
        append_unescaped(bytes_, json);
        end();
    }

    std::string_view view(size_t number) const {
        return {bytes_.data() + ends_[number], static_cast<size_t>(ends_[number + 1] - ends_[number])};
    }

    ArrowArray array() && {
        const size_t length = size();
        return array_of(length, {}, std::move(ends_), std::move(bytes_));
    }

  private:
    std::vector<int32_t> ends_ = std::vector<int32_t>(1);
    Chars bytes_;

    void end() {
        if (bytes_.size() > std::numeric_limits<int32_t>::max()) throw std::length_error("keys of over 2 GB in a row");
        ends_.push_back(static_cast<int32_t>(bytes_.size()));
    }
};

// The texts that JSON writes as these.
inline Strings unescaped(const Texts& texts) {
    Strings strings;
    for (size_t i = 0; i < texts.size(); i++) strings.add_unescaped(texts.view(i));
    return strings;
}

inline ArrowArray numbers(std::vector<int64_t> values) {
    const size_t length = values.size();
    return array_of(length, {}, std::move(values));
}

// An array of lists of `size` strings.
inline ArrowArray lists(Strings strings, size_t size) {
    const size_t length = strings.size() / size;
    std::vector<int32_t> ends(length + 1);
    for (size_t i = 0; i <= length; i++) ends[i] = static_cast<int32_t>(i * size);
    return array_of(length, {std::move(strings).array()}, std::move(ends));
}

inline Exported batch(ArrowSchema key_schema, ArrowArray key, ArrowSchema value_schema, ArrowArray value) {
    const size_t rows = static_cast<size_t>(key.length);
    return {schema_of("+s", "", {key_schema, value_schema}), array_of(rows, {key, value})};
}

// Of the form `each`: text and a number.
class TokenBatches : public Batches {
  public:
    TokenBatches(const std::vector<TokenCounter*>& counters, size_t size) : tokens_(counters, size) {}

    size_t ranges() const override { return tokens_.ranges(); }

    Exported read(size_t range) const override {
        Strings keys;
        std::vector<int64_t> counts;
        tokens_.each(range, [&](std::string_view text, uint64_t count) {
            keys.add_unescaped(text);
            counts.push_back(static_cast<int64_t>(count));
        });
        return batch(schema_of("u", "key"), std::move(keys).array(), schema_of("l", "value"), numbers(std::move(counts)));
    }

  private:
    SortedTokens tokens_;
};

inline ArrowSchema list_schema() { return schema_of("+l", "key", {schema_of("u", "item")}); }

// Of the other forms: a list of text and a number.
template <class Key>
class ListBatches : public Batches {
  public:
    ListBatches(const std::vector<TokenCounter*>& counters, size_t size)
        : lists_(counters, size), names_(unescaped(lists_.names())) {}

    size_t ranges() const override { return lists_.ranges(); }

    Exported read(size_t range) const override {
        Strings tokens;
        std::vector<int64_t> counts;
        tokens.reserve(lists_.most(range) * lists_.tokens());
        counts.reserve(lists_.most(range));
        lists_.each(range, [&](Key key, uint64_t count) {
            for (size_t place = 0; place < lists_.tokens(); place++) tokens.add(names_.view(rank(key, place)));
            counts.push_back(static_cast<int64_t>(count));
        });
        return batch(list_schema(), lists(std::move(tokens), lists_.tokens()), schema_of("l", "value"),
                     numbers(std::move(counts)));
    }

  private:
    SortedLists<Key> lists_;
    Strings names_;
};

// Batches of about `size` rows of the counters' keys; the counters forget them.
inline std::unique_ptr<Batches> sorted_batches(const std::vector<TokenCounter*>& counters, size_t size) {
    if (counters.front()->form() == Form::each) return std::make_unique<TokenBatches>(counters, size);
    if (counters.front()->arity() <= 2) return std::make_unique<ListBatches<uint64_t>>(counters, size);
    return std::make_unique<ListBatches<Wide>>(counters, size);
}

// The texts of names as JSON writes them.
inline Strings names_of(const std::vector<std::string>& documents) {
    Strings names;
    for (const std::string& name : documents) names.add_unescaped(std::string_view(name).substr(1));
    return names;
}

// A token, with a struct of `df` and `postings`, which are structs of a document and a number.
class PostingBatches : public Batches {
  public:
    PostingBatches(const std::vector<Postings*>& all, const std::vector<std::string>& documents, bool ranked, size_t size)
        : ranked_(ranked),
          sorted_(all, documents, true, size),
          tokens_(unescaped(sorted_.tokens())),
          documents_(names_of(documents)) {}

    size_t ranges() const override { return sorted_.ranges(); }

    Exported read(size_t range) const override {
        Strings keys, documents;
        std::vector<int64_t> counts, frequencies;
        std::vector<int32_t> ends(1);
        sorted_.each_token(range, ranked_, [&](uint32_t token, const std::vector<SortedPostings::Posting>& found) {
            keys.add(tokens_.view(token));
            for (const auto& posting : found) {
                documents.add(documents_.view(posting.document));
                counts.push_back(static_cast<int64_t>(posting.count));
            }
            frequencies.push_back(static_cast<int64_t>(found.size()));
            ends.push_back(static_cast<int32_t>(counts.size()));
        });
        const size_t length = counts.size(), tokens = frequencies.size();
        ArrowArray pairs = array_of(length, {std::move(documents).array(), numbers(std::move(counts))});
        ArrowArray postings = array_of(tokens, {pairs}, std::move(ends));
        const auto item = schema_of("+s", "item", {schema_of("u", "0"), schema_of("l", "1")});
        const auto value = schema_of("+s", "value", {schema_of("l", "df"), schema_of("+l", "postings", {item})});
        return batch(schema_of("u", "key"), std::move(keys).array(), value,
                     array_of(tokens, {numbers(std::move(frequencies)), postings}));
    }

  private:
    bool ranked_;
    SortedPostings sorted_;
    Strings tokens_, documents_;
};

// A list of a document and a token, and a number; by document and then by token.
class DocumentBatches : public Batches {
  public:
    DocumentBatches(const std::vector<Postings*>& all, const std::vector<std::string>& documents, size_t size)
        : sorted_(all, documents, false, size),
          tokens_(unescaped(sorted_.tokens())),
          documents_(names_of(documents)) {}

    size_t ranges() const override { return sorted_.ranges(); }

    Exported read(size_t range) const override {
        Strings keys;
        std::vector<int64_t> counts;
        sorted_.each(range, [&](uint64_t key, uint64_t count) {
            keys.add(documents_.view(rank(key, 0)));
            keys.add(tokens_.view(rank(key, 1)));
            counts.push_back(static_cast<int64_t>(count));
        });
        return batch(list_schema(), lists(std::move(keys), 2), schema_of("l", "value"), numbers(std::move(counts)));
    }

  private:
    SortedPostings sorted_;
    Strings tokens_, documents_;
};

}  // namespace bigdata
