// Arrow columns, read by Arrow's C data interface: their values as JSON, and in the order of that JSON.
//
// The layouts are those of arrow.apache.org/docs/format/Columnar.html.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "arrow.hpp"
#include "json.hpp"

namespace bigdata {

// A column of a type that JSON has: of truth values, whole numbers, floats, text, and of lists and structs of those.
// A struct whose first name is 0 is a list. One thread at a time may use it.
class Column {
  public:
    // Both structs must outlive this.
    Column(const ArrowSchema& schema, const ArrowArray& array)
        : array_(&array),
          type_(type_of(schema.format)),
          floats_(type_ == 'g' ? std::make_unique<Floats>() : nullptr) {
        if (type_ == kStruct) {
            is_list_ = schema.n_children > 0 && std::string_view(schema.children[0]->name) == "0";
            for (int64_t i = 0; i < schema.n_children; i++) {
                Chars name;
                if (!is_list_) {
                    name.push_back('"');
                    append_json(name, schema.children[i]->name);
                    append(name, "\": ");
                }
                names_.emplace_back(name.data(), name.size());
            }
        }
        for (int64_t i = 0; i < schema.n_children; i++) children_.emplace_back(*schema.children[i], *array.children[i]);
    }

    // Appends a value's JSON.
    void write(Chars& out, size_t row) const {
        row += static_cast<size_t>(array_->offset);
        if (is_null(row)) {
            append(out, "null");
            return;
        }
        switch (type_) {
            case 'b': return append(out, bit(1, row) ? "true" : "false");
            case 'c': return append_number(out, int{value<int8_t>(row)});
            case 'C': return append_number(out, unsigned{value<uint8_t>(row)});
            case 's': return append_number(out, value<int16_t>(row));
            case 'S': return append_number(out, value<uint16_t>(row));
            case 'i': return append_number(out, value<int32_t>(row));
            case 'I': return append_number(out, value<uint32_t>(row));
            case 'l': return append_number(out, value<int64_t>(row));
            case 'L': return append_number(out, value<uint64_t>(row));
            case 'g': return floats_->append(out, value<double>(row));
            case kWide: return append_number(out, value<Int128>(row));
            case kStruct: return write_struct(out, row);
            case kList: return write_list<int32_t>(out, row);
            case kLargeList: return write_list<int64_t>(out, row);
            default: return append_string(out, text(row));
        }
    }

    // How the JSON of two values compares: below, at or above 0.
    int compare(size_t a, size_t b) const {
        int order;
        if (!is_plain_order(a, b, order)) {
            Chars ours, theirs;
            write(ours, a);
            write(theirs, b);
            order = std::string_view(ours.data(), ours.size()).compare({theirs.data(), theirs.size()});
        }
        return order;
    }

  private:
    // In place of Arrow's names of more than one character.
    static constexpr char kStruct = '{', kList = '[', kLargeList = ']', kWide = 'd';

    const ArrowArray* array_;
    char type_;  // as Arrow names it
    std::unique_ptr<Floats> floats_;
    bool is_list_ = false;
    std::vector<std::string> names_;  // of a struct's fields, as they stand before their values
    std::vector<Column> children_;

    static char type_of(std::string_view format) {
        if (format == "+s") return kStruct;
        if (format == "+l") return kList;
        if (format == "+L") return kLargeList;
        if (format == "d:38,0") return kWide;  // DuckDB's whole numbers of 128 bits
        if (format.size() != 1 || std::string_view("nbcCsSiIlLguU").find(format) == format.npos) {
            throw std::invalid_argument("a column of the Arrow type " + std::string(format) + " has no JSON");
        }
        return format.front();
    }

    template <class Value>
    Value value(size_t place) const {
        return static_cast<const Value*>(array_->buffers[1])[place];
    }

    bool bit(size_t buffer, size_t place) const {
        return static_cast<const uint8_t*>(array_->buffers[buffer])[place / 8] >> (place % 8) & 1;
    }

    bool is_null(size_t place) const {
        return type_ == 'n' || (array_->null_count != 0 && array_->buffers[0] != nullptr && !bit(0, place));
    }

    template <class Offset>
    std::string_view text_at(size_t place) const {
        const Offset begin = value<Offset>(place), end = value<Offset>(place + 1);
        return {static_cast<const char*>(array_->buffers[2]) + begin, static_cast<size_t>(end - begin)};
    }

