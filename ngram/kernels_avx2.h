// The mixer's kernels for AVX2. See kernels_scalar.h for what they compute.
#pragma once

#include <immintrin.h>

#include "ngram/kernels_scalar.h"
#include "ngram/unroll.h"

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
    PITH_UNROLL
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
    PITH_UNROLL
    for (size_t i = 0; i < n; i += kInputGroup) {
      const __m256i v = load(x + i);
      const __m256i lo = _mm256_mullo_epi16(v, e);
      const __m256i hi = _mm256_mulhi_epi16(v, e);
      add(w + i, _mm256_unpacklo_epi16(lo, hi));
      add(w + i + 8, _mm256_unpackhi_epi16(lo, hi));
    }
  }

  [[gnu::always_inline]] static void run_rows(const uint16_t* pattern, const uint16_t* run_class,
                                              const uint16_t* base, uint16_t* row, size_t n,
                                              uint32_t c0, uint32_t above) {
    const __m128i down = _mm_cvtsi32_si128(static_cast<int>(above));
    const __m128i down_less = _mm_cvtsi32_si128(static_cast<int>(above - 1));
    const __m128i started = _mm_set1_epi16(above == 8 ? 0 : kRunRows / 2);
    const __m128i none = _mm_set1_epi16(kRunRows - 1);
    const __m128i prefix = _mm_set1_epi16(static_cast<int16_t>(c0));
    PITH_UNROLL
    for (size_t i = 0; i < n; i += 8) {
      const __m128i p = load8(pattern + i);
      const __m128i bit = _mm_and_si128(_mm_srl_epi16(p, down_less), _mm_set1_epi16(1));
      const __m128i fits = _mm_add_epi16(_mm_add_epi16(load8(run_class + i), started), bit);
      const __m128i agrees = _mm_cmpeq_epi16(_mm_srl_epi16(p, down), prefix);
      const __m128i r = _mm_add_epi16(load8(base + i), _mm_blendv_epi8(none, fits, agrees));
      _mm_store_si128(reinterpret_cast<__m128i*>(row + i), r);
    }
  }

  // Scalar loads measured better than gathers. The logits are put together in registers: a vector
  // load could not be served from narrower stores that are still on their way.
  [[gnu::always_inline]] static void look_up(const AdaptiveProbability* map, const uint16_t* row,
                                             AdaptiveProbability* entry, int16_t* logit, size_t n) {
    PITH_UNROLL
    for (size_t i = 0; i < n; i += 16) {
      const __m128i low = look_up8(map, row + i, entry + i);
      const __m128i high = look_up8(map, row + i + 8, entry + i + 8);
      _mm256_store_si256(reinterpret_cast<__m256i*>(logit + i), _mm256_set_m128i(high, low));
    }
  }

  [[gnu::always_inline]] static void centre(const AdaptiveProbability* entry, int16_t* centred,
                                            size_t n) {
    PITH_UNROLL
    for (size_t i = 0; i < n; i += 8) {
      const __m256i p =
          _mm256_sub_epi32(_mm256_srli_epi32(load(entry + i), 20), _mm256_set1_epi32(2048));
      const __m256i wide = _mm256_srai_epi32(_mm256_add_epi32(p, _mm256_slli_epi32(p, 2)), 3);
      const __m128i narrow =
          _mm_packs_epi32(_mm256_castsi256_si128(wide), _mm256_extracti128_si256(wide, 1));
      _mm_store_si128(reinterpret_cast<__m128i*>(centred + i), narrow);
    }
  }

  [[gnu::always_inline]] static void update(AdaptiveProbability* e, size_t n, uint32_t bit) {
    const __m256i last = _mm256_set1_epi32(internal::kRates - 1);
    const __m256i flip = _mm256_set1_epi32(bit ? 0x3FFFFF : 0);
    PITH_UNROLL
    for (size_t i = 0; i < n; i += 8) {
      const __m256i v = load(e + i);
      const __m256i count = _mm256_and_si256(v, _mm256_set1_epi32(kCountMask));
      const __m256i rate = rates8(e + i);
      const __m256i miss =
          _mm256_xor_si256(_mm256_srli_epi32(v, 10), flip);  // max - p is p flipped
      __m256i step = _mm256_mullo_epi32(_mm256_srli_epi32(miss, 6), rate);
      step = _mm256_slli_epi32(_mm256_srli_epi32(step, 8), 10);
      const __m256i moved = bit ? _mm256_add_epi32(v, step) : _mm256_sub_epi32(v, step);
      const __m256i grows = _mm256_cmpgt_epi32(last, count);  // -1 where the count still grows
      _mm256_store_si256(reinterpret_cast<__m256i*>(e + i), _mm256_sub_epi32(moved, grows));
    }
  }

 private:
  [[gnu::always_inline]] static __m256i rates8(const AdaptiveProbability* e) {
    const auto at = [e](size_t i) { return static_cast<int>(internal::kRate[e[i] & kCountMask]); };
    return _mm256_set_epi32(at(7), at(6), at(5), at(4), at(3), at(2), at(1), at(0));
  }

  [[gnu::always_inline]] static __m128i look_up8(const AdaptiveProbability* map,
                                                 const uint16_t* row, AdaptiveProbability* entry) {
    int16_t logit[8];
    PITH_UNROLL
    for (size_t i = 0; i < 8; ++i) {
      const AdaptiveProbability e = map[row[i]];
      entry[i] = e;
      logit[i] = static_cast<int16_t>(codec::stretch(probability12(e)));
    }
    return _mm_set_epi16(logit[7], logit[6], logit[5], logit[4], logit[3], logit[2], logit[1],
                         logit[0]);
  }

  [[gnu::always_inline]] static __m128i load8(const uint16_t* p) {
    return _mm_load_si128(reinterpret_cast<const __m128i*>(p));
  }

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
