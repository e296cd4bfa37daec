#include "bench/micro/int8_peak.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace pith::micro {
namespace {

#if defined(__x86_64__)
constexpr int kRounds = 10000;
// More sums at a time than an instruction takes cycles, fewer than there are registers. Written as
// assembly, so that no compiler finds out that nothing is multiplied.
constexpr int kSums = 10;

__attribute__((target("avx512f,avx512vnni"))) uint64_t avx512_peak() {
  __m512i sums[kSums] = {};
  const __m512i x = _mm512_setzero_si512();
  for (int i = 0; i < kRounds; ++i) {
#pragma GCC unroll 16
    for (__m512i& sum : sums) asm volatile("vpdpbusd %1, %1, %0" : "+v"(sum) : "v"(x));
  }
  return uint64_t{kRounds} * kSums * 64;
}

__attribute__((target("avx2"))) uint64_t avx2_peak() {
  __m256i sums[kSums] = {};
  const __m256i x = _mm256_setzero_si256();
  for (int i = 0; i < kRounds; ++i) {
#pragma GCC unroll 16
    for (__m256i& sum : sums) {
      __m256i pairs;
      asm volatile("vpmaddubsw %2, %2, %1\n\tvpmaddwd %2, %1, %1\n\tvpaddd %1, %0, %0"
                   : "+x"(sum), "=&x"(pairs)
                   : "x"(x));
    }
  }
  return uint64_t{kRounds} * kSums * 32;
}
#endif

}  // namespace

uint64_t multiply_in_registers(std::string_view kernels) {
#if defined(__x86_64__)
  if (kernels == "avx512") return avx512_peak();
  if (kernels == "avx2") return avx2_peak();
#endif
  static_cast<void>(kernels);
  return 0;
}

}  // namespace pith::micro
