#include <immintrin.h>

#include "model/engine/kernel_set.h"
#include "model/engine/product_tiles.h"

namespace pith::model {
namespace {

struct Avx512Set {
  static constexpr const char* kName = "avx512";
  static constexpr bool kWaitsForWeights = true;
  static constexpr size_t kLanes = 16;
  static constexpr size_t kTileVectors = 2;
  static constexpr size_t kTileTokens = 8;
  static constexpr size_t kPairVectors = 4;
  static constexpr size_t kRowVectors = 4;

  using Sums = __m512i;
  using Weights = __m512i;
  using Activations = __m512i;
  struct Base {};

  [[gnu::always_inline]] static Base base(const int8_t* /*vector*/, size_t /*columns*/) {
    return {};
  }
  // VNNI multiplies unsigned by signed numbers: activations get 128 more, sums start with as much
  // less.
  [[gnu::always_inline]] static Sums start(const int32_t* offsets, Base /*base*/) {
    return _mm512_load_si512(offsets);
  }
  [[gnu::always_inline]] static Sums none() { return _mm512_setzero_si512(); }
  [[gnu::always_inline]] static Weights load(const int8_t* weights) {
    return _mm512_load_si512(weights);
  }
  [[gnu::always_inline]] static Activations broadcast(const int8_t* four) {
    uint32_t bits = 0;
    __builtin_memcpy(&bits, four, sizeof bits);
    return _mm512_set1_epi32(static_cast<int32_t>(bits ^ 0x80808080u));
  }
  [[gnu::always_inline]] static Activations broadcast_unsigned(const int8_t* four) {
    int32_t bits = 0;
    __builtin_memcpy(&bits, four, sizeof bits);
    return _mm512_set1_epi32(bits);
  }
  [[gnu::always_inline]] static Sums add(Sums sums, Weights weights, Activations activations) {
    return _mm512_dpbusd_epi32(sums, activations, weights);
  }
  // With the sum moved to the left, its product with the factor is to be shifted by 32 bits.
  [[gnu::always_inline]] static void finish(Sums sums, const int32_t* factors, int shift,
                                            int32_t* out) {
    const __m512i moved = _mm512_sll_epi32(sums, _mm_cvtsi32_si128(32 - shift));
    const __m512i factor = _mm512_load_si512(factors);
    const __m512i half = _mm512_set1_epi64(int64_t{1} << 31);
    const __m512i even = _mm512_add_epi64(_mm512_mul_epi32(moved, factor), half);
    const __m512i odd = _mm512_add_epi64(
        _mm512_mul_epi32(_mm512_srli_epi64(moved, 32), _mm512_srli_epi64(factor, 32)), half);
    _mm512_store_si512(out, _mm512_mask_mov_epi32(_mm512_srli_epi64(even, 32), 0xAAAA, odd));
  }

  static void product(const PackedMatrix& matrix, const int8_t* vectors, size_t stride,
                      size_t count, int32_t* out) {
    ProductTiles<Avx512Set>::product(matrix, vectors, stride, count, out);
  }

  static void sparse_product(const PackedMatrix& matrix, const int8_t* vector, int32_t* out) {
    ProductTiles<Avx512Set>::sparse_product(matrix, vector, out);
  }
};

bool has_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni");
}

}  // namespace

const Kernels kAvx512Kernels = make_kernels<Avx512Set>(has_avx512);

}  // namespace pith::model
