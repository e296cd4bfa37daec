// The predictor's inner loops for AVX-512 (F, BW, VL). See kernels_scalar.h for what they compute.
#pragma once

#include <immintrin.h>

#include "ngram/kernels_avx2.h"

namespace pith::ngram {

// Where 256 bits are enough the kernels are those of AVX2.
struct Avx512Kernels : Avx2Kernels {
  static constexpr const char* kName = "avx512";
  static constexpr size_t kWide = 32;  // lanes

  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static int32_t dot(const int16_t* x, const int16_t* const* w) {
    __m512i sum = _mm512_setzero_si512();
    PITH_UNROLL
    for (size_t i = 0; i + kWide <= kInputs; i += kWide) {
      __m512i weight = _mm512_loadu_si512(w[0] + i);
      PITH_UNROLL
      for (size_t s = 1; s < kSets; ++s) {
        weight = _mm512_adds_epi16(weight, _mm512_loadu_si512(w[s] + i));
      }
      sum = _mm512_add_epi32(sum, _mm512_madd_epi16(_mm512_loadu_si512(x + i), weight));
    }
    const __m256i half =
        _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
    return sum_of(_mm256_add_epi32(half, products<kInputs / kWide * kWide, kInputs, kSets>(x, w)));
  }

  template <size_t kInputs, size_t kSets>
  [[gnu::always_inline]] static void train(const int16_t* x, int16_t* const* w, int16_t error,
                                           uint16_t* dither) {
    const __m256i noise = next_noise(dither);
    const __m512i wide_noise = _mm512_inserti64x4(_mm512_castsi256_si512(noise), noise, 1);
    const __m512i e = _mm512_set1_epi16(error);
    PITH_UNROLL
    for (size_t i = 0; i + kWide <= kInputs; i += kWide) {
      const __m512i product = _mm512_mulhrs_epi16(_mm512_loadu_si512(x + i), e);
      const __m512i step = _mm512_srai_epi16(_mm512_add_epi16(product, wide_noise), kDitherBits);
      PITH_UNROLL
      for (size_t s = 0; s < kSets; ++s) {
        _mm512_storeu_si512(w[s] + i, _mm512_adds_epi16(_mm512_loadu_si512(w[s] + i), step));
      }
    }
    learn<kInputs / kWide * kWide, kInputs, kSets>(x, w, error, noise);
  }
};

}  // namespace pith::ngram
