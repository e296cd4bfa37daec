// What a predictor knows before its first byte: trained values for its state maps, runs, match
// model, mixer and adaptive maps. Part of the format.
//
// Made by pith-model start from texts and programs, one set for each level and content
// kind, and stored as 16-bit words.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ngram/adaptive_map.h"
#include "ngram/ensemble.h"
#include "ngram/layout.h"
#include "ngram/match_model.h"

namespace pith::ngram {

struct Start {
  static constexpr size_t kCurve = AdaptiveMap::kNibbleRows * AdaptiveMap::kColumns;

  // Probabilities of a 1 in 1/2^16; logits and weights as in the mixer.
  const uint16_t* state;  // [contexts][256]
  const uint16_t* match;  // [MatchModel::kMaps]
  const uint16_t* curve;  // [maps][kNibbleRows][kColumns]
  const int16_t* run;     // [contexts][2: first decision of a byte, later][kRunClasses]
  const int16_t* weight;  // [weight_rows][padded_inputs]
};

// Words of all of it, in the order of the members.
[[nodiscard]] constexpr size_t start_words(const LevelShape& shape) {
  return shape.contexts * (256 + 2 * kRunClasses) + MatchModel::kMaps + shape.maps * Start::kCurve +
         weight_rows(shape) * padded_inputs(shape);
}

// words: [start_words(shape)], outlives the result.
[[nodiscard]] inline Start start_of(const LevelShape& shape, const uint16_t* words) {
  Start start{};
  start.state = words;
  start.match = start.state + shape.contexts * 256;
  start.curve = start.match + MatchModel::kMaps;
  // Signed and unsigned 16 bits may stand for each other.
  start.run = reinterpret_cast<const int16_t*>(start.curve + shape.maps * Start::kCurve);
  start.weight = start.run + shape.contexts * 2 * kRunClasses;
  return start;
}

}  // namespace pith::ngram
