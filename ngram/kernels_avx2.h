// The predictor's inner loops for AVX2. See kernels_scalar.h for what they compute.
#pragma once

#include <immintrin.h>

#include "ngram/kernels_scalar.h"
#include "ngram/unroll.h"

namespace pith::ngram {

struct Avx2Kernels : ScalarKernels {
  static constexpr const char* kName = "avx2";

  // Scalar loads measured better than gathers. The lanes are put together in registers: a vector
  // load could not be served from narrower stores that are still on their way.
  template <size_t kCount, size_t kPadded>
  [[gnu::always_inline]] static void gather(const int16_t* table, const uint8_t* const* slot,
                                            uint32_t node, int16_t extra0, int16_t extra1,
                                            int16_t* out) {
    static_assert(kCount + 2 <= kPadded);
    int16_t lane[kPadded] = {};
    PITH_UNROLL
    for (size_t i = 0; i < kCount; ++i) lane[i] = table[256 * i + slot[i][node]];
    lane[kCount] = extra0;
    lane[kCount + 1] = extra1;
    PITH_UNROLL
    for (size_t i = 0; i < kPadded; i += 8) {
      const int16_t* v = lane + i;
      _mm_store_si128(reinterpret_cast<__m128i*>(out + i),
                      _mm_set_epi16(v[7], v[6], v[5], v[4], v[3], v[2], v[1], v[0]));
    }
  }

  template <size_t kPadded>
  [[gnu::always_inline]] static void runs(const uint16_t* pattern, const int16_t* strength,
                                          uint32_t path, uint32_t depth, int16_t* out) {
    const __m128i above = _mm_cvtsi32_si128(static_cast<int>(16 - depth));
    const __m128i to_top = _mm_cvtsi32_si128(static_cast<int>(depth));
    const __m128i walked = _mm_set1_epi16(static_cast<int16_t>(path));
    PITH_UNROLL
    for (size_t i = 0; i < kPadded; i += 8) {
      const __m128i p = load8(pattern + i);
      const __m128i rest = _mm_srl_epi16(_mm_xor_si128(p, walked), above);
      const __m128i says =
          _mm_and_si128(load8(strength + i), _mm_cmpeq_epi16(rest, _mm_setzero_si128()));
      // All ones where the next decision is a 0, that is the top bit is not set.
      const __m128i zero = _mm_cmpgt_epi16(_mm_sll_epi16(p, to_top), _mm_set1_epi16(-1));
      _mm_store_si128(reinterpret_cast<__m128i*>(out + i),
                      _mm_sub_epi16(_mm_xor_si128(says, zero), zero));
    }
  }

  template <size_t kPadded>
  [[gnu::always_inline]] static void clip(const int16_t* in, int16_t limit, int16_t* out) {
    PITH_UNROLL
    for (size_t i = 0; i < kPadded; i += 8) {
      const __m128i v = _mm_min_epi16(load8(in + i), _mm_set1_epi16(limit));
      _mm_store_si128(reinterpret_cast<__m128i*>(out + i),
                      _mm_max_epi16(v, _mm_set1_epi16(static_cast<int16_t>(-limit))));
    }
  }

  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int16_t* const* w) {
    return sum_of(products<0, kInputs, kSets>(x, w));
  }

  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static void train(const int16_t* x, int16_t* const* w, int16_t error,
                                           uint16_t* dither) {
    learn<0, kInputs, kSets>(x, w, error, next_noise(dither));
  }

 protected:
  // Eight sums that together are the dot product of the inputs from kBegin to kEnd.
  template <size_t kBegin, size_t kEnd, size_t kSets>
  [[gnu::always_inline]] static __m256i products(const int16_t* x, const int16_t* const* w) {
    __m256i sum = _mm256_setzero_si256();
    PITH_UNROLL
    for (size_t i = kBegin; i < kEnd; i += kInputGroup) {
      __m256i weight = load(w[0] + i);
      PITH_UNROLL
      for (size_t s = 1; s < kSets; ++s) weight = _mm256_adds_epi16(weight, load(w[s] + i));
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(load(x + i), weight));
    }
    return sum;
  }

  [[gnu::always_inline]] static int32_t sum_of(__m256i sums) {
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(1, 0, 3, 2)));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_cvtsi128_si32(s);
  }

  [[gnu::always_inline]] static __m256i next_noise(uint16_t* dither) {
    const __m256i moved =
        _mm256_add_epi16(_mm256_mullo_epi16(load(dither), _mm256_set1_epi16(kDitherFactor)),
                         _mm256_set1_epi16(kDitherStep));
    store(dither, moved);
    return _mm256_srli_epi16(moved, 16 - kDitherBits);
  }

  template <size_t kBegin, size_t kEnd, size_t kSets>
  [[gnu::always_inline]] static void learn(const int16_t* x, int16_t* const* w, int16_t error,
                                           __m256i noise) {
    const __m256i e = _mm256_set1_epi16(error);
    PITH_UNROLL
    for (size_t i = kBegin; i < kEnd; i += kInputGroup) {
      const __m256i product = _mm256_mulhrs_epi16(load(x + i), e);
      const __m256i step = _mm256_srai_epi16(_mm256_add_epi16(product, noise), kDitherBits);
      PITH_UNROLL
      for (size_t s = 0; s < kSets; ++s) store(w[s] + i, _mm256_adds_epi16(load(w[s] + i), step));
    }
  }

 private:
  [[gnu::always_inline]] static __m128i load8(const void* p) {
    return _mm_load_si128(static_cast<const __m128i*>(p));
  }
  [[gnu::always_inline]] static __m256i load(const void* p) {
    return _mm256_load_si256(static_cast<const __m256i*>(p));
  }
  [[gnu::always_inline]] static void store(void* p, __m256i v) {
    _mm256_store_si256(static_cast<__m256i*>(p), v);
  }
};

}  // namespace pith::ngram
