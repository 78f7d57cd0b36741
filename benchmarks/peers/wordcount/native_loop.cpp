// Count words of ASCII text, as fast as a loop for nothing else goes: how far the general engine is from that.
//
// Usage: native_loop INPUT OUTPUT. Two threads map half of the file each. 64 bytes at a time become a bit mask of
// word characters; a word of up to 16 bytes is one register in lower case, which is its own key; a batch of words is
// prefetched before it is counted in an open-addressing table. Longer words, which are few, go to a standard map.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>
#ifdef __AVX2__
#include <immintrin.h>
#endif

struct Short {
  uint64_t low = 0, high = 0;  // 16 bytes, zeros after the word
  uint64_t count = 0;
  uint64_t hash() const {
    uint64_t mixed = (low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
    return mixed ^ (mixed >> 32);
  }
};

class Table {
 public:
  void prefetch(uint64_t hash) const { __builtin_prefetch(&slots_[hash & mask_], 1); }

  void add(const Short& word, uint64_t hash) {
    for (size_t place = hash & mask_;; place = (place + 1) & mask_) {
      Short& slot = slots_[place];
      if (slot.low == word.low && slot.high == word.high) {
        slot.count += word.count;
        return;
      }
      if (slot.count == 0) {
        slot = word;
        if (++used_ * 2 > slots_.size()) grow();
        return;
      }
    }
  }

  const std::vector<Short>& slots() const { return slots_; }

 private:
  void grow() {
    std::vector<Short> old(slots_.size() * 2);
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    used_ = 0;
    for (const Short& word : old)
      if (word.count) add(word, word.hash());
  }

  std::vector<Short> slots_ = std::vector<Short>(1 << 16);
  size_t mask_ = (1 << 16) - 1, used_ = 0;
};

static uint8_t lower(uint8_t c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }
static bool of_word(uint8_t c) {
  uint8_t l = lower(c);
  return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '\'';
}

#ifdef __AVX2__
static __m256i between(__m256i bytes, char least, char most) {
  __m256i above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(least));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8(most - least)), above);
}

static uint32_t mask32(const char* at) {
  __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  __m256i letters = between(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), 'a', 'z');
  __m256i others = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_')),
                                   _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\'')));
  return _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(letters, between(bytes, '0', '9')), others));
}

static uint64_t word_mask(const char* at) { return mask32(at) | uint64_t(mask32(at + 32)) << 32; }
#else
static uint64_t word_mask(const char* at) {
  uint64_t mask = 0;
  for (int i = 0; i < 64; i++) mask |= uint64_t(of_word(at[i])) << i;
  return mask;
}
#endif

// 8 bytes of a word, `length` of them, in lower case: 0x20 is added where a byte is from A to Z.
static uint64_t lowered(const char* at, size_t length) {
  if (length == 0) return 0;
  uint64_t bytes;
  memcpy(&bytes, at, 8);
  if (length < 8) bytes &= (uint64_t(1) << (8 * length)) - 1;
  const uint64_t ones = 0x0101010101010101;
  uint64_t from_a = bytes + (0x80 - 'A') * ones, above_z = bytes + (0x80 - 'Z' - 1) * ones;
  return bytes | (((from_a & ~above_z) & 0x80 * ones) >> 2);
}

struct Counter {
  Table table;
  std::unordered_map<std::string, uint64_t> longer;
  std::array<Short, 64> batch;
  std::array<uint64_t, 64> hashes;
  size_t batched = 0;

  void word(const char* start, size_t length) {
    if (length > 16) {
      std::string text(start, length);
      for (char& c : text) c = lower(c);
      longer[text]++;
      return;
    }
    Short& word = batch[batched];
    word = {lowered(start, length < 8 ? length : 8), lowered(start + 8, length > 8 ? length - 8 : 0), 1};
    hashes[batched] = word.hash();
    table.prefetch(hashes[batched]);
    if (++batched == batch.size()) flush();
  }

  void flush() {
    for (size_t i = 0; i < batched; i++) table.add(batch[i], hashes[i]);
    batched = 0;
  }

  // What is counted begins and ends at the border of a word; 80 bytes after it can be read.
  void count(std::string_view text) {
    const char* start = nullptr;
    uint64_t inside = 0;  // whether the byte before was of a word
    for (size_t offset = 0; offset < text.size(); offset += 64) {
      uint64_t mask = word_mask(text.data() + offset);
      if (text.size() - offset < 64) mask &= (uint64_t(1) << (text.size() - offset)) - 1;
      uint64_t borders = mask ^ (mask << 1 | inside);
      inside = mask >> 63;
      for (; borders; borders &= borders - 1) {
        const char* at = text.data() + offset + __builtin_ctzll(borders);
        if (start) word(start, at - start);
        start = start ? nullptr : at;
      }
    }
    if (start) word(start, text.data() + text.size() - start);
    flush();
  }
};

int main(int argc, char** argv) {
  if (argc != 3) return fprintf(stderr, "usage: native_loop INPUT OUTPUT\n"), 2;
  int file = open(argv[1], O_RDONLY);
  struct stat status;
  if (file < 0 || fstat(file, &status)) return perror(argv[1]), 1;
  size_t size = status.st_size;
  // Anonymous pages first and the file over them, so that reading past its end is no fault.
  size_t room = size + (1 << 16);
  void* pages = mmap(nullptr, room, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || (size && mmap(pages, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 0) == MAP_FAILED))
    return perror("mmap"), 1;
  std::string_view text(static_cast<const char*>(pages), size);
  size_t middle = size / 2;
  while (middle < size && of_word(text[middle])) middle++;

  Counter first, second;
  std::thread other([&] { second.count(text.substr(middle)); });
  first.count(text.substr(0, middle));
  other.join();
  for (const Short& word : second.table.slots())
    if (word.count) first.table.add(word, word.hash());
  for (const auto& [word, count] : second.longer) first.longer[word] += count;

  FILE* output = fopen(argv[2], "w");
  if (!output) return perror(argv[2]), 1;
  for (const Short& word : first.table.slots()) {
    char bytes[17] = {};
    memcpy(bytes, &word.low, 8);
    memcpy(bytes + 8, &word.high, 8);
    if (word.count) fprintf(output, "%s\t%lu\n", bytes, static_cast<unsigned long>(word.count));
  }
  for (const auto& [word, count] : first.longer)
    fprintf(output, "%s\t%lu\n", word.c_str(), static_cast<unsigned long>(count));
  return fclose(output) ? (perror(argv[2]), 1) : 0;
}
