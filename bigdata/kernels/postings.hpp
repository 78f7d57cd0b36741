// For each token the documents that it occurs in, and how often in each: an inverted index, as lines.
//
// While documents come, a posting is appended to a log; at the end logs are sorted by token and document, by digits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "counter.hpp"
#include "lines.hpp"
#include "pages.hpp"
#include "runs.hpp"

namespace bigdata {

class Postings {
  public:
    Postings(std::string_view ascii, bool beyond, Lower lower)
        : counter_(ascii, beyond, Form::documents, 1, 0, std::move(lower)) {}

    // Counts the tokens of whole lines.
    void update(std::string_view lines) { counter_.update(lines); }

    // Says of what document those were that have come since this was called last; one may come in parts.
    void end_document(uint32_t document) {
        counter_.end_document([&](uint32_t token, uint64_t count) {
            log_.push_back({static_cast<uint64_t>(token) << 32 | document, count});
        });
        documents_ = std::max(documents_, size_t{document} + 1);
    }

    void clear() {
        counter_.clear();
        log_ = {};
        documents_ = 0;
    }

    // With what sorting takes.
    size_t nbytes() const { return counter_.nbytes() + 2 * log_.size() * sizeof(Count<uint64_t>); }
    // One more than the greatest document.
    size_t documents() const { return documents_; }
    Texts texts() const { return texts_of(counter_); }

    // Gives the postings away, sorted: by the ranks of tokens and then by documents, or the other way round.
    Counts<uint64_t> sorted(const std::vector<uint32_t>& ranks, size_t most_ranks, bool by_token) {
        Counts<uint64_t> sorted = std::move(log_);
        for (auto& [key, count] : sorted) {
            const uint64_t token = ranks[rank(key, 0)], document = rank(key, 1);
            key = by_token ? token << 32 | document : document << 32 | token;
        }
        sort_by_ranks(sorted, 2, std::max(most_ranks, documents_));
        clear();
        return sorted;
    }

  private:
    TokenCounter counter_;
    Counts<uint64_t> log_;  // of a posting the token's id and the document, and the count
    size_t documents_ = 0;
};

// The postings of several in order, by ranges: by token, all of a token in one, or by document.
class SortedPostings {
  public:
    // Each document has a name, as JSON writes it.
    SortedPostings(const std::vector<Postings*>& all, const std::vector<std::string>& documents, bool by_token,
                   size_t size)
        : runs_(runs(all, documents.size(), by_token), size, by_token) {
        for (const std::string& name : documents) documents_.add_text(name);
    }

    size_t ranges() const { return runs_.ranges(); }
    // All tokens by rank, and the names of the documents.
    const Texts& tokens() const { return tokens_; }
    const Texts& documents() const { return documents_; }

    // Takes the postings of a range: take(key, count).
    template <class Take>
    void each(size_t number, Take take) const {
        for (auto range = runs_.range(number); !range.done();) {
            const uint64_t key = range.key();
            take(key, range.take());
        }
    }

    struct Posting {
        uint32_t document;
        uint64_t count;
    };

    // Takes the tokens of a range, of those by token, each by its rank with all its postings: take(token, postings).
    // These are `ranked` by falling counts and then by document, or by document only.
    template <class Take>
    void each_token(size_t number, bool ranked, Take take) const {
        std::vector<Posting> postings;
        for (auto range = runs_.range(number); !range.done();) {
            const uint32_t token = rank(range.key(), 0);
            postings.clear();
            while (!range.done() && rank(range.key(), 0) == token) {
                const uint32_t document = rank(range.key(), 1);
                postings.push_back({document, range.take()});
            }
            if (ranked) {
                std::stable_sort(postings.begin(), postings.end(),
                                 [](const Posting& a, const Posting& b) { return a.count > b.count; });
            }
            take(token, postings);
        }
    }

  private:
    Texts tokens_, documents_;
    Runs<uint64_t> runs_;

    std::vector<Counts<uint64_t>> runs(const std::vector<Postings*>& all, size_t documents, bool by_token) {
        for (const Postings* one : all) {
            if (one->documents() > documents) throw std::out_of_range("expected a name for each document");
        }
        const auto ranks = ranked(all.size(), [&](size_t i) { return all[i]->texts(); }, tokens_);
        std::vector<Counts<uint64_t>> runs(all.size());
        in_threads(all.size(), [&](size_t i) { runs[i] = all[i]->sorted(ranks[i], tokens_.size(), by_token); });
        return runs;
    }
};

// A line a token, in the order of their bytes: the token, a TAB, its number of documents and its postings, as JSON.
class PostingLines : public Lines {
  public:
    PostingLines(const std::vector<Postings*>& all, const std::vector<std::string>& documents, bool ranked, size_t size)
        : ranked_(ranked), sorted_(all, documents, true, size) {}

    size_t ranges() const override { return sorted_.ranges(); }

    void read(Chars& out, size_t range) const override {
        sorted_.each_token(range, ranked_, [&](uint32_t token, const std::vector<SortedPostings::Posting>& postings) {
            out.push_back('"');
            append(out, sorted_.tokens().view(token));
            append(out, "\t{\"df\": ");
            append_number(out, postings.size());
            append(out, ", \"postings\": [");
            for (const auto& posting : postings) {
                append(out, &posting == &postings.front() ? "[" : ", [");
                append(out, sorted_.documents().view(posting.document));
                append(out, ", ");
                append_number(out, posting.count);
                out.push_back(']');
            }
            append(out, "]}\n");
        });
    }

  private:
    bool ranked_;
    SortedPostings sorted_;
};

}  // namespace bigdata
