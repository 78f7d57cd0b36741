// Counts keys made of the tokens of lines.
//
// A token of up to 15 bytes is two machine words, its length in the last byte; a longer one is its number among the
// long ones. Where keys have several tokens, each token gets an id, and keys are packed ids, which are written down as
// they come and sorted later. Tokens with characters beyond ASCII are few in most texts: Python puts each into lower
// case once, and its bytes are remembered.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "classify.hpp"
#include "runs.hpp"
#include "tables.hpp"
#include "text.hpp"

namespace bigdata {

enum class Form { each, ngrams, pairs, successors, documents };

// A token: its bytes with zeros behind them and its length from 1 to 15 in the last byte; or, with 0 in the high word,
// the number of a long one.
using Token = Wide;

inline constexpr size_t kShort = 15;
static_assert(std::endian::native == std::endian::little, "a token's length is the last byte of its high word");

inline Token short_token(const char* bytes, size_t length) {
    Token token{0, 0};
    std::memcpy(&token, bytes, length);
    token.high |= static_cast<uint64_t>(length) << 56;
    return token;
}

inline bool is_short(Token token) { return token.high != 0; }

// Up to four ids as a key.
inline Wide packed(const uint32_t* ids, size_t count) {
    uint32_t four[4] = {};
    std::copy_n(ids, count, four);
    return {static_cast<uint64_t>(four[0]) << 32 | four[1], static_cast<uint64_t>(four[2]) << 32 | four[3]};
}

// Gives the lower case of text in UTF-8.
using Lower = std::function<std::string(std::string_view)>;

class TokenCounter {
  public:
    // Keys of two to four tokens that wait to be sorted take half of `memory` bytes at most.
    TokenCounter(std::string_view ascii, bool beyond, Form form, size_t size, size_t memory, Lower lower)
        : ascii_(ascii),
          alphabet_(ascii, beyond),
          form_(form),
          size_(size),
          memory_(memory),
          lower_(std::move(lower)),
          twos_(std::max(memory / 4 / sizeof(uint64_t), kLeast)),
          fours_(std::max(memory / 4 / sizeof(Wide), kLeast)) {}

    Form form() const { return form_; }
    // How many tokens a key has, where it is a list of them.
    size_t arity() const { return form_ == Form::ngrams ? size_ : 2; }

    // Counts the keys of whole lines. What throws in the middle leaves the keys before it counted.
    void update(std::string_view lines) {
        batch_.forget();
        line_.clear();
        if (!alphabet_.beyond || is_ascii(lines) || is_utf8(lines)) {
            count(lines);
            return;
        }
        while (!lines.empty()) {
            const size_t newline = lines.find('\n');
            const std::string_view line = lines.substr(0, newline);
            if (is_utf8(line)) {
                count(line);
            } else {
                latin1_to_utf8(line, decoded_);
                count(decoded_);
            }
            lines.remove_prefix(newline == lines.npos ? lines.size() : newline + 1);
        }
    }

    // Whether another makes keys of the same form.
    bool is_like(const TokenCounter& other) const { return other.form_ == form_ && other.size_ == size_; }

    void merge(TokenCounter& other) {
        if (!is_like(other)) {
            throw std::invalid_argument("merge: expected a counter of the same form and size");
        }
        if (form_ == Form::each) {
            words_.add(other.words_);
            for (size_t i = 0; i < other.long_values_.size(); i++) {
                value_of(long_token(other.longs_.view(i))) += other.long_values_[i];
            }
            return;
        }
        std::vector<uint32_t> ids{0};
        for (Token token : other.names_) {
            ids.push_back(id_of(is_short(token) ? token : long_token(other.longs_.view(token.low))));
        }
        settle_keys();
        other.settle_keys();
        twos_.add(renamed(other.twos_.counts(), ids), 2, names_.size() + 1);
        fours_.add(renamed(other.fours_.counts(), ids), 4, names_.size() + 1);
        std::vector<uint32_t> run(arity());
        for (size_t i = 0; i < other.runs_.size(); i++) {
            std::memcpy(run.data(), other.runs_.view(i).data(), run.size() * sizeof(uint32_t));
            for (uint32_t& id : run) id = ids[id];
            add_run(run.data(), other.run_counts_[i]);
        }
    }

    void clear() { *this = TokenCounter(ascii_, alphabet_.beyond, form_, size_, memory_, lower_); }

    // The number of keys.
    size_t size() {
        if (form_ == Form::each) return words_.size() + longs_.size();
        size_t keys = 0;
        each_key([&](const uint32_t*, uint64_t) { keys++; });
        return keys;
    }

