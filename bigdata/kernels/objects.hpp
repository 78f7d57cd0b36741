// Lines that hold a JSON object each, taken apart into columns as JsonLines.read does it.
//
// What is read is read as Python's json module reads it; a line with anything else in it is an odd one: JSON that is
// none, a member twice, a value of another type, names with escapes, lone surrogates, numbers of many digits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fields.hpp"
#include "text.hpp"

namespace bigdata {

class ObjectReader {
  public:
    static constexpr size_t kMostColumns = 64;

    ObjectReader(std::vector<std::string> names, std::vector<FieldType> types)
        : names_(std::move(names)), types_(std::move(types)) {
        if (names_.size() != types_.size()) throw std::invalid_argument("expected a name for each type");
        if (names_.size() > kMostColumns) throw std::invalid_argument("expected at most 64 columns");
    }

    FieldBatch read(std::string_view block) const {
        return read_lines(
            block, types_,
            [](const char* line, const char* end) {
                while (line < end && (*line == ' ' || *line == '\t')) line++;
                return line == end || *line == '\n';
            },
            [this](const char* line, FieldTable& table) { return read_line(line, table); });
    }

  private:
    static constexpr int kDeep = 64;
    static constexpr std::ptrdiff_t kMostDigits = 99;

    // A number: where it ends, or null where there is none; and whether it is a whole one.
    struct Number {
        const char* end;
        bool is_whole;
    };

    std::vector<std::string> names_;
    std::vector<FieldType> types_;

    const char* read_line(const char* at, FieldTable& table) const {
        const char* const end = table.end;
        uint64_t seen = 0;
        size_t expected = 0;  // members mostly come in one order
        const bool good = sequence(at, end, '{', '}', [&](const char*& at) {
            const std::string_view name = name_at(at, end);
            if (name.data() == nullptr) return false;
            const size_t number = find(name, expected);
            if (number == names_.size()) return skip(at, end, 0);
            if (seen >> number & 1) return false;
            seen |= uint64_t{1} << number;
            expected = number + 1;
            return take(at, end, table.columns[number], table.rows);
        });
        if (!good) return nullptr;
        at = blanks(at, end);
        if (at < end && *at != '\n') return nullptr;
        for (size_t number = 0; number < names_.size(); number++) {
            if ((seen >> number & 1) == 0 && !table.columns[number].take_null(table.rows)) return nullptr;
        }
        table.rows++;
        return at;
    }

    size_t find(std::string_view name, size_t expected) const {
        if (expected < names_.size() && names_[expected] == name) return expected;
        return static_cast<size_t>(std::find(names_.begin(), names_.end(), name) - names_.begin());
    }

    static const char* blanks(const char* at, const char* end) {
        while (at < end && (*at == ' ' || *at == '\t' || *at == '\r')) at++;
        return at;
    }

    static bool passes(const char*& at, const char* end, char character) {
        at = blanks(at, end);
        if (at == end || *at != character) return false;
        at = blanks(at + 1, end);
        return true;
    }

    static bool passes(const char*& at, const char* end, std::string_view word) {
        if (!std::string_view(at, static_cast<size_t>(end - at)).starts_with(word)) return false;
        at += word.size();
        return true;
    }

    // Goes over what is between brackets, with commas between; `each` goes over one.
    template <class Each>
    static bool sequence(const char*& at, const char* end, char open, char close, Each each) {
        if (!passes(at, end, open)) return false;
        bool more = at < end && *at != close;
        while (more) {
            if (!each(at)) return false;
            at = blanks(at, end);
            more = at < end && *at == ',';
            if (more) at = blanks(at + 1, end);
        }
        if (at == end || *at != close) return false;
        at++;
        return true;
    }

    // The name of a member, and no data where it isn't plain; goes to its value.
    static std::string_view name_at(const char*& at, const char* end) {
        if (at == end || *at != '"') return {};
        const char* begin = ++at;
        while (at < end && *at != '"' && *at != '\\' && static_cast<uint8_t>(*at) >= 0x20) at++;
        if (at == end || *at != '"') return {};
        const std::string_view name(begin, static_cast<size_t>(at++ - begin));
        return passes(at, end, ':') ? name : std::string_view();
    }

