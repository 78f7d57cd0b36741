// Where the runs of token characters in a text begin and end, and where its lines end; and the text in lower case.
//
// 64 bytes become a mask with a bit a byte; a run's borders are where a bit differs from the one before it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace bigdata {

inline constexpr size_t kBlock = 64;
inline constexpr size_t kBlocks = 16;  // classified at a time: what is made of them stays in the first-level cache
inline constexpr size_t kPadding = 16;

struct Masks {
    uint64_t token, newline;
};

// The places of one round. Borders come in turn: a run's begin, its end, the next one's begin.
struct Places {
    std::array<uint32_t, kBlock * kBlocks + 8> borders, newlines;
    size_t border_count, newline_count;
    // the text with its ASCII letters in lower case: done here, it costs less than token by token
    std::array<uint8_t, kBlock * kBlocks + kPadding> lower;
};

// The characters of tokens. Bytes of 0x80 and above are either all token bytes, to be looked at again, or none is.
//
// An ASCII character is looked up by the halves of its byte: low[l] has bit h if the character 16 h + l is one, and
// high[h] is the bit h alone, or nothing from 8 on.
struct Alphabet {
    std::array<uint8_t, 16> low{}, high{};
    bool beyond;

    Alphabet(std::string_view ascii, bool beyond) : beyond(beyond) {
        for (unsigned char character : ascii) low[character & 15] |= static_cast<uint8_t>(1 << (character >> 4));
        for (int half = 0; half < 8; half++) high[half] = static_cast<uint8_t>(1 << half);
    }

    bool has(uint8_t byte) const { return byte < 0x80 ? low[byte & 15] & high[byte >> 4] : beyond; }
};

inline Masks masks_scalar(const Alphabet& alphabet, const uint8_t* text, uint8_t* lower_text) {
    Masks masks{0, 0};
    for (size_t i = 0; i < kBlock; i++) {
        masks.token |= static_cast<uint64_t>(alphabet.has(text[i])) << i;
        masks.newline |= static_cast<uint64_t>(text[i] == '\n') << i;
        lower_text[i] = text[i] | (text[i] >= 'A' && text[i] <= 'Z' ? 0x20 : 0);
    }
    return masks;
}

#if defined(__x86_64__)
#define BIGDATA_AVX2 __attribute__((target("avx2,bmi,popcnt")))

BIGDATA_AVX2 inline Masks masks_avx2(const Alphabet& alphabet, const uint8_t* text, uint8_t* lower_text) {
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(&alphabet.low)));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(&alphabet.high)));
    const __m256i halves = _mm256_set1_epi8(15);
    const uint32_t beyond = alphabet.beyond ? ~0u : 0;
    Masks masks{0, 0};
    for (int part = 0; part < 2; part++) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text) + part);
        const __m256i in_low = _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, halves));
        const __m256i in_high = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), halves));
        const __m256i none = _mm256_cmpeq_epi8(_mm256_and_si256(in_low, in_high), _mm256_setzero_si256());
        const __m256i newlines = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n'));
        const __m256i upper = _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('A' - 1)),
                                               _mm256_cmpgt_epi8(_mm256_set1_epi8('Z' + 1), bytes));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(lower_text) + part,
                            _mm256_or_si256(bytes, _mm256_and_si256(upper, _mm256_set1_epi8(0x20))));
        const auto ascii = ~static_cast<uint32_t>(_mm256_movemask_epi8(none));
        const auto high_bits = static_cast<uint32_t>(_mm256_movemask_epi8(bytes));
        const auto newline = static_cast<uint32_t>(_mm256_movemask_epi8(newlines));
        masks.token |= static_cast<uint64_t>(ascii | (high_bits & beyond)) << (32 * part);
        masks.newline |= static_cast<uint64_t>(newline) << (32 * part);
    }
    return masks;
}
#elif defined(__aarch64__)
inline Masks masks_neon(const Alphabet& alphabet, const uint8_t* text, uint8_t* lower_text) {
    const uint8x16_t low = vld1q_u8(alphabet.low.data()), high = vld1q_u8(alphabet.high.data());
    const uint8x16_t beyond = vdupq_n_u8(alphabet.beyond ? 0x80 : 0);
    // NEON has no movemask: a bit of its own for each byte of eight, added up in pairs three times
    alignas(16) constexpr uint8_t kBits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bits = vld1q_u8(kBits);
    uint8x16_t token[4], newline[4];
    for (int part = 0; part < 4; part++) {
        const uint8x16_t bytes = vld1q_u8(text + 16 * part);
        const uint8x16_t in_low = vqtbl1q_u8(low, vandq_u8(bytes, vdupq_n_u8(15)));
        const uint8x16_t in_high = vqtbl1q_u8(high, vshrq_n_u8(bytes, 4));
        token[part] = vandq_u8(vorrq_u8(vtstq_u8(in_low, in_high), vtstq_u8(bytes, beyond)), bits);
        newline[part] = vandq_u8(vceqq_u8(bytes, vdupq_n_u8('\n')), bits);
        const uint8x16_t upper = vcltq_u8(vsubq_u8(bytes, vdupq_n_u8('A')), vdupq_n_u8(26));
        vst1q_u8(lower_text + 16 * part, vorrq_u8(bytes, vandq_u8(upper, vdupq_n_u8(0x20))));
    }
    auto mask = [](const uint8x16_t* parts) {
        const uint8x16_t sum = vpaddq_u8(vpaddq_u8(parts[0], parts[1]), vpaddq_u8(parts[2], parts[3]));
        return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
    };
    return {mask(token), mask(newline)};
}
#endif

