// Lines of fields between separators, taken apart into the columns of an Arrow struct array as Csv.read does it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "arrow.hpp"

namespace bigdata {

// The type of a column. The numbers that aren't whole come as text in a form that Arrow reads as Python does.
struct FieldType {
    enum Kind { text, integer, number, numbers } kind;
    bool optional;  // an empty field is null
};

// A line that is to be read elsewhere: its place among the lines, and where its bytes are.
struct OddLine {
    size_t number, begin, end;
};

// Memory that is written before it is read.
template <class T>
class Room {
  public:
    explicit Room(size_t size) : memory_(new T[size]) {}
    T* data() { return memory_.get(); }
    const T* data() const { return memory_.get(); }
    T& operator[](size_t i) { return memory_[i]; }

  private:
    std::unique_ptr<T[]> memory_;
};

// The end of a number as records.WRITTEN has it, or null where there is none.
inline const char* number_end(const char* at, const char* end) {
    const auto digits = [&] {
        const char* begin = at;
        while (at < end && *at >= '0' && *at <= '9') at++;
        return at - begin;
    };
    if (at < end && *at == '-') at++;
    const auto whole = digits();
    if (whole > 99) return nullptr;
    if (at < end && *at == '.') {
        at++;
        if (digits() + whole == 0) return nullptr;
    } else if (whole == 0) {
        return nullptr;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        const auto exponent = digits();
        if (exponent < 1 || exponent > 2) return nullptr;
    }
    return at;
}

class FieldReader {
  public:
    // What a block of lines is read into.
    struct Fields {
        Exported columns;
        std::vector<OddLine> odd;
        size_t lines;
    };

    // `quote`: 0 for none. `rest`: whether the last column is what follows the last separator, or is missing.
    // `skipped`: lines that carry no record, beside empty ones.
    FieldReader(std::vector<FieldType> types, char separator, char quote, bool rest, std::vector<std::string> skipped)
        : types_(std::move(types)), separator_(separator), quote_(quote), rest_(rest), skipped_(std::move(skipped)) {}

    Fields read(std::string_view block) const {
        if (block.size() > std::numeric_limits<int32_t>::max() - kWord) throw std::length_error("block: over 2 GB");
        const size_t most = static_cast<size_t>(std::count(block.begin(), block.end(), '\n')) + 1;
        Table table{{}, block.data() + block.size(), 0};
        for (const FieldType& type : types_) table.columns.emplace_back(type, most, block.size());
        Fields fields{};
        for (const char *at = block.data(), *end = table.end; at < end; fields.lines++) {
            const bool skipped = is_skipped(at, end);
            const char* next = skipped ? nullptr : read_line(at, table);
            if (next == nullptr) {
                const void* newline = std::memchr(at, '\n', static_cast<size_t>(end - at));
                next = newline == nullptr ? end : static_cast<const char*>(newline);
                if (!skipped) {
                    fields.odd.push_back({fields.lines, static_cast<size_t>(at - block.data()),
                                          static_cast<size_t>(next - block.data())});
                }
            }
            at = next + (next < end);
        }
        std::vector<ArrowSchema> schemas;
        std::vector<ArrowArray> arrays;
        for (Column& column : table.columns) {
            schemas.push_back(schema_of(column.is_text() ? "u" : "l", ""));
            arrays.push_back(std::move(column).exported(table.rows));
        }
        fields.columns = {schema_of("+s", "", std::move(schemas)), array_of(table.rows, std::move(arrays))};
        return fields;
    }

  private:
    static constexpr size_t kWord = sizeof(uint64_t);
    static constexpr size_t kMostQuoted = 131072;  // Python's csv module takes no longer field

    struct Column {
        FieldType type;
        Room<int32_t> ends;  // of the rows' texts, behind a zero
        Room<char> bytes;
        Room<int64_t> values;
        Room<uint8_t> valid;

        Column(FieldType type, size_t rows, size_t size)
            : type(type), ends(rows + 1), bytes(size + kWord), values(is_text() ? 0 : rows), valid(rows / 8 + 1) {
            ends[0] = 0;
            if (can_be_null()) std::memset(valid.data(), 0, rows / 8 + 1);
        }

        bool is_text() const { return type.kind != FieldType::integer; }
        bool can_be_null() const { return type.optional && type.kind != FieldType::text; }

        // Takes the field that is written behind the texts of a row's predecessors; false for one in another form.
        bool take(size_t row, size_t size) {
            const char* begin = bytes.data() + ends[row];
            if (can_be_null()) {
                const auto bit = static_cast<uint8_t>(1 << (row & 7));
                valid[row >> 3] = static_cast<uint8_t>(size > 0 ? valid[row >> 3] | bit : valid[row >> 3] & ~bit);
            }
            if (can_be_null() && size == 0) {
                if (!is_text()) values[row] = 0;
            } else if (!is_written(begin, begin + size, row)) {
                return false;
            }
            ends[row + 1] = ends[row] + static_cast<int32_t>(is_text() ? size : 0);
            return true;
        }

