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

    // Gives the postings away, sorted by the ranks of tokens and by documents.
    SortedKeys<uint64_t> sorted(const std::vector<uint32_t>& ranks, size_t most_ranks) {
        SortedKeys<uint64_t> sorted{std::move(log_)};
        for (Slot& posting : sorted.items) {
            posting.key = static_cast<uint64_t>(ranks[posting.key >> 32]) << 32 | (posting.key & UINT32_MAX);
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

// A line a token, in the order of their bytes: the token, a TAB, its number of documents and its postings, as JSON.
class PostingLines : public Lines {
  public:
    // `documents` are names as JSON writes them; `ranked`: by falling counts and then by document, else by document.
    PostingLines(const std::vector<Postings*>& all, std::vector<std::string> documents, bool ranked)
        : documents_(std::move(documents)), ranked_(ranked), merge_(sources(all)) {}

    void read(Pages<char>& out, size_t size) override {
        while (!merge_.done() && out.size() < size) {
            const uint32_t token = rank(merge_.next().key(), 0);
            postings_.clear();
            while (!merge_.done() && rank(merge_.next().key(), 0) == token) {
                const uint32_t document = rank(merge_.next().key(), 1);
                postings_.push_back({document, take(merge_)});
            }
            if (ranked_) {
                std::stable_sort(postings_.begin(), postings_.end(),
                                 [](const Posting& a, const Posting& b) { return a.count > b.count; });
            }
            out.push_back('"');
            append(out, names_.view(token));
            append(out, "\t{\"df\": ");
            append_number(out, postings_.size());
            append(out, ", \"postings\": [");
            for (const Posting& posting : postings_) {
                append(out, &posting == &postings_.front() ? "[" : ", [");
                append(out, documents_[posting.document]);
                append(out, ", ");
                append_number(out, posting.count);
                out.push_back(']');
            }
            append(out, "]}\n");
        }
    }

  private:
    struct Posting {
        uint32_t document;
        uint64_t count;
    };

    std::vector<std::string> documents_;
    bool ranked_;
    Texts names_;  // tokens by rank
    std::vector<Posting> postings_;
    Merge<SortedKeys<uint64_t>> merge_;

    std::vector<SortedKeys<uint64_t>> sources(const std::vector<Postings*>& all) {
        for (const Postings* one : all) {
            if (one->documents() > documents_.size()) throw std::out_of_range("expected a name for each document");
        }
        const auto ranks = ranked(all.size(), [&](size_t i) { return all[i]->texts(); }, names_);
        std::vector<SortedKeys<uint64_t>> sources(all.size());
        in_threads(all.size(), [&](size_t i) { sources[i] = all[i]->sorted(ranks[i], names_.size()); });
        return sources;
    }
};

}  // namespace bigdata
