// Bytes as text: UTF-8 as Python decodes it, Latin-1 where it isn't UTF-8, and the characters of words.
#pragma once

#include <Python.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bigdata {

inline bool is_ascii(std::string_view text) {
    size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        uint64_t bytes;
        __builtin_memcpy(&bytes, text.data() + i, sizeof bytes);
        if (bytes & 0x8080808080808080) return false;
    }
    for (; i < text.size(); i++) {
        if (text[i] & 0x80) return false;
    }
    return true;
}

// A character of valid UTF-8, and how many bytes it takes.
struct Character {
    char32_t code;
    size_t length;
};

inline Character character_at(const char* text) {
    auto byte = [text](int i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    if (byte(0) < 0x80) return {byte(0), 1};
    if (byte(0) < 0xe0) return {(byte(0) & 0x1f) << 6 | (byte(1) & 0x3f), 2};
    if (byte(0) < 0xf0) return {(byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
    return {(byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f), 4};
}

// Whether Python decodes the bytes as UTF-8: the table 3-7 of the Unicode standard.
inline bool is_utf8(std::string_view text) {
    size_t i = 0;
    while (i < text.size()) {
        auto byte = [&](size_t offset) { return static_cast<unsigned char>(text[i + offset]); };
        const unsigned char first = byte(0);
        if (first < 0x80) {
            i++;
            continue;
        }
        const size_t length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || length > text.size() - i) return false;
        const unsigned char least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        const unsigned char most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (byte(1) < least || byte(1) > most) return false;
        for (size_t k = 2; k < length; k++) {
            if ((byte(k) & 0xc0) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

// Appends a character to a string or a vector of bytes.
template <class Out>
void append_utf8(Out& out, char32_t code) {
    const auto last = [code](int shift) { return static_cast<char>(0x80 | (code >> shift & 0x3f)); };
    if (code < 0x80) {
        out.push_back(static_cast<char>(code));
    } else if (code < 0x800) {
        out.push_back(static_cast<char>(0xc0 | code >> 6));
        out.push_back(last(0));
    } else if (code < 0x10000) {
        out.push_back(static_cast<char>(0xe0 | code >> 12));
        out.push_back(last(6));
        out.push_back(last(0));
    } else {
        out.push_back(static_cast<char>(0xf0 | code >> 18));
        out.push_back(last(12));
        out.push_back(last(6));
        out.push_back(last(0));
    }
}

inline void latin1_to_utf8(std::string_view line, std::string& utf8) {
    utf8.clear();
    for (unsigned char byte : line) append_utf8(utf8, byte);
}

// The characters that \w matches in this Python, the underscore aside; a bit each.
inline bool is_alphanumeric(char32_t code) {
    static const std::vector<bool> known = [] {
        std::vector<bool> bits(0x110000);
        for (Py_UCS4 c = 0; c < bits.size(); c++) bits[c] = Py_UNICODE_ISALNUM(c);
        return bits;
    }();
    return known[code];
}

}  // namespace bigdata