    static bool take(const char*& at, const char* end, FieldColumn& column, size_t row) {
        if (at == end) return false;
        char* const out = column.room(row);
        if (*at == 'n') return passes(at, end, "null") && column.take_null(row);
        size_t size = 0;
        if (column.type.kind == FieldType::text) {
            return *at == '"' && text(at, end, out, size) && column.take(row, size);
        }
        const auto number = [&](const char*& at) {
            const Number found = number_at(at, end);
            // a whole number has no negative zero, and a column of them no other numbers
            const std::string_view written(at, found.end == nullptr ? 0 : static_cast<size_t>(found.end - at));
            if (written.empty() || (found.is_whole ? written == "-0" : column.type.kind == FieldType::integer)) return false;
            if (size > 0) out[size++] = ',';
            std::memcpy(out + size, written.data(), written.size());
            size += written.size();
            at = found.end;
            return true;
        };
        const bool is_list = column.type.kind == FieldType::numbers;
        return (is_list ? sequence(at, end, '[', ']', number) : number(at)) && column.take(row, size);
    }

    static Number number_at(const char* at, const char* end) {
        const auto digits = [&] {
            const char* begin = at;
            while (at < end && *at >= '0' && *at <= '9') at++;
            return at - begin;
        };
        if (at < end && *at == '-') at++;
        const bool has_zero = at < end && *at == '0';
        const auto whole = digits();
        if (whole < 1 || whole > kMostDigits || (has_zero && whole > 1)) return {nullptr, false};
        const char* const point = at;
        if (at < end && *at == '.') {
            at++;
            if (digits() == 0) return {nullptr, false};
        }
        if (at < end && (*at == 'e' || *at == 'E')) {
            at++;
            if (at < end && (*at == '+' || *at == '-')) at++;
            if (digits() == 0) return {nullptr, false};
        }
        return {at, at == point};
    }

    // Reads a text in quotes.
    static bool text(const char*& at, const char* end, char* out, size_t& size) {
        for (at++; true;) {
            const char* stop = copied(at, end, out + size, [](uint64_t word) {
                return bytes_like(word, '"') | bytes_like(word, '\\') | bytes_below(word, 0x20);
            });
            size += static_cast<size_t>(stop - at);
            at = stop;
            if (at == end || (*at != '"' && *at != '\\')) return false;
            if (*at++ == '"') return true;
            uint32_t code;
            if (!escape(at, end, code)) return false;
            if (code >> 10 == 0xd800 >> 10) {
                uint32_t low;
                if (!passes(at, end, "\\") || !escape(at, end, low) || low >> 10 != 0xdc00 >> 10) return false;
                code = 0x10000 + ((code & 0x3ff) << 10 | (low & 0x3ff));
            } else if (code >> 10 == 0xdc00 >> 10) {
                return false;
            }
            Writer writer{out + size};
            append_utf8(writer, code);
            size = static_cast<size_t>(writer.at - out);
        }
    }

    struct Writer {
        char* at;
        void push_back(char character) { *at++ = character; }
    };

    // Reads what is behind a backslash.
    static bool escape(const char*& at, const char* end, uint32_t& code) {
        constexpr std::string_view names = "\"\\/bfnrt", named = "\"\\/\b\f\n\r\t";
        if (at == end) return false;
        if (*at != 'u') {
            const size_t place = names.find(*at++);
            if (place == names.npos) return false;
            code = static_cast<uint8_t>(named[place]);
            return true;
        }
        if (end - ++at < 4) return false;
        code = 0;
        for (const char* stop = at + 4; at < stop; at++) {
            const char lower = static_cast<char>(*at | 0x20);
            if (*at >= '0' && *at <= '9') {
                code = code << 4 | static_cast<uint32_t>(*at - '0');
            } else if (lower >= 'a' && lower <= 'f') {
                code = code << 4 | static_cast<uint32_t>(lower - 'a' + 10);
            } else {
                return false;
            }
        }
        return true;
    }

    // Goes over a value that no column asks for.
    static bool skip(const char*& at, const char* end, int depth) {
        if (at == end || depth > kDeep) return false;
        switch (*at) {
            case '"':
                for (at++; at < end && static_cast<uint8_t>(*at) >= 0x20;) {
                    uint32_t code;
                    const char character = *at++;
                    if (character == '"') return true;
                    if (character == '\\' && !escape(at, end, code)) return false;
                }
                return false;
            case '{':
                return sequence(at, end, '{', '}', [&](const char*& at) {
                    return name_at(at, end).data() != nullptr && skip(at, end, depth + 1);
                });
            case '[':
                return sequence(at, end, '[', ']', [&](const char*& at) { return skip(at, end, depth + 1); });
            case 't':
                return passes(at, end, "true");
            case 'f':
                return passes(at, end, "false");
            case 'n':
                return passes(at, end, "null");
            default: {
                const Number found = number_at(at, end);
                if (found.end == nullptr) return false;
                at = found.end;
                return true;
            }
        }
    }
};

}  // namespace bigdata
