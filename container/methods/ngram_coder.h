// The coding loop of the n-gram method for one instruction set: symbol walk, predictor, range
// coder.
//
// Included by ngram_avx2.cpp and its like alone, each compiled with its own flags. Everything here
// is a template over the kernels or inlined by force, so that no function compiled for one CPU can
// stand in for another's.
#pragma once

#include "codec/range_coder.h"
#include "container/methods/ngram_kernel.h"
#include "container/methods/ngram_start.h"
#include "model/byte_alphabet.h"
#include "model/walk.h"
#include "ngram/network_predictor.h"
#include "ngram/predictor.h"

namespace pith::container {

inline constexpr size_t kReportEvery = 16384;  // bytes

// Runs body(i) for every byte in order; false if the waiting thread cancelled.
template <class Kernels, class Body>
[[gnu::always_inline]] inline bool for_each_byte(size_t size, BlockControl* control, Body body) {
  for (size_t start = 0; start < size; start += kReportEvery) {
    const size_t end = size - start < kReportEvery ? size : start + kReportEvery;
    for (size_t i = start; i < end; ++i) body(i);
    if (control != nullptr) {
      control->raw_bytes_done.store(end, std::memory_order_relaxed);
      if (control->cancel.load(std::memory_order_relaxed)) return false;
    }
  }
  return true;
}

template <class Kernels, size_t kLevel>
size_t encode_at_level(const NgramConfig& config, const uint8_t* raw, uint8_t* coded,
                       size_t capacity, uint8_t* memory, BlockControl* control) {
  auto& predictor = *ngram::Predictor<Kernels, kLevel>::create(
      config.kind, start_of(config, kLevel), raw, config.raw_size, memory, table_of(config));
  codec::RangeEncoder coder({coded, capacity});
  model::WalkEncoder walker{coder};
  const model::ByteAlphabet::Cursor start(ngram::byte_code(config.kind));
  bool fits = true;
  const bool done = for_each_byte<Kernels>(config.raw_size, control, [&](size_t i) {
    model::walk<model::ByteAlphabet>(predictor, walker, raw[i], start);
    predictor.append();
    fits = !coder.overflowed();
  });
  if (!done || !fits) return 0;
  const size_t size = coder.finish();
  if (coder.overflowed() || capacity == 0) return 0;
  if (size != 0) return size;
  coded[0] = 0;  // a payload has at least one byte
  return 1;
}

template <class Kernels, size_t kLevel>
bool decode_at_level(const NgramConfig& config, const uint8_t* coded, size_t coded_size,
                     uint8_t* raw, uint8_t* memory, BlockControl* control) {
  auto& predictor = *ngram::Predictor<Kernels, kLevel>::create(
      config.kind, start_of(config, kLevel), raw, config.raw_size, memory, table_of(config));
  codec::RangeDecoder coder({coded, coded_size});
  model::WalkDecoder walker{coder};
  const model::ByteAlphabet::Cursor start(ngram::byte_code(config.kind));
  const bool done = for_each_byte<Kernels>(config.raw_size, control, [&](size_t i) {
    raw[i] = model::walk<model::ByteAlphabet>(predictor, walker, uint8_t{0}, start);
    predictor.append();
  });
  return done && coder.overrun() <= kMostOverrun;
}

// The predictor beside a network.
template <class Kernels, size_t kShape>
constexpr MixedPredictorFunctions mixed_predictor_functions() {
  using P = ngram::NetworkPredictor<Kernels, kShape>;
  return {
      [](ngram::ContentKind kind, const ngram::Start& start, const int16_t* weights,
         const uint8_t* raw, uint32_t raw_size, uint8_t* memory, const ngram::PriorTable* prior) {
        return static_cast<void*>(P::create(kind, start, weights, raw, raw_size, memory, prior));
      },
      [](void* p, const ngram::NetworkView& view) { return static_cast<P*>(p)->predict(view); },
      [](void* p, uint32_t bit) { return static_cast<P*>(p)->ngram_share(bit); },
      [](void* p, uint32_t bit) { static_cast<P*>(p)->update(bit); },
      [](void* p) { static_cast<P*>(p)->append(); },
      [](void* p) { return static_cast<P*>(p)->ngram_bytes(); },
  };
}

// The table entry of one instruction set.
template <class Kernels>
constexpr NgramKernel make_ngram_kernel(bool (*supported)()) {
  return {Kernels::kName,
          supported,
          {encode_at_level<Kernels, 0>, encode_at_level<Kernels, 1>, encode_at_level<Kernels, 2>,
           encode_at_level<Kernels, 3>},
          {decode_at_level<Kernels, 0>, decode_at_level<Kernels, 1>, decode_at_level<Kernels, 2>,
           decode_at_level<Kernels, 3>},
          {mixed_predictor_functions<Kernels, 0>(), mixed_predictor_functions<Kernels, 1>()}};
}

}  // namespace pith::container