    std::string_view text(size_t place) const {
        return type_ == 'u' ? text_at<int32_t>(place) : text_at<int64_t>(place);
    }

    static void append_string(Chars& out, std::string_view text) {
        char* const begin = out.room(text.size() + 2);
        if (is_bare(text)) {
            *begin = '"';
            copy(begin + 1, text);
            begin[text.size() + 1] = '"';
            out.keep(text.size() + 2);
            return;
        }
        out.push_back('"');
        append_json(out, text);
        out.push_back('"');
    }

    template <class Offset>
    void write_list(Chars& out, size_t place) const {
        const Offset begin = value<Offset>(place), end = value<Offset>(place + 1);
        out.push_back('[');
        for (Offset i = begin; i < end; i++) {
            if (i > begin) append(out, ", ");
            children_.front().write(out, static_cast<size_t>(i));
        }
        out.push_back(']');
    }

    void write_struct(Chars& out, size_t place) const {
        out.push_back(is_list_ ? '[' : '{');
        for (size_t i = 0; i < children_.size(); i++) {
            if (i > 0) append(out, ", ");
            append(out, names_[i]);
            children_[i].write(out, place);
        }
        out.push_back(is_list_ ? ']' : '}');
    }

    // Compares values as texts without writing them, if it is easy: of lists, by their first text that differs.
    bool is_plain_order(size_t a, size_t b, int& order) const {
        a += static_cast<size_t>(array_->offset);
        b += static_cast<size_t>(array_->offset);
        order = 0;
        if (is_null(a) || is_null(b)) return false;
        if (type_ == 'u' || type_ == 'U') {
            // what is the same is written the same
            const std::string_view ours = text(a), theirs = text(b);
            const auto [x, y] = std::ranges::mismatch(ours, theirs);
            const bool ours_ends = x == ours.end(), theirs_ends = y == theirs.end();
            if (ours_ends && theirs_ends) return true;
            order = (ours_ends ? '"' : *x) - (theirs_ends ? '"' : *y);
            return (ours_ends || is_bare(*x)) && (theirs_ends || is_bare(*y));
        }
        if (type_ == kStruct) {
            for (const Column& child : children_) {
                if (!child.is_plain_order(a, b, order)) return false;
                if (order != 0) return true;
            }
            return true;
        }
        if (type_ == kList) {
            const auto [begin, end] = std::pair(value<int32_t>(a), value<int32_t>(a + 1));
            const auto [other, other_end] = std::pair(value<int32_t>(b), value<int32_t>(b + 1));
            if (end - begin != other_end - other) return false;
            for (int32_t i = 0; i < end - begin; i++) {
                const auto [x, y] = std::pair(static_cast<size_t>(begin + i), static_cast<size_t>(other + i));
                if (!children_.front().is_plain_order(x, y, order)) return false;
                if (order != 0) return true;
            }
            return true;
        }
        return type_ == 'l' && value<int64_t>(a) == value<int64_t>(b);
    }
};

// The columns of a record batch.
class Columns {
  public:
    // Both structs must outlive this.
    Columns(const ArrowSchema& schema, const ArrowArray& array)
        : first_(static_cast<size_t>(array.offset)), rows_(static_cast<size_t>(array.length)) {
        for (int64_t i = 0; i < schema.n_children; i++) columns_.emplace_back(*schema.children[i], *array.children[i]);
        if (columns_.size() != 2) throw std::invalid_argument("expected two columns: key and value");
    }

    // Appends each row as a line: the key's JSON, a TAB and the value's.
    void write(Chars& out) const {
        for (size_t row = first_; row < first_ + rows_; row++) {
            columns_[0].write(out, row);
            out.push_back('\t');
            columns_[1].write(out, row);
            out.push_back('\n');
        }
    }

    // Finds the rows at which another key begins. Says whether the keys are in the order of their JSON, and with
    // `values` the values of each key too.
    bool find_groups(bool values, Pages<int64_t>& begins) const {
        for (size_t row = 0; row < rows_; row++) {
            const int order = row == 0 ? -1 : columns_[0].compare(first_ + row - 1, first_ + row);
            if (order > 0) return false;
            if (order < 0) {
                begins.push_back(static_cast<int64_t>(row));
            } else if (values && columns_[1].compare(first_ + row - 1, first_ + row) > 0) {
                return false;
            }
        }
        return true;
    }

  private:
    size_t first_, rows_;
    std::vector<Column> columns_;
};

}  // namespace bigdata