    // The number of tokens, where keys are lists of them; their ids are from 1 on.
    size_t tokens() const { return names_.size(); }

    size_t nbytes() const {
        return sizeof *this + words_.nbytes() + longs_.nbytes() + raw_.nbytes() + twos_.nbytes() + fours_.nbytes() +
               runs_.nbytes() + (long_values_.capacity() + run_counts_.capacity()) * sizeof(uint64_t) +
               tallies_.capacity() * sizeof(uint64_t) + seen_.capacity() * sizeof(uint32_t) +
               (lowered_.capacity() + names_.capacity()) * sizeof(Token) + line_.capacity() * sizeof(uint32_t) +
               decoded_.capacity() + scratch_.capacity();
    }

    // Visits the keys of the form `each`: visit(token, count).
    template <class Visit>
    void each_token(Visit visit) const {
        words_.each([&](Token token, uint64_t count) { visit(bytes_of(token), count); });
        for (size_t i = 0; i < long_values_.size(); i++) visit(longs_.view(i), long_values_[i]);
    }

    // Visits the keys of the other forms: visit(ids, count), with arity() ids.
    template <class Visit>
    void each_key(Visit visit) {
        settle_keys();
        uint32_t ids[4];
        std::vector<uint64_t> totals(form_ == Form::successors ? names_.size() + 1 : 0);
        for (const auto& [key, count] : twos_.counts()) {
            unpack(key, ids);
            if (form_ == Form::successors) totals[ids[0]] += count;
            visit(ids, form_ == Form::pairs && ids[0] == ids[1] ? 2 * count : count);
            if (form_ == Form::pairs && ids[0] != ids[1]) {
                std::swap(ids[0], ids[1]);
                visit(ids, count);
            }
        }
        for (uint32_t id = 0; id < totals.size(); id++) {
            const uint32_t total[] = {id, 0};
            if (totals[id] != 0) visit(total, totals[id]);
        }
        for (const auto& [key, count] : fours_.counts()) {
            unpack(key.low, ids);
            unpack(key.high, ids + 2);
            visit(ids, count);
        }
        std::vector<uint32_t> run(arity());
        for (size_t i = 0; i < runs_.size(); i++) {
            std::memcpy(run.data(), runs_.view(i).data(), run.size() * sizeof(uint32_t));
            visit(run.data(), run_counts_[i]);
        }
    }

    // Visits what the form `documents` has counted since it did so last: visit(id, count).
    template <class Visit>
    void end_document(Visit visit) {
        for (uint32_t id : seen_) visit(id, std::exchange(tallies_[id], uint64_t{0}));
        seen_.clear();
    }

    // The keys of two tokens (uint64_t) or of three and four (Wide). Of the form `pairs` they have each two tokens once,
    // in one order; of the form `successors` they leave out those of a token and none.
    template <class Key>
    Tally<Key>& keys() {
        if constexpr (std::is_same_v<Key, Wide>) {
            return fours_;
        } else {
            return twos_;
        }
    }

    // The bytes of the token with an id, good until the next call; 0 is the empty token.
    std::string_view name(uint32_t id) const { return id == 0 ? std::string_view() : bytes_of(names_[id - 1]); }

  private:
    // what is remembered of tokens beyond ASCII is forgotten when it is this much
    static constexpr size_t kRemembered = size_t{64} << 20;
    static constexpr size_t kLeast = size_t{1} << 10;

    std::string ascii_;
    Alphabet alphabet_;
    Form form_;
    size_t size_, memory_;
    Lower lower_;
    Find find_ = find_places();

    // of the form `each` the values are counts, else ids
    Table<Token> words_;
    Interner longs_;
    std::vector<uint64_t> long_values_;
    std::vector<Token> names_;
    Interner raw_;  // tokens beyond ASCII as they are in the text
    std::vector<Token> lowered_;

    // keys of up to two tokens, of up to four, and of more
    Tally<uint64_t> twos_;
    Tally<Wide> fours_;
    Interner runs_;
    std::vector<uint64_t> run_counts_;

    // of the form `documents`: how often each token is in the one at hand, by its id, and which are
    std::vector<uint64_t> tallies_;
    std::vector<uint32_t> seen_;

    Batch<Token> batch_;
    std::vector<uint32_t> line_;  // the ids of the line so far
    std::string decoded_, scratch_;
    std::unique_ptr<Places> places_ = std::make_unique<Places>();

    void settle_keys() {
        twos_.settle(2, names_.size() + 1);
        fours_.settle(4, names_.size() + 1);
    }

