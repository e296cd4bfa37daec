#include "model/train/bfloat16_product.h"

#if defined(__AVX512BF16__) && defined(__AVX512BW__)

#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

namespace pith::train {
namespace {

// The usual three-level blocking (Goto and van de Geijn 2008). The inner kernel keeps 12 x 32 sums
// in 24 registers. Inputs are packed as pairs along k, one uint32 a pair: [k / 2][rows of a panel].
constexpr size_t kRows = 12;
constexpr size_t kColumns = 32;
constexpr size_t kDepth = 256;     // k at a time: a panel of B takes 16 KiB
constexpr size_t kRowBlock = 240;  // rows of A at a time: 120 KiB
constexpr size_t kPairs = kDepth / 2;

using Panels = std::vector<uint32_t>;

constexpr size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

__m512i pairs_of(__m512 even, __m512 odd) {
  const auto low = std::bit_cast<__m256i>(_mm512_cvtneps_pbh(even));
  const auto high = std::bit_cast<__m256i>(_mm512_cvtneps_pbh(odd));
  return _mm512_or_si512(_mm512_cvtepu16_epi32(low),
                         _mm512_slli_epi32(_mm512_cvtepu16_epi32(high), 16));
}

__mmask16 first(size_t n) { return static_cast<__mmask16>(n >= 16 ? 0xFFFF : (1u << n) - 1); }

// Element j of row i becomes element i of row j.
void transpose(__m512i (&rows)[16]) {
  __m512i t[16];
#pragma GCC unroll 8
  for (size_t i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(rows[i], rows[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(rows[i], rows[i + 1]);
  }
#pragma GCC unroll 4
  for (size_t i = 0; i < 16; i += 4) {
    rows[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    rows[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    rows[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    rows[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  // Now each 128 bits hold four rows of a column; the columns of quarter q of rows[4 g + c] are c +
  // 4 q.
#pragma GCC unroll 4
  for (size_t c = 0; c < 4; ++c) {
    const __m512i a = _mm512_shuffle_i32x4(rows[c], rows[c + 4], 0x88);
    const __m512i b = _mm512_shuffle_i32x4(rows[c], rows[c + 4], 0xDD);
    const __m512i d = _mm512_shuffle_i32x4(rows[c + 8], rows[c + 12], 0x88);
    const __m512i e = _mm512_shuffle_i32x4(rows[c + 8], rows[c + 12], 0xDD);
    t[c] = _mm512_shuffle_i32x4(a, d, 0x88);
    t[c + 8] = _mm512_shuffle_i32x4(a, d, 0xDD);
    t[c + 4] = _mm512_shuffle_i32x4(b, e, 0x88);
    t[c + 12] = _mm512_shuffle_i32x4(b, e, 0xDD);
  }
#pragma GCC unroll 16
  for (size_t i = 0; i < 16; ++i) rows[i] = t[i];
}

// Packs rows x depth elements whose depth runs along memory: row r starts at data + r * stride.
template <size_t kPanel>
void pack_along_depth(const float* data, size_t stride, size_t rows, size_t depth, uint32_t* out) {
  const size_t pairs = (depth + 1) / 2;
  for (size_t base = 0; base < rows; base += kPanel, out += pairs * kPanel) {
    for (size_t group = 0; group < kPanel; group += 16) {
      const size_t wanted = std::min<size_t>(16, kPanel - group);
      const size_t present = base + group < rows ? std::min(wanted, rows - base - group) : 0;
      for (size_t k = 0; k < depth; k += 32) {
        const __mmask16 low = first(depth - k);
        const __mmask16 high = depth - k > 16 ? first(depth - k - 16) : __mmask16{0};
        __m512i block[16] = {};
        for (size_t r = 0; r < present; ++r) {
          const float* row = data + (base + group + r) * stride + k;
          block[r] = std::bit_cast<__m512i>(_mm512_cvtne2ps_pbh(
              _mm512_maskz_loadu_ps(high, row + 16), _mm512_maskz_loadu_ps(low, row)));
        }
        transpose(block);
        const size_t count = std::min<size_t>(16, pairs - k / 2);
        for (size_t i = 0; i < count; ++i) {
          _mm512_mask_storeu_epi32(out + (k / 2 + i) * kPanel + group, first(wanted), block[i]);
        }
      }
    }
  }
}

// Packs elements whose rows run along memory: depth k starts at data + k * stride.
template <size_t kPanel>
void pack_along_rows(const float* data, size_t stride, size_t rows, size_t depth, uint32_t* out) {
  for (size_t base = 0; base < rows; base += kPanel) {
    const size_t width = std::min(kPanel, rows - base);
    for (size_t k = 0; k < depth; k += 2, out += kPanel) {
      const float* even = data + k * stride + base;
      const float* odd = even + stride;
      for (size_t i = 0; i < kPanel; i += 16) {
        const __mmask16 mask = i < width ? first(width - i) : __mmask16{0};
        const __m512 low = _mm512_maskz_loadu_ps(mask, even + i);
        const __m512 high =
            k + 1 < depth ? _mm512_maskz_loadu_ps(mask, odd + i) : _mm512_setzero_ps();
        _mm512_mask_storeu_epi32(out + i, first(kPanel - i), pairs_of(low, high));
      }
    }
  }
}

// c [rows][columns] (+)= a panel * b panel.
template <size_t kCount>
[[gnu::always_inline]] inline void kernel(const uint32_t* a, const uint32_t* b, size_t pairs,
                                          float* c, size_t stride, size_t columns,
                                          bool accumulate) {
  const __mmask16 left = first(columns);
  const __mmask16 right = columns > 16 ? first(columns - 16) : __mmask16{0};
  __m512 sums[kCount][2];
#pragma GCC unroll 12
  for (size_t r = 0; r < kCount; ++r) {
    sums[r][0] = accumulate ? _mm512_maskz_loadu_ps(left, c + r * stride) : _mm512_setzero_ps();
    sums[r][1] =
        accumulate ? _mm512_maskz_loadu_ps(right, c + r * stride + 16) : _mm512_setzero_ps();
  }
  for (size_t p = 0; p < pairs; ++p, a += kRows, b += kColumns) {
    const auto b0 = std::bit_cast<__m512bh>(_mm512_loadu_si512(b));
    const auto b1 = std::bit_cast<__m512bh>(_mm512_loadu_si512(b + 16));
#pragma GCC unroll 12
    for (size_t r = 0; r < kCount; ++r) {
      const auto pair = std::bit_cast<__m512bh>(_mm512_set1_epi32(static_cast<int>(a[r])));
      sums[r][0] = _mm512_dpbf16_ps(sums[r][0], pair, b0);
      sums[r][1] = _mm512_dpbf16_ps(sums[r][1], pair, b1);
    }
  }
#pragma GCC unroll 12
  for (size_t r = 0; r < kCount; ++r) {
    _mm512_mask_storeu_ps(c + r * stride, left, sums[r][0]);
    _mm512_mask_storeu_ps(c + r * stride + 16, right, sums[r][1]);
  }
}

void kernel_for(size_t rows, const uint32_t* a, const uint32_t* b, size_t pairs, float* c,
                size_t stride, size_t columns, bool accumulate) {
  if (rows == kRows) return kernel<kRows>(a, b, pairs, c, stride, columns, accumulate);
  for (; rows >= 4; rows -= 4, a += 4, c += 4 * stride) {
    kernel<4>(a, b, pairs, c, stride, columns, accumulate);
  }
  for (; rows > 0; --rows, ++a, c += stride) {
    kernel<1>(a, b, pairs, c, stride, columns, accumulate);
  }
}

}  // namespace

bool has_bfloat16_products() {
  return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512bw");
}

void multiply_bfloat16(size_t m, size_t n, size_t k, Operand<float> a, Operand<float> b, float* c,
                       size_t c_stride, bool accumulate) {
  thread_local Panels a_panels;
  thread_local Panels b_panels;
  a_panels.resize(kRowBlock * kPairs);
  b_panels.resize(std::max(b_panels.size(), round_up(n, kColumns) * kPairs));
  for (size_t k0 = 0; k0 < k; k0 += kDepth, accumulate = true) {
    const size_t depth = std::min(kDepth, k - k0);
    const size_t pairs = (depth + 1) / 2;
    if (b.transposed) {
      pack_along_depth<kColumns>(b.data + k0, b.stride, n, depth, b_panels.data());
    } else {
      pack_along_rows<kColumns>(b.data + k0 * b.stride, b.stride, n, depth, b_panels.data());
    }
    for (size_t m0 = 0; m0 < m; m0 += kRowBlock) {
      const size_t rows = std::min(kRowBlock, m - m0);
      if (a.transposed) {
        pack_along_rows<kRows>(a.data + k0 * a.stride + m0, a.stride, rows, depth, a_panels.data());
      } else {
        pack_along_depth<kRows>(a.data + m0 * a.stride + k0, a.stride, rows, depth,
                                a_panels.data());
      }
      for (size_t j = 0; j < n; j += kColumns) {
        const uint32_t* b_panel = b_panels.data() + j * pairs;
        for (size_t i = 0; i < rows; i += kRows) {
          kernel_for(std::min(kRows, rows - i), a_panels.data() + i * pairs, b_panel, pairs,
                     c + (m0 + i) * c_stride + j, c_stride, std::min(kColumns, n - j), accumulate);
        }
      }
    }
  }
}

}  // namespace pith::train

#else  // built for a processor without the instructions

namespace pith::train {

bool has_bfloat16_products() { return false; }

void multiply_bfloat16(size_t, size_t, size_t, Operand<float>, Operand<float>, float*, size_t,
                       bool) {}

}  // namespace pith::train

#endif
