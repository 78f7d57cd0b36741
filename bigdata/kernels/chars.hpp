// Text that grows at its end, in small steps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace bigdata {

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

    void push_back(char character) {
        *room(1) = character;
        size_++;
    }

    void append(std::string_view text) {
        char* out = room(text.size() + kShort);
        if (text.size() <= kShort && text.size() >= kShort / 2) {
            std::memcpy(out, text.data(), kShort / 2);
            std::memcpy(out + text.size() - kShort / 2, text.data() + text.size() - kShort / 2, kShort / 2);
        } else {
            std::memcpy(out, text.data(), text.size());
        }
        size_ += text.size();
    }

  private:
    static constexpr size_t kShort = 16;

    std::unique_ptr<char[]> begin_;
    size_t size_ = 0, capacity_ = 0;

    void grow(size_t size) {
        capacity_ = std::max(2 * capacity_, size_ + size + 64);
        std::unique_ptr<char[]> grown(new char[capacity_]);
        if (size_ > 0) std::memcpy(grown.get(), begin_.get(), size_);
        begin_ = std::move(grown);
    }
};

}  // namespace bigdata