    // Counts of keys with other ids in them.
    template <class Key>
    Counts<Key> renamed(const Counts<Key>& counts, const std::vector<uint32_t>& ids) const {
        Counts<Key> renamed;
        renamed.reserve(counts.size());
        for (const auto& [key, count] : counts) {
            const uint32_t four[] = {ids[rank(key, 0)], ids[rank(key, 1)],
                                     sizeof key > 8 ? ids[rank(key, 2)] : 0, sizeof key > 8 ? ids[rank(key, 3)] : 0};
            if constexpr (std::is_same_v<Key, Wide>) {
                renamed.push_back({packed(four, 4), count});
            } else if (form_ == Form::pairs) {
                renamed.push_back({static_cast<uint64_t>(std::min(four[0], four[1])) << 32 | std::max(four[0], four[1]), count});
            } else {
                renamed.push_back({packed(four, 2).low, count});
            }
        }
        return renamed;
    }

    static void unpack(uint64_t key, uint32_t* ids) {
        ids[0] = static_cast<uint32_t>(key >> 32);
        ids[1] = static_cast<uint32_t>(key);
    }

    // Good until the next call, as is what it is made of.
    std::string_view bytes_of(const Token& token) const {
        if (!is_short(token)) return longs_.view(token.low);
        return {reinterpret_cast<const char*>(&token), static_cast<size_t>(token.high >> 56)};
    }

    Token long_token(std::string_view bytes) { return {longs_.intern(bytes), 0}; }

    Token token_of(std::string_view bytes) {
        return bytes.size() <= kShort ? short_token(bytes.data(), bytes.size()) : long_token(bytes);
    }

    uint64_t& value_of(Token token) {
        if (is_short(token)) return words_.at(token);
        long_values_.resize(longs_.size());
        return long_values_[token.low];
    }

    uint32_t id_of(Token token) { return id_in(value_of(token), token); }

    uint32_t id_in(uint64_t& value, Token token) {
        if (value == 0) {
            if (names_.size() == UINT32_MAX) throw std::length_error("more than 2**32 - 1 distinct tokens");
            names_.push_back(token);
            value = names_.size();
        }
        return static_cast<uint32_t>(value);
    }

    // No token: the end of a line among the tokens of a batch.
    static constexpr Token kNone{UINT64_MAX, 0};

    void count(std::string_view text) {
        bool inside = false;
        size_t begin = 0;
        char tail[kBlock];
        size_t at = 0;
        while (at < text.size()) {
            size_t blocks = std::min((text.size() - at) / kBlock, kBlocks);
            const char* from = text.data() + at;
            if (blocks == 0) {
                std::memset(tail, '\n', sizeof tail);
                std::memcpy(tail, from, text.size() - at);
                from = tail;
                blocks = 1;
            }
            const bool was_inside = inside;
            find_(alphabet_, reinterpret_cast<const uint8_t*>(from), blocks, form_ != Form::each, inside, *places_);
            take(text, at, was_inside, begin);
            at += blocks * kBlock;
        }
        if (inside) run(text.substr(begin));
        if (form_ != Form::each) push(kNone);
        settle();
    }

    // Takes the runs whose places were found; `begin` is where an open one began, and on return where one is open.
    void take(std::string_view text, size_t at, bool open, size_t& begin) {
        const uint32_t *border = places_->borders.data(), *end = border + places_->border_count;
        const uint32_t *newline = places_->newlines.data(), *newlines_end = newline + places_->newline_count;
        if (open && border != end) run(text.substr(begin, at + *border++ - begin));
        const uint32_t* closed = end - (end - border) % 2;
        for (; newline != newlines_end; newline++) {
            const uint32_t* line = border;
            while (border != closed && *border < *newline) border += 2;
            runs(text, at, line, border);
            push(kNone);
        }
        runs(text, at, border, closed);
        if (closed != end) begin = at + *closed;
        settle();
    }

    // Takes runs that lie within the round: most are one short token in ASCII.
    void runs(std::string_view text, size_t at, const uint32_t* border, const uint32_t* end) {
        constexpr uint64_t kHigh = 0x8080808080808080;
        static_assert(sizeof(Token) <= kPadding && kBlock * kBlocks / 2 <= Batch<Token>::kFull);
        auto* out = batch_.end();
        for (; border != end; border += 2) {
            const size_t length = border[1] - border[0];
            if (length <= kShort) {
                Token token;
                std::memcpy(&token, &places_->lower[border[0]], sizeof token);
                token.low &= kKept[length].low;
                token.high &= kKept[length].high;
                if (!((token.low | token.high) & kHigh)) {
                    token.high |= static_cast<uint64_t>(length) << 56;
                    *out++ = batch_.item(token, words_);
                    continue;
                }
            }
            batch_.wrote(out);
            run(text.substr(at + border[0], length));
            out = batch_.end();
        }
        batch_.wrote(out);
    }