        bool is_written(const char* at, const char* end, size_t row) {
            switch (type.kind) {
                case FieldType::text:
                    return true;
                case FieldType::integer:
                    return read_integer(at, end, values[row]);
                case FieldType::number:
                    return number_end(at, end) == end;
                default:
                    while ((at = number_end(at, end)) != nullptr && at < end) {
                        if (*at++ != ',') return false;
                    }
                    return at != nullptr;
            }
        }

        static bool read_integer(const char* at, const char* end, int64_t& value) {
            const bool negative = at < end && *at == '-';
            at += negative;
            if (at == end || end - at > 18) return false;
            int64_t digits = 0;
            for (; at < end; at++) {
                if (*at < '0' || *at > '9') return false;
                digits = 10 * digits + (*at - '0');
            }
            value = negative ? -digits : digits;
            return true;
        }

        ArrowArray exported(size_t rows) && {
            ArrowArray array = is_text() ? array_of(rows, {}, std::move(ends), std::move(bytes))
                                         : array_of(rows, {}, std::move(values));
            if (!can_be_null()) return array;
            size_t there = 0;
            for (size_t row = 0; row < rows; row++) there += valid[row >> 3] >> (row & 7) & 1;
            return with_nulls(array, std::move(valid), rows - there);
        }
    };

    struct Table {
        std::vector<Column> columns;
        const char* end;  // of the block
        size_t rows;
    };

    std::vector<FieldType> types_;
    char separator_, quote_;
    bool rest_;
    std::vector<std::string> skipped_;

    bool is_skipped(const char* line, const char* end) const {
        if (*line == '\n') return true;
        return std::any_of(skipped_.begin(), skipped_.end(), [&](const std::string& skipped) {
            const size_t size = skipped.size();
            return static_cast<size_t>(end - line) >= size && std::memcmp(line, skipped.data(), size) == 0 &&
                   (line + size == end || line[size] == '\n');
        });
    }

    // Reads a line into the next row; gives its end, or null if it has another form, which leaves no row.
    const char* read_line(const char* line, Table& table) const {
        const char *at = line, *const end = table.end;
        bool has_quotes = false;
        for (size_t number = 0; number < types_.size(); number++) {
            Column& column = table.columns[number];
            char* const out = column.bytes.data() + column.ends[table.rows];
            const bool is_last = number + 1 == types_.size();
            if (number > 0) {
                const bool is_there = at < end && *at == separator_;
                if (!is_there && !(rest_ && is_last)) return nullptr;
                at += is_there;
            }
            const char separator = rest_ && is_last ? '\n' : separator_;
            const char* begin = at;
            at = copied(at, end, separator, quote_ == 0 ? '\n' : quote_, out);
            size_t size = static_cast<size_t>(at - begin);
            if (quote_ != 0 && at < end && *at == quote_) {
                has_quotes = true;
                if (size > 0) {  // within a field it is a character like any other
                    at = copied(at, end, separator, '\n', out + size);
                    size = static_cast<size_t>(at - begin);
                } else {
                    at = unquoted(at, end, out, size);
                    if (at == nullptr) return nullptr;
                }
            }
            if (!column.take(table.rows, size)) return nullptr;
        }
        if (at < end && *at != '\n') return nullptr;
        if (has_quotes) {
            const std::string_view text(line, static_cast<size_t>(at - line));
            if (text.size() > kMostQuoted || text.find_first_of(std::string_view("\r\0", 2)) != text.npos) return nullptr;
        }
        table.rows++;
        return at;
    }

    // Copies up to a newline, `a` or `b`, or to the end; gives its place. May write a word more.
    static const char* copied(const char* at, const char* end, char a, char b, char* out) {
        constexpr uint64_t ones = 0x0101010101010101;
        const auto found = [](uint64_t word, char character) {
            const uint64_t other = word ^ (ones * static_cast<uint8_t>(character));
            return (other - ones) & ~other & (ones << 7);  // right up to the first
        };
        if constexpr (std::endian::native == std::endian::little) {
            while (static_cast<size_t>(end - at) >= kWord) {
                uint64_t word;
                std::memcpy(&word, at, kWord);
                std::memcpy(out, at, kWord);
                const uint64_t stops = found(word, a) | found(word, b) | found(word, '\n');
                if (stops != 0) return at + std::countr_zero(stops) / 8;
                at += kWord;
                out += kWord;
            }
        }
        while (at < end && *at != a && *at != b && *at != '\n') *out++ = *at++;
        return at;
    }

    // Reads a field in quotes; gives its end, or null where the quotes don't end right before a separator or newline.
    const char* unquoted(const char* at, const char* end, char* out, size_t& size) const {
        for (at++; true; at++) {
            const char* stop = copied(at, end, quote_, quote_, out + size);
            size += static_cast<size_t>(stop - at);
            at = stop;
            if (at == end || *at != quote_) return nullptr;
            at++;
            if (at == end || *at == '\n' || *at == separator_) return at;
            if (*at != quote_) return nullptr;
            out[size++] = quote_;
        }
    }
};

}  // namespace bigdata