// Gives the places of the bits of a mask, and where the next are to be written. Eight are written at a time, the last
// of them perhaps for nothing: the processor could not foresee a branch at each.
__attribute__((always_inline)) inline uint32_t* places_of(uint64_t mask, uint32_t base, uint32_t* out) {
    uint32_t* const end = out + std::popcount(mask);
    while (mask) {
        for (int i = 0; i < 8; i++) {
            // the bit set keeps the compiler from a branch for the mask of zeros
            *out++ = base + static_cast<uint32_t>(std::countr_zero(mask | uint64_t{1} << 63));
            mask &= mask - 1;
        }
    }
    return end;
}

// `inside`: whether the byte before the first is one of a token; on return, whether the last one is.
#define BIGDATA_FIND(name, masks_of, target)                                                                        \
    target inline void name(const Alphabet& alphabet, const uint8_t* text, size_t blocks, bool lines, bool& inside, \
                            Places& places) {                                                                       \
        uint32_t *border = places.borders.data(), *newline = places.newlines.data();                                \
        uint64_t before = inside;                                                                                   \
        for (size_t block = 0; block < blocks; block++) {                                                           \
            const Masks masks = masks_of(alphabet, text + kBlock * block, &places.lower[kBlock * block]);           \
            const auto base = static_cast<uint32_t>(kBlock * block);                                                \
            border = places_of(masks.token ^ (masks.token << 1 | before), base, border);                            \
            before = masks.token >> 63;                                                                             \
            if (lines) newline = places_of(masks.newline, base, newline);                                           \
        }                                                                                                           \
        inside = before;                                                                                            \
        places.border_count = static_cast<size_t>(border - places.borders.data());                                  \
        places.newline_count = static_cast<size_t>(newline - places.newlines.data());                               \
    }

using Find = void (*)(const Alphabet&, const uint8_t*, size_t, bool, bool&, Places&);

BIGDATA_FIND(find_scalar, masks_scalar, )
#if defined(__x86_64__)
BIGDATA_FIND(find_avx2, masks_avx2, BIGDATA_AVX2)
#undef BIGDATA_AVX2
#elif defined(__aarch64__)
BIGDATA_FIND(find_neon, masks_neon, )
#endif
#undef BIGDATA_FIND

// The fastest way that this processor has; BIGDATA_KERNELS=scalar takes the one that every processor has.
inline Find find_places() {
    const char* wish = std::getenv("BIGDATA_KERNELS");
    if (wish != nullptr && std::string_view(wish) == "scalar") return find_scalar;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) return find_avx2;
#elif defined(__aarch64__)
    return find_neon;
#endif
    return find_scalar;
}

}  // namespace bigdata
