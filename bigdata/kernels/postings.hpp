// For each token the documents that it occurs in, and how often in each: an inverted index, as lines.
//
// While documents come, a posting is appended to a log; at the end logs are sorted by token and document, by digits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "counter.hpp"
#include "lines.hpp"
#include "pages.hpp"
#include "tables.hpp"

namespace bigdata {

class Postings {
  public:
    // Adds the counts of a counter of the form `each` as those of a document; they may come in parts.
    void add(const TokenCounter& counter, uint32_t document) {
        if (counter.form() != Form::each) throw std::invalid_argument("add: expected a counter of the form each");
        counter.each_token([&](std::string_view token, uint64_t count) {
            const size_t number = tokens_.intern(token);
            if (number > UINT32_MAX) throw std::length_error("more than 2**32 distinct tokens");
            log_.push_back({static_cast<uint64_t>(number) << 32 | document, count});
        });
        documents_ = std::max(documents_, size_t{document} + 1);
    }

    size_t nbytes() const { return sizeof *this + tokens_.nbytes() + log_.capacity() * sizeof(Slot); }
    // One more than the greatest document.
    size_t documents() const { return documents_; }

    Texts texts() const {
        Texts texts;
        for (size_t number = 0; number < tokens_.size(); number++) texts.add_token(tokens_.view(number));
        return texts;
    }

    // Gives the postings away, sorted: by the ranks of tokens and then by documents, or the other way round.
    SortedKeys<uint64_t> sorted(const std::vector<uint32_t>& ranks, size_t most_ranks, bool by_token) {
        SortedKeys<uint64_t> sorted{std::move(log_)};
        for (Slot& posting : sorted.items) {
            const uint64_t token = ranks[posting.key >> 32], document = posting.key & UINT32_MAX;
            posting.key = by_token ? token << 32 | document : document << 32 | token;
        }
        sort_by_ranks(sorted.items, 2, std::max(most_ranks, documents_));
        *this = Postings();
        return sorted;
    }

  private:
    using Slot = Table<uint64_t>::Slot;

    Interner tokens_;
    Pages<Slot> log_;  // of a posting the token's number and the document, and the count
    size_t documents_ = 0;
};

// The postings of several in order: by token, or by document.
class SortedPostings {
  public:
    // Each document has a name, as JSON writes it.
    SortedPostings(const std::vector<Postings*>& all, const std::vector<std::string>& documents, bool by_token)
        : merge_(sources(all, documents.size(), by_token)) {
        for (const std::string& name : documents) documents_.add_text(name);
    }

    bool done() const { return merge_.done(); }
    // All tokens by rank, and the names of the documents.
    const Texts& tokens() const { return tokens_; }
    const Texts& documents() const { return documents_; }

    // The next posting, with its count.
    std::pair<uint64_t, uint64_t> next() {
        const uint64_t key = merge_.next().key();
        return {key, take(merge_)};
    }

    struct Posting {
        uint32_t document;
        uint64_t count;
    };

    // The next token's rank, with all its postings in `found`, for those by token. `ranked`: by falling counts and then
    // by document, else by document.
    uint32_t next_token(bool ranked, std::vector<Posting>& found) {
        const uint32_t token = rank(merge_.next().key(), 0);
        found.clear();
        while (!done() && rank(merge_.next().key(), 0) == token) {
            const auto [key, count] = next();
            found.push_back({rank(key, 1), count});
        }
        if (ranked) {
            std::stable_sort(found.begin(), found.end(),
                             [](const Posting& a, const Posting& b) { return a.count > b.count; });
        }
        return token;
    }

  private:
    Texts tokens_, documents_;
    Merge<SortedKeys<uint64_t>> merge_;

    std::vector<SortedKeys<uint64_t>> sources(const std::vector<Postings*>& all, size_t documents, bool by_token) {
        for (const Postings* one : all) {
            if (one->documents() > documents) throw std::out_of_range("expected a name for each document");
        }
        const auto ranks = ranked(all.size(), [&](size_t i) { return all[i]->texts(); }, tokens_);
        std::vector<SortedKeys<uint64_t>> sources(all.size());
        in_threads(all.size(), [&](size_t i) { sources[i] = all[i]->sorted(ranks[i], tokens_.size(), by_token); });
        return sources;
    }
};

// A line a token, in the order of their bytes: the token, a TAB, its number of documents and its postings, as JSON.
class PostingLines : public Lines {
  public:
    PostingLines(const std::vector<Postings*>& all, const std::vector<std::string>& documents, bool ranked)
        : ranked_(ranked), sorted_(all, documents, true) {}

    void read(Pages<char>& out, size_t size) override {
        while (!sorted_.done() && out.size() < size) {
            const uint32_t token = sorted_.next_token(ranked_, postings_);
            out.push_back('"');
            append(out, sorted_.tokens().view(token));
            append(out, "\t{\"df\": ");
            append_number(out, postings_.size());
            append(out, ", \"postings\": [");
            for (const auto& posting : postings_) {
                append(out, &posting == &postings_.front() ? "[" : ", [");
                append(out, sorted_.documents().view(posting.document));
                append(out, ", ");
                append_number(out, posting.count);
                out.push_back(']');
            }
            append(out, "]}\n");
        }
    }

  private:
    bool ranked_;
    SortedPostings sorted_;
    std::vector<SortedPostings::Posting> postings_;
};

}  // namespace bigdata
