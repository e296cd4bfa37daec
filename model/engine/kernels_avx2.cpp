#include <immintrin.h>

#include "model/engine/kernel_set.h"
#include "model/engine/product_tiles.h"

namespace pith::model {
namespace {

struct Avx2Set {
  static constexpr const char* kName = "avx2";
  static constexpr bool kWaitsForWeights = false;
  static constexpr size_t kLanes = 8;
  static constexpr size_t kTileVectors = 3;
  static constexpr size_t kTileTokens = 2;
  static constexpr size_t kRowVectors = 6;

  using Sums = __m256i;
  using Weights = __m256i;
  using Base = int32_t;
  struct Activations {
    __m256i sizes;
    __m256i signs;  // all ones where they are negative
  };

  // maddubs multiplies unsigned by signed numbers: a w is |a| w, or |a| (~w + 1) where a < 0. The
  // |a| of that 1 are the same for all rows; they are added here, and the rest in add().
  static Base base(const int8_t* vector, size_t columns) {
    Base sum = 0;
    for (size_t c = 0; c < columns; ++c) sum += vector[c] < 0 ? -vector[c] : 0;
    return sum;
  }
  [[gnu::always_inline]] static Sums start(const int32_t* /*offsets*/, Base base) {
    return _mm256_set1_epi32(base);
  }
  [[gnu::always_inline]] static Sums none() { return _mm256_setzero_si256(); }
  [[gnu::always_inline]] static Weights load(const int8_t* weights) {
    return _mm256_load_si256(reinterpret_cast<const __m256i*>(weights));
  }
  [[gnu::always_inline]] static Activations broadcast(const int8_t* four) {
    int32_t bits = 0;
    __builtin_memcpy(&bits, four, sizeof bits);
    const __m256i all = _mm256_set1_epi32(bits);
    return {_mm256_abs_epi8(all), _mm256_cmpgt_epi8(_mm256_setzero_si256(), all)};
  }
  [[gnu::always_inline]] static Activations broadcast_unsigned(const int8_t* four) {
    int32_t bits = 0;
    __builtin_memcpy(&bits, four, sizeof bits);
    return {_mm256_set1_epi32(bits), _mm256_setzero_si256()};
  }
  // Two products fit 16 bits, as nothing is -128: at most 2 * 127 * 128.
  [[gnu::always_inline]] static Sums add(Sums sums, Weights weights,
                                         const Activations& activations) {
    const __m256i pairs =
        _mm256_maddubs_epi16(activations.sizes, _mm256_xor_si256(weights, activations.signs));
    return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
  }
  // With the sum moved to the left, its product with the factor is to be shifted by 32 bits.
  [[gnu::always_inline]] static void finish(Sums sums, const int32_t* factors, int shift,
                                            int32_t* out) {
    const __m256i moved = _mm256_sll_epi32(sums, _mm_cvtsi32_si128(32 - shift));
    const __m256i factor = _mm256_load_si256(reinterpret_cast<const __m256i*>(factors));
    const __m256i half = _mm256_set1_epi64x(int64_t{1} << 31);
    const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(moved, factor), half);
    const __m256i odd = _mm256_add_epi64(
        _mm256_mul_epi32(_mm256_srli_epi64(moved, 32), _mm256_srli_epi64(factor, 32)), half);
    _mm256_store_si256(reinterpret_cast<__m256i*>(out),
                       _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA));
  }

  static void product(const PackedMatrix& matrix, const int8_t* vectors, size_t stride,
                      size_t count, int32_t* out) {
    ProductTiles<Avx2Set>::product(matrix, vectors, stride, count, out);
  }

  static void sparse_product(const PackedMatrix& matrix, const int8_t* vector, int32_t* out) {
    ProductTiles<Avx2Set>::sparse_product(matrix, vector, out);
  }
};

bool has_avx2() { return __builtin_cpu_supports("avx2"); }

}  // namespace

const Kernels kAvx2Kernels = make_kernels<Avx2Set>(has_avx2);

}  // namespace pith::model
