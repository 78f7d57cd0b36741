// Text that grows at its end, in small steps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace bigdata {

template <class Word>
void copy_ends(char* out, std::string_view text) {
    const size_t last = text.size() - sizeof(Word);
    std::memcpy(out, text.data(), sizeof(Word));
    std::memcpy(out + last, text.data() + last, sizeof(Word));
}

// Copies a text, which is a few bytes most often: a call of memcpy costs more than these.
inline void copy(char* out, std::string_view text) {
    if (text.size() > 2 * sizeof(uint64_t)) {
        std::memcpy(out, text.data(), text.size());
    } else if (text.size() >= sizeof(uint64_t)) {
        copy_ends<uint64_t>(out, text);
    } else if (text.size() >= sizeof(uint32_t)) {
        copy_ends<uint32_t>(out, text);
    } else {
        for (char character : text) *out++ = character;
    }
}

class Chars {
  public:
    const char* data() const { return begin_.get(); }
    size_t size() const { return size_; }

    // Where at least so many characters may be written, some of them to be kept.
    char* room(size_t size) {
        if (capacity_ - size_ < size) grow(size);
        return begin_.get() + size_;
    }
    void keep(size_t size) { size_ += size; }

    [[gnu::always_inline]] void push_back(char character) {
        *room(1) = character;
        size_++;
    }

    void append(std::string_view text) {
        copy(room(text.size()), text);
        size_ += text.size();
    }

  private:
    struct Free {
        void operator()(char* memory) const { std::free(memory); }
    };
    std::unique_ptr<char, Free> begin_;
    size_t size_ = 0, capacity_ = 0;

    [[gnu::noinline]] void grow(size_t size) {
        const size_t capacity = std::max(2 * capacity_, size_ + size + 64);
        void* grown = std::realloc(begin_.get(), capacity);  // which moves pages, where there are many
        if (grown == nullptr) throw std::bad_alloc();
        begin_.release();
        begin_.reset(static_cast<char*>(grown));
        capacity_ = capacity;
    }
};

}  // namespace bigdata
