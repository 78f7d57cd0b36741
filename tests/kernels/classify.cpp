// Compares the vector instructions that find_places() takes with the scalar code, on seeded random bytes.
#include "../../bigdata/kernels/classify.hpp"

#include <algorithm>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

using namespace bigdata;

static bool same(const Places& one, const Places& other, size_t bytes) {
    return one.border_count == other.border_count && one.newline_count == other.newline_count &&
           std::equal(one.borders.begin(), one.borders.begin() + one.border_count, other.borders.begin()) &&
           std::equal(one.newlines.begin(), one.newlines.begin() + one.newline_count, other.newlines.begin()) &&
           std::equal(one.lower.begin(), one.lower.begin() + bytes, other.lower.begin());
}

int main() {
    const Find fast = find_places();
    if (fast == find_scalar) return std::puts("this processor has no vector instructions that are known"), 2;
    const std::vector<std::string> alphabets = {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_'", "0123456789", "@[`{/:", "\x01\x7f \t", ""};
    std::mt19937 random(7);
    for (int round = 0; round < 4000; round++) {
        const Alphabet alphabet(alphabets[round % alphabets.size()], round & 8);
        const size_t blocks = 1 + random() % kBlocks;
        std::vector<uint8_t> text(kBlock * blocks + kPadding);
        // all bytes, ASCII, few kinds in long runs
        const unsigned kinds = round % 3 == 0 ? 256 : round % 3 == 1 ? 128 : 3;
        for (auto& byte : text) byte = static_cast<uint8_t>(kinds == 3 ? "a \n"[random() % 3] : random() % kinds);
        bool inside_one = round & 1, inside_other = inside_one;
        static Places one, other;
        find_scalar(alphabet, text.data(), blocks, round & 2, inside_one, one);
        fast(alphabet, text.data(), blocks, round & 2, inside_other, other);
        if (inside_one != inside_other || !same(one, other, kBlock * blocks)) {
            return std::printf("round %d: another answer\n", round), 1;
        }
    }
    return std::puts("the same"), 0;
}
