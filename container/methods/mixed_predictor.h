// The n-gram predictor beside a network, behind one set of functions an instruction set.
//
// Beside a network the predictor takes a tenth of the time, so it need not be compiled into one
// function with the coding loop, as the n-gram method is for speed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ngram/content_kind.h"
#include "ngram/network_view.h"
#include "ngram/prior/prior_table.h"
#include "ngram/start.h"

namespace pith::container {

// As the members of a shape of ngram::NetworkPredictor; p: what create() gave.
struct MixedPredictorFunctions {
  void* (*create)(ngram::ContentKind kind, const ngram::Start& start, const int16_t* weights,
                  const uint8_t* raw, uint32_t raw_size, uint8_t* memory,
                  const ngram::PriorTable* prior);
  uint32_t (*predict)(void* p, const ngram::NetworkView& view);
  uint32_t (*ngram_share)(void* p, uint32_t bit);
  void (*update)(void* p, uint32_t bit);
  void (*append)(void* p);
  uint64_t (*ngram_bytes)(void* p);
};

// A predictor to hand to NetworkRun.
class MixedPredictor {
 public:
  MixedPredictor(const MixedPredictorFunctions& functions, void* p) : f_(functions), p_(p) {}

  uint32_t predict(const ngram::NetworkView& view) { return f_.predict(p_, view); }
  uint32_t ngram_share(uint32_t bit) { return f_.ngram_share(p_, bit); }
  void update(uint32_t bit) { f_.update(p_, bit); }
  void append() { f_.append(p_); }
  [[nodiscard]] uint64_t ngram_bytes() const { return f_.ngram_bytes(p_); }

 private:
  const MixedPredictorFunctions& f_;
  void* p_;
};

}  // namespace pith::container
