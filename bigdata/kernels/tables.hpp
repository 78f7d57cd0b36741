// Hash tables with open addressing: from keys of a fixed size to a number, and from bytes to their number.
//
// Hashes are seeded at random, table by table: no input is bad on purpose, and going through one table in its order
// does not fill another from one end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string_view>

#include "pages.hpp"

namespace bigdata {

inline uint64_t random_seed() {
    std::random_device random;
    return static_cast<uint64_t>(random()) << 32 | random();
}

// The halves of a 128-bit product, folded: the mixing step of wyhash.
inline uint64_t mix(uint64_t a, uint64_t b) {
    const auto product = static_cast<unsigned __int128>(a) * b;
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

inline constexpr uint64_t kOdd = 0x9e3779b97f4a7c15;

inline uint64_t load(const char* bytes) {
    uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

inline uint64_t hash_of(uint64_t key, uint64_t seed) { return mix(key ^ seed, kOdd ^ seed >> 1); }

inline uint64_t hash_of(std::string_view bytes, uint64_t seed) {
    uint64_t hash = seed ^ bytes.size() * kOdd;
    for (; bytes.size() >= 16; bytes.remove_prefix(16)) {
        hash = mix(load(bytes.data()) ^ hash, load(bytes.data() + 8) ^ seed ^ kOdd);
    }
    char rest[16] = {};
    std::memcpy(rest, bytes.data(), bytes.size());
    return mix(load(rest) ^ hash, load(rest + 8) ^ seed ^ kOdd);
}

// 16 bytes as a key.
struct Wide {
    uint64_t low, high;
    bool operator==(const Wide&) const = default;
};

inline uint64_t hash_of(Wide key, uint64_t seed) {
    return mix(key.low ^ seed, key.high ^ ~seed);
}

// The most keys of `capacity` slots before they are doubled: two thirds.
inline bool is_full(size_t used, size_t capacity) { return 3 * used >= 2 * capacity; }

inline constexpr size_t kFirstCapacity = 1 << 10;

// A number for each key; the key of zeros is none.
template <class Key>
class Table {
  public:
    struct Slot {
        Key key;
        uint64_t value;
    };

    size_t size() const { return used_; }
    size_t nbytes() const { return slots_.capacity() * sizeof(Slot); }
    uint64_t hash(Key key) const { return hash_of(key, seed_); }
    // Both ends of a slot: it may lie across two cache lines.
    void prefetch(uint64_t hash) const {
        const Slot& slot = slots_[hash & mask_];
        __builtin_prefetch(&slot.key);
        __builtin_prefetch(&slot.value);
    }

    // The key's value, 0 for a new key; good until the next call. A call of a function would cost more than the search.
    [[gnu::always_inline]] uint64_t& at(Key key, uint64_t hash) {
        for (size_t i = hash & mask_;; i = (i + 1) & mask_) {
            Slot& slot = slots_[i];
            if (slot.key == key) return slot.value;
            if (slot.key == Key{}) return insert(i, key, hash);
        }
    }
    uint64_t& at(Key key) { return at(key, hash(key)); }

    // Adds the values of another table, whose keys have their slots here fetched some steps ahead.
    void add(const Table& other) {
        constexpr size_t kAhead = 16;
        const auto& from = other.slots_;
        for (size_t i = 0; i < from.size(); i++) {
            if (i + kAhead < from.size()) prefetch(hash(from[i + kAhead].key));
            if (!(from[i].key == Key{})) at(from[i].key) += from[i].value;
        }
    }

    template <class Visit>
    void each(Visit visit) const {
        for (const Slot& slot : slots_) {
            if (!(slot.key == Key{})) visit(slot.key, slot.value);
        }
    }

  private:
    Pages<Slot> slots_ = Pages<Slot>(kFirstCapacity);
    size_t mask_ = kFirstCapacity - 1;
    size_t used_ = 0;
    uint64_t seed_ = random_seed();

    size_t free_place(uint64_t hash) const {
        size_t i = hash & mask_;
        while (!(slots_[i].key == Key{})) i = (i + 1) & mask_;
        return i;
    }

    [[gnu::noinline]] uint64_t& insert(size_t place, Key key, uint64_t hash) {
        if (is_full(used_, slots_.size())) {
            grow();
            place = free_place(hash);
        }
        used_++;
        slots_[place].key = key;
        return slots_[place].value;
    }

    void grow() {
        Pages<Slot> old(2 * slots_.size());
        old.swap(slots_);
        mask_ = slots_.size() - 1;
        for (const Slot& slot : old) {
            if (!(slot.key == Key{})) slots_[free_place(hash(slot.key))] = slot;
        }
    }
};

// Keys that wait until enough are together, so that their slots come to the cache side by side.
template <class Key>
class Batch {
  public:
    struct Item {
        Key key;
        uint64_t hash;
    };
    static constexpr size_t kFull = 512;

    [[gnu::always_inline]] static Item item(Key key, const Table<Key>& table) {
        const uint64_t hash = table.hash(key);
        table.prefetch(hash);
        return {key, hash};
    }

    // Adds a key, and says whether the batch is full.
    [[gnu::always_inline]] bool push(Key key, const Table<Key>& table) {
        items_[size_++] = item(key, table);
        return size_ >= kFull;
    }

    // Where up to kFull items may be written, with their number kept in a register; `wrote` is then told their end.
    Item* end() { return items_.data() + size_; }
    void wrote(const Item* end) { size_ = static_cast<size_t>(end - items_.data()); }

    // Takes the keys out in their order.
    template <class Visit>
    [[gnu::always_inline]] void drain(Visit visit) {
        const size_t size = size_;
        size_ = 0;
        for (size_t i = 0; i < size; i++) visit(items_[i].key, items_[i].hash);
    }

    void forget() { size_ = 0; }

  private:
    std::array<Item, 2 * kFull> items_;
    size_t size_ = 0;
};

// Numbers byte strings from 0 as they come.
class Interner {
  public:
    size_t size() const { return ends_.size(); }
    size_t nbytes() const {
        return slots_.capacity() * sizeof(Slot) + ends_.capacity() * sizeof(uint64_t) + bytes_.capacity();
    }

    std::string_view view(size_t number) const {
        const uint64_t begin = number == 0 ? 0 : ends_[number - 1];
        return {bytes_.data() + begin, ends_[number] - begin};
    }

    // The number of the bytes; size() before the call if they are new.
    size_t intern(std::string_view bytes) {
        if (is_full(size(), slots_.size())) grow();
        const uint64_t hash = hash_of(bytes, seed_);
        const size_t mask = slots_.size() - 1;
        size_t i = hash & mask;
        for (; slots_[i].number != 0; i = (i + 1) & mask) {
            if (slots_[i].hash == hash && view(slots_[i].number - 1) == bytes) return slots_[i].number - 1;
        }
        if (size() == ends_.capacity()) ends_.reserve(2 * size() + 16);  // so that all or nothing is added
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        ends_.push_back(bytes_.size());
        slots_[i] = {hash, size()};
        return size() - 1;
    }

  private:
    struct Slot {
        uint64_t hash, number;  // number: from 1, 0 where the slot is free
    };
    Pages<Slot> slots_ = Pages<Slot>(16);
    Pages<uint64_t> ends_;
    Pages<char> bytes_;
    uint64_t seed_ = random_seed();

    void grow() {
        Pages<Slot> old(2 * slots_.size());
        old.swap(slots_);
        const size_t mask = slots_.size() - 1;
        for (const Slot& slot : old) {
            if (slot.number == 0) continue;
            size_t i = slot.hash & mask;
            while (slots_[i].number != 0) i = (i + 1) & mask;
            slots_[i] = slot;
        }
    }
};

}  // namespace bigdata
