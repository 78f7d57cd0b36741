// Records taken apart into the columns of an Arrow struct array; lines of fields between separators as Csv.read does it.
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

// A column in the making. A row's text is written behind those of its predecessors, and then taken.
struct FieldColumn {
    FieldType type;
    Room<int32_t> ends;  // of the rows' texts, behind a zero
    Room<char> bytes;
    Room<int64_t> values;
    Room<uint8_t> valid;

    // `size`: of the block; texts may be written by whole words.
    FieldColumn(FieldType type, size_t rows, size_t size)
        : type(type),
          ends(rows + 1),
          bytes(size + sizeof(uint64_t)),
          values(is_text() ? 0 : rows),
          valid(type.optional ? rows / 8 + 1 : 0) {
        ends[0] = 0;
        if (type.optional) std::memset(valid.data(), 0, rows / 8 + 1);
    }

    bool is_text() const { return type.kind != FieldType::integer; }
    char* room(size_t row) { return bytes.data() + ends[row]; }

    // Takes what is written; false if it has another form.
    bool take(size_t row, size_t size) {
        const char* begin = room(row);
        if (!is_written(begin, begin + size, row)) return false;
        if (type.optional) valid[row >> 3] |= static_cast<uint8_t>(1 << (row & 7));
        ends[row + 1] = ends[row] + static_cast<int32_t>(is_text() ? size : 0);
        return true;
    }

    // Takes a null, if there may be one.
    bool take_null(size_t row) {
        if (!type.optional) return false;
        valid[row >> 3] &= static_cast<uint8_t>(~(1 << (row & 7)));
        if (!is_text()) values[row] = 0;
        ends[row + 1] = ends[row];
        return true;
    }

    ArrowArray exported(size_t rows) && {
        ArrowArray array =
            is_text() ? array_of(rows, {}, std::move(ends), std::move(bytes)) : array_of(rows, {}, std::move(values));
        if (!type.optional) return array;
        size_t there = 0;
        for (size_t row = 0; row < rows; row++) there += valid[row >> 3] >> (row & 7) & 1;
        return with_nulls(array, std::move(valid), rows - there);
    }

  private:
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
};

// The rows of a block in the making.
struct FieldTable {
    std::vector<FieldColumn> columns;
    const char* end;  // of the block
    size_t rows;
};

// What a block of lines is read into.
struct FieldBatch {
    Exported columns;
    std::vector<OddLine> odd;
    size_t lines;
};

// Reads lines one by one: `is_skipped(line, end)` finds those that carry no record, and `read_line(line, table)` reads
// one into the next row and gives its end, or null if it has another form, which leaves no row.
template <class IsSkipped, class ReadLine>
FieldBatch read_lines(std::string_view block, const std::vector<FieldType>& types, IsSkipped is_skipped,
                      ReadLine read_line) {
    if (block.size() > std::numeric_limits<int32_t>::max() - sizeof(uint64_t)) {
        throw std::length_error("block: over 2 GB");
    }
    const size_t most = static_cast<size_t>(std::count(block.begin(), block.end(), '\n')) + 1;
    FieldTable table{{}, block.data() + block.size(), 0};
    for (const FieldType& type : types) table.columns.emplace_back(type, most, block.size());
    FieldBatch batch{};
    for (const char *at = block.data(), *end = table.end; at < end; batch.lines++) {
        const bool skipped = is_skipped(at, end);
        const char* next = skipped ? nullptr : read_line(at, table);
        if (next == nullptr) {
            const void* newline = std::memchr(at, '\n', static_cast<size_t>(end - at));
            next = newline == nullptr ? end : static_cast<const char*>(newline);
            if (!skipped) {
                batch.odd.push_back({batch.lines, static_cast<size_t>(at - block.data()),
                                     static_cast<size_t>(next - block.data())});
            }
        }
        at = next + (next < end);
    }
    std::vector<ArrowSchema> schemas;
    std::vector<ArrowArray> arrays;
    for (FieldColumn& column : table.columns) {
        schemas.push_back(schema_of(column.is_text() ? "u" : "l", ""));
        arrays.push_back(std::move(column).exported(table.rows));
    }
    batch.columns = {schema_of("+s", "", std::move(schemas)), array_of(table.rows, std::move(arrays))};
    return batch;
}

