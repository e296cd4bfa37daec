// A network at a place of a text, and perhaps some steps beyond it along tokens that were drafted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "container/network/token_draft.h"
#include "model/byte_odds.h"
#include "model/language_model.h"

namespace pith::container {

class NetworkTrack {
 public:
  using Token = model::Vocabulary::Token;

  // Steps that are kept: the last one that was taken, and drafted ones. More than a few gain
  // little, and have no room in what headers declare.
  static constexpr size_t kMostSteps = 6;

  [[nodiscard]] static size_t memory_bytes(const model::LanguageModel& network, size_t steps);
  // That tracks may share, as the odds of one of them do.
  [[nodiscard]] static size_t scratch_bytes(const model::LanguageModel& network, size_t steps);

  // steps: 1 to kMostSteps. draft: null for none. Memory and scratch are aligned to 64 and outlive
  // this, as the network and the draft do.
  NetworkTrack(const model::LanguageModel& network, size_t steps, const TokenDraft* draft,
               uint8_t* memory, uint8_t* scratch);

  // To the start of a text.
  void start();
  // Takes a token after what another track took, or this. odds() then knows of the token after it.
  // If the other track had that step in its drafts, it has given them away.
  void follow(NetworkTrack& other, Token token);

  [[nodiscard]] model::ByteOdds& odds() { return odds_; }

 private:
  struct Step {
    uint8_t* state;
    int8_t* features;  // [feature_size]
  };

  void compute(uint8_t* from, Token token);
  void tell_odds();

  const model::LanguageModel& network_;
  const TokenDraft* draft_;
  size_t size_;                             // steps that are kept
  std::array<Step, kMostSteps> steps_;      // [size_] the first was taken, then drafts
  std::array<Token, kMostSteps> tokens_{};  // [ahead_] drafts
  size_t ahead_ = 0;                        // steps that drafts were computed for
  uint8_t* scratch_;
  int8_t* features_;  // [size_][feature_size] of several steps at once
  uint32_t* counts_;  // [classes] after the first step
  model::ByteOdds odds_;
};

}  // namespace pith::container