    // Takes any run of token bytes: a token, or several where some of its characters beyond ASCII are of none.
    void run(std::string_view bytes) {
        if (is_ascii(bytes)) {
            ascii_token(bytes);
        } else {
            mixed(bytes);
        }
    }

    // The bits of the first bytes of two words: masking costs less than copying a length that varies.
    static constexpr std::array<Wide, kShort + 1> kKept = [] {
        std::array<Wide, kShort + 1> kept{};
        for (size_t i = 0; i < kept.size(); i++) {
            kept[i].low = i >= 8 ? UINT64_MAX : (uint64_t{1} << (8 * i)) - 1;
            kept[i].high = i <= 8 ? 0 : (uint64_t{1} << (8 * (i - 8))) - 1;
        }
        return kept;
    }();

    void ascii_token(std::string_view bytes) {
        scratch_.assign(bytes);
        for (char& character : scratch_) {
            if (character >= 'A' && character <= 'Z') character |= 0x20;
        }
        push(token_of(scratch_));
    }

    // Takes the tokens of a run with characters beyond ASCII.
    void mixed(std::string_view bytes) {
        size_t begin = 0;
        bool ascii = true;
        auto finish = [&](size_t end) {
            if (end > begin) {
                const std::string_view token = bytes.substr(begin, end - begin);
                if (ascii) {
                    ascii_token(token);
                } else {
                    push(lowered(token));
                }
            }
            ascii = true;
        };
        for (size_t i = 0; i < bytes.size();) {
            const auto [code, length] = character_at(bytes.data() + i);
            if (code >= 0x80) {
                if (is_alphanumeric(code)) {
                    ascii = false;
                } else {
                    finish(i);
                    begin = i + length;
                }
            }
            i += length;
        }
        finish(bytes.size());
    }

    Token lowered(std::string_view bytes) {
        if (raw_.nbytes() > kRemembered) {
            raw_ = Interner();
            lowered_.clear();
        }
        const size_t number = raw_.intern(bytes);
        lowered_.resize(raw_.size(), kNone);
        if (lowered_[number] == kNone) {
            lowered_[number] = token_of(lower_(bytes));
        }
        return lowered_[number];
    }

    void push(Token token) {
        if (is_short(token)) {
            if (batch_.push(token, words_)) settle();
        } else if (form_ == Form::each) {
            value_of(token)++;
        } else if (batch_.push(token, words_)) {
            settle();
        }
    }

    // Counts the tokens that wait in the batch.
    void settle() {
        if (form_ == Form::each) {
            batch_.drain([this](Token token, uint64_t hash) { words_.at(token, hash)++; });
            return;
        }
        batch_.drain([this](Token token, uint64_t hash) {
            if (is_short(token)) {
                line_.push_back(id_in(words_.at(token, hash), token));
            } else if (token == kNone) {
                count_line();
                line_.clear();
            } else {
                line_.push_back(id_of(token));
            }
        });
    }

    void count_line() {
        const uint32_t* ids = line_.data();
        const size_t length = line_.size();
        switch (form_) {
            case Form::ngrams:
                for (size_t i = 0; i + size_ <= length; i++) add_run(ids + i);
                return;
            case Form::pairs:
                for (size_t i = 0; i < length; i++) {
                    for (size_t j = i + 1; j < length && j - i <= size_; j++) {
                        add_two(std::min(ids[i], ids[j]), std::max(ids[i], ids[j]));
                    }
                }
                return;
            case Form::successors:
                for (size_t i = 1; i < length; i++) add_two(ids[i - 1], ids[i]);
                return;
            default:
                tallies_.resize(names_.size() + 1);
                for (size_t i = 0; i < length; i++) {
                    if (tallies_[ids[i]]++ == 0) seen_.push_back(ids[i]);
                }
        }
    }

    void add_two(uint32_t first, uint32_t second) {
        if (twos_.add(static_cast<uint64_t>(first) << 32 | second)) twos_.settle(2, names_.size() + 1);
    }

    void add_run(const uint32_t* ids) {
        if (size_ <= 2) {
            add_two(ids[0], size_ == 2 ? ids[1] : 0);
        } else if (size_ <= 4) {
            if (fours_.add(packed(ids, size_))) fours_.settle(4, names_.size() + 1);
        } else {
            add_run(ids, 1);
        }
    }

    void add_run(const uint32_t* ids, uint64_t count) {
        const size_t number = runs_.intern({reinterpret_cast<const char*>(ids), arity() * sizeof(uint32_t)});
        run_counts_.resize(runs_.size());
        run_counts_[number] += count;
    }
};

}  // namespace bigdata