inline constexpr uint64_t kOnes = 0x0101010101010101;

// A bit for each byte of a word that is a character, or below one; right up to the first.
inline uint64_t bytes_below(uint64_t word, char limit) {
    return (word - kOnes * static_cast<uint8_t>(limit)) & ~word & (kOnes << 7);
}
inline uint64_t bytes_like(uint64_t word, char character) {
    return bytes_below(word ^ (kOnes * static_cast<uint8_t>(character)), 1);
}

// Copies up to a byte that `stops` has a bit for in a word, or to the end; gives its place. May write a word more.
template <class Stops>
const char* copied(const char* at, const char* end, char* out, Stops stops) {
    constexpr size_t size = sizeof(uint64_t);
    if constexpr (std::endian::native == std::endian::little) {
        while (static_cast<size_t>(end - at) >= size) {
            uint64_t word;
            std::memcpy(&word, at, size);
            std::memcpy(out, at, size);
            if (const uint64_t found = stops(word); found != 0) return at + std::countr_zero(found) / 8;
            at += size;
            out += size;
        }
    }
    while (at < end && (stops(static_cast<uint8_t>(*at)) & 0x80) == 0) *out++ = *at++;
    return at;
}

class FieldReader {
  public:
    // `quote`: 0 for none. `rest`: whether the last column is what follows the last separator, or is missing.
    // `skipped`: lines that carry no record, beside empty ones.
    FieldReader(std::vector<FieldType> types, char separator, char quote, bool rest, std::vector<std::string> skipped)
        : types_(std::move(types)), separator_(separator), quote_(quote), rest_(rest), skipped_(std::move(skipped)) {
        for (FieldType& type : types_) type.optional &= type.kind != FieldType::text;  // which is empty, and no null
    }

    FieldBatch read(std::string_view block) const {
        return read_lines(
            block, types_, [this](const char* line, const char* end) { return is_skipped(line, end); },
            [this](const char* line, FieldTable& table) { return read_line(line, table); });
    }

  private:
    static constexpr size_t kMostQuoted = 131072;  // Python's csv module takes no longer field

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

    const char* read_line(const char* line, FieldTable& table) const {
        const char *at = line, *const end = table.end;
        bool has_quotes = false;
        for (size_t number = 0; number < types_.size(); number++) {
            FieldColumn& column = table.columns[number];
            char* const out = column.room(table.rows);
            const bool is_last = number + 1 == types_.size();
            if (number > 0) {
                const bool is_there = at < end && *at == separator_;
                if (!is_there && !(rest_ && is_last)) return nullptr;
                at += is_there;
            }
            const char separator = rest_ && is_last ? '\n' : separator_;
            const char* begin = at;
            at = up_to(at, end, separator, quote_ == 0 ? '\n' : quote_, out);
            size_t size = static_cast<size_t>(at - begin);
            if (quote_ != 0 && at < end && *at == quote_) {
                has_quotes = true;
                if (size > 0) {  // within a field it is a character like any other
                    at = up_to(at, end, separator, '\n', out + size);
                    size = static_cast<size_t>(at - begin);
                } else {
                    at = unquoted(at, end, out, size);
                    if (at == nullptr) return nullptr;
                }
            }
            const bool is_null = size == 0 && column.type.optional;
            if (!(is_null ? column.take_null(table.rows) : column.take(table.rows, size))) return nullptr;
        }
        if (at < end && *at != '\n') return nullptr;
        if (has_quotes) {
            const std::string_view text(line, static_cast<size_t>(at - line));
            if (text.size() > kMostQuoted || text.find_first_of(std::string_view("\r\0", 2)) != text.npos) return nullptr;
        }
        table.rows++;
        return at;
    }

    // Copies up to a newline, `a` or `b`, or to the end.
    static const char* up_to(const char* at, const char* end, char a, char b, char* out) {
        return copied(at, end, out, [a, b](uint64_t word) {
            return bytes_like(word, a) | bytes_like(word, b) | bytes_like(word, '\n');
        });
    }

    // Reads a field in quotes; gives its end, or null where the quotes don't end right before a separator or newline.
    const char* unquoted(const char* at, const char* end, char* out, size_t& size) const {
        for (at++; true; at++) {
            const char* stop = up_to(at, end, quote_, quote_, out + size);
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
