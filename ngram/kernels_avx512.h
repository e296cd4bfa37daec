// The mixer's kernels for AVX-512 (F and BW). See kernels_scalar.h for what they compute.
#pragma once

#include <immintrin.h>

#include "ngram/kernels_avx2.h"

namespace pith::ngram {

// Where 256 bits are enough the kernels are those of AVX2.
struct Avx512Kernels : Avx2Kernels {
  static constexpr const char* kName = "avx512";

  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int32_t* w, size_t n) {
    __m512i sum = _mm512_setzero_si512();
    size_t i = 0;
    for (; i + 2 * kInputGroup <= n; i += 2 * kInputGroup) {
      const __m512i v = _mm512_loadu_si512(x + i);
      const __m512i a = _mm512_srai_epi32(_mm512_loadu_si512(w + i), 16);
      const __m512i b = _mm512_srai_epi32(_mm512_loadu_si512(w + i + 16), 16);
      // a: places 0-15, that is lanes (0-3, 8-11), (4-7, 12-15) of the first group; b: those of the
      // second.
      const __m512i even = _mm512_shuffle_i64x2(a, b, _MM_SHUFFLE(1, 0, 1, 0));
      const __m512i odd = _mm512_shuffle_i64x2(a, b, _MM_SHUFFLE(3, 2, 3, 2));
      sum = _mm512_add_epi32(sum, _mm512_madd_epi16(v, _mm512_packs_epi32(even, odd)));
    }
    for (; i < n; i += kInputGroup) {
      const __m256i a = _mm256_srai_epi32(load(w + i), 16);
      const __m256i b = _mm256_srai_epi32(load(w + i + 8), 16);
      const __m256i part = _mm256_madd_epi16(load(x + i), _mm256_packs_epi32(a, b));
      sum = _mm512_add_epi32(sum, _mm512_zextsi256_si512(part));
    }
    // Not by _mm512_reduce_add_epi32, which GCC makes of additions that must not overflow.
    const __m256i half =
        _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(1, 0, 3, 2)));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, _MM_SHUFFLE(2, 3, 0, 1)));
    return _mm_cvtsi128_si32(s);
  }

  [[gnu::always_inline]] static void train(const int16_t* x, int32_t* w, size_t n, int16_t error) {
    const __m256i e = _mm256_set1_epi16(error);
    PITH_UNROLL
    for (size_t i = 0; i < n; i += kInputGroup) {
      const __m256i v = load(x + i);
      const __m256i lo = _mm256_mullo_epi16(v, e);
      const __m256i hi = _mm256_mulhi_epi16(v, e);
      const __m512i step = _mm512_inserti64x4(_mm512_castsi256_si512(_mm256_unpacklo_epi16(lo, hi)),
                                              _mm256_unpackhi_epi16(lo, hi), 1);
      __m512i sum = _mm512_add_epi32(_mm512_loadu_si512(w + i), step);
      sum = _mm512_min_epi32(sum, _mm512_set1_epi32(kWeightMax));
      sum = _mm512_max_epi32(sum, _mm512_set1_epi32(-kWeightMax));
      _mm512_storeu_si512(w + i, sum);
    }
  }

 private:
  [[gnu::always_inline]] static __m256i load(const void* p) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(p));
  }
};

}  // namespace pith::ngram
