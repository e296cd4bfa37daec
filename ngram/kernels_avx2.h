// The mixer's kernels for AVX2. See kernels_scalar.h for what they compute.
#pragma once

#include <immintrin.h>

#include "ngram/kernels_scalar.h"

namespace pith::ngram {

struct Avx2Kernels {
  static constexpr const char* kName = "avx2";

  // A group is two vectors: unpack interleaves products within 128-bit lanes, so that the first
  // vector belongs to inputs 0-3 and 8-11, the second to 4-7 and 12-15; packing restores the order.
  static constexpr size_t weight_place(size_t i) {
    return (i & ~size_t{15}) | (i & 4) << 1 | (i & 8) >> 1 | (i & 3);
  }

  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int32_t* w, size_t n) {
    __m256i sum = _mm256_setzero_si256();
    for (size_t i = 0; i < n; i += kInputGroup) {
      const __m256i a = _mm256_srai_epi32(load(w + i), 16);
      const __m256i b = _mm256_srai_epi32(load(w + i + 8), 16);
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(load(x + i), _mm256_packs_epi32(a, b)));
    }
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(1, 0, 3, 2)));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_cvtsi128_si32(s);
  }

  [[gnu::always_inline]] static void train(const int16_t* x, int32_t* w, size_t n, int16_t error) {
    const __m256i e = _mm256_set1_epi16(error);
    for (size_t i = 0; i < n; i += kInputGroup) {
      const __m256i v = load(x + i);
      const __m256i lo = _mm256_mullo_epi16(v, e);
      const __m256i hi = _mm256_mulhi_epi16(v, e);
      add(w + i, _mm256_unpacklo_epi16(lo, hi));
      add(w + i + 8, _mm256_unpackhi_epi16(lo, hi));
    }
  }

 private:
  [[gnu::always_inline]] static __m256i load(const void* p) {
    return _mm256_load_si256(static_cast<const __m256i*>(p));
  }

  [[gnu::always_inline]] static void add(int32_t* w, __m256i step) {
    __m256i v = _mm256_add_epi32(load(w), step);
    v = _mm256_min_epi32(v, _mm256_set1_epi32(kWeightMax));
    v = _mm256_max_epi32(v, _mm256_set1_epi32(-kWeightMax));
    _mm256_store_si256(reinterpret_cast<__m256i*>(w), v);
  }
};

}  // namespace pith::ngram
