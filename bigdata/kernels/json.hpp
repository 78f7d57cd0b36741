// JSON as json.dumps writes it.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "chars.hpp"
#include "pages.hpp"
#include "tables.hpp"
#include "text.hpp"

namespace bigdata {

inline void append(Pages<char>& out, std::string_view bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }
inline void append(Chars& out, std::string_view bytes) { out.append(bytes); }

template <class Out>
void append_unit(Out& out, uint32_t unit) {
    constexpr std::string_view digits = "0123456789abcdef";
    append(out, "\\u");
    for (int shift = 12; shift >= 0; shift -= 4) out.push_back(digits[unit >> shift & 15]);
}

template <class Word>
Word loaded(const char* bytes) {
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

inline constexpr uint64_t kOnes = 0x0101010101010101;

// The first eight bytes of a text as a word, the first the lowest; behind a shorter one come spaces.
inline uint64_t first_word(std::string_view text) {
    const size_t size = text.size();
    if (size >= sizeof(uint64_t)) return loaded<uint64_t>(text.data());
    const auto byte = [text](size_t place) { return uint64_t{static_cast<unsigned char>(text[place])} << 8 * place; };
    uint64_t word = kOnes * ' ' << 8 * size;
    if (size >= sizeof(uint32_t)) {
        const size_t last = size - sizeof(uint32_t);
        word |= loaded<uint32_t>(text.data()) | uint64_t{loaded<uint32_t>(text.data() + last)} << 8 * last;
    } else if (size > 0) {
        word |= byte(0) | byte(size / 2) | byte(size - 1);
    }
    return word;
}

// Whether JSON writes text as it is.
inline bool is_bare(std::string_view text) {
    const auto odd = [](uint64_t word) {
        const auto below = [](uint64_t word, uint64_t limit) { return (word - limit * kOnes) & ~word; };
        return word | (word + kOnes) | below(word, 0x20) | below(word ^ '"' * kOnes, 1) | below(word ^ '\\' * kOnes, 1);
    };
    uint64_t found = 0;
    for (; text.size() > sizeof found; text.remove_prefix(sizeof found)) found |= odd(first_word(text));
    return ((found | odd(first_word(text))) & 0x80 * kOnes) == 0;
}

inline bool is_bare(char character) {
    return character >= 0x20 && character < 0x7f && character != '"' && character != '\\';
}

// Appends text in UTF-8 as json.dumps writes it between the quotes.
template <class Out>
void append_json(Out& out, std::string_view text) {
    constexpr std::string_view named = "\"\\\b\f\n\r\t", names = "\"\\bfnrt";
    for (size_t i = 0; i < text.size();) {
        const auto [code, length] = character_at(text.data() + i);
        i += length;
        const size_t place = code < 0x80 ? named.find(static_cast<char>(code)) : named.npos;
        if (place != named.npos) {
            out.push_back('\\');
            out.push_back(names[place]);
        } else if (code >= 0x20 && code < 0x7f) {
            out.push_back(static_cast<char>(code));
        } else if (code < 0x10000) {
            append_unit(out, code);
        } else {
            append_unit(out, 0xd800 | (code - 0x10000) >> 10);
            append_unit(out, 0xdc00 | (code & 0x3ff));
        }
    }
}

// Appends a float: the fewest digits that are read back as the same, laid out as Python's repr does.
template <class Out>
void append_number(Out& out, double number) {
    if (!std::isfinite(number)) {
        append(out, std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        return;
    }
    char text[32];
    char* end = std::to_chars(text, text + sizeof text, number, std::chars_format::scientific).ptr;
    std::string_view all(text, static_cast<size_t>(end - text));
    const size_t e = all.rfind('e');
    int exponent = 0;
    std::from_chars(all.data() + e + (all[e + 1] == '+' ? 2 : 1), end, exponent);
    if (exponent < -4 || exponent >= 16) {
        append(out, all);
        return;
    }
    if (text[0] == '-') out.push_back('-');
    const std::string_view first = all.substr(text[0] == '-', 1);
    std::string_view more = all.substr(0, e).substr(text[0] == '-' ? 2 : 1);
    if (!more.empty()) more.remove_prefix(1);  // the point
    if (exponent < 0) {
        append(out, std::string_view("0.000").substr(0, static_cast<size_t>(1 - exponent)));
        append(out, first);
        append(out, more);
        return;
    }
    const size_t whole = static_cast<size_t>(exponent);
    append(out, first);
    append(out, more.substr(0, std::min(whole, more.size())));
    for (size_t i = more.size(); i < whole; i++) out.push_back('0');
    out.push_back('.');
    append(out, whole < more.size() ? more.substr(whole) : "0");
}

// Writes floats, of which many come again soon.
class Floats {
  public:
    void append(Chars& out, double number) {
        const auto bits = std::bit_cast<uint64_t>(number);
        Known& known = known_[mix(bits, kOdd) % known_.size()];
        if (known.size == 0 || known.bits != bits) {
            Chars text;
            append_number(text, number);
            std::memcpy(known.text, text.data(), text.size());
            known.size = text.size();
            known.bits = bits;
        }
        std::memcpy(out.room(sizeof known.text), known.text, sizeof known.text);
        out.keep(known.size);
    }

  private:
    struct Known {
        uint64_t bits;
        size_t size = 0;
        char text[32];
    };
    std::array<Known, 256> known_;
};

template <class Out, std::integral Number>
void append_number(Out& out, Number number) {
    char digits[20];
    char* end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    append(out, {digits, static_cast<size_t>(end - digits)});
}

using Int128 = __int128;

template <class Out>
void append_number(Out& out, Int128 number) {
    char digits[40];
    char *const end = digits + sizeof digits, *begin = end;
    auto rest = static_cast<unsigned __int128>(number);
    if (number < 0) rest = -rest;
    do {
        *--begin = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    if (number < 0) *--begin = '-';
    append(out, {begin, static_cast<size_t>(end - begin)});
}

// Appends the text, in UTF-8, of what append_json writes.
template <class Out>
void append_unescaped(Out& out, std::string_view json) {
    constexpr std::string_view names = "\"\\bfnrt", named = "\"\\\b\f\n\r\t";
    const auto unit = [&](size_t i) {
        uint32_t value = 0;
        std::from_chars(json.data() + i + 2, json.data() + i + 6, value, 16);
        return value;
    };
    for (size_t i = 0; i < json.size();) {
        if (json[i] != '\\') {
            out.push_back(json[i++]);
        } else if (json[i + 1] != 'u') {
            out.push_back(named[names.find(json[i + 1])]);
            i += 2;
        } else {
            uint32_t code = unit(i);
            i += 6;
            if (code >= 0xd800 && code < 0xdc00) {
                code = 0x10000 + ((code & 0x3ff) << 10 | (unit(i) & 0x3ff));
                i += 6;
            }
            append_utf8(out, code);
        }
    }
}

}  // namespace bigdata
