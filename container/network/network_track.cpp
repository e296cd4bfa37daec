#include "container/network/network_track.h"

#include <algorithm>
#include <cstring>

namespace pith::container {
namespace {

using model::LanguageModel;

size_t aligned(size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

size_t NetworkTrack::memory_bytes(const LanguageModel& network, size_t steps) {
  const model::Engine& engine = network.engine();
  return steps * (aligned(engine.state_bytes()) + 2 * aligned(engine.feature_size())) +
         aligned(engine.cut().classes() * sizeof(uint32_t)) +
         aligned(model::ByteOdds::memory_bytes(network));
}

size_t NetworkTrack::scratch_bytes(const LanguageModel& network, size_t steps) {
  return aligned(network.engine().scratch_bytes(steps));
}

NetworkTrack::NetworkTrack(const LanguageModel& network, size_t steps, const TokenDraft* draft,
                           uint8_t* memory, uint8_t* scratch)
    : network_(network),
      draft_(draft),
      size_(steps),
      steps_{},
      scratch_(scratch),
      features_(reinterpret_cast<int8_t*>(memory)),
      counts_(
          reinterpret_cast<uint32_t*>(memory + steps * aligned(network.engine().feature_size()))),
      odds_(network,
            reinterpret_cast<uint8_t*>(counts_) +
                aligned(network.engine().cut().classes() * sizeof(uint32_t)),
            scratch) {
  const model::Engine& engine = network.engine();
  uint8_t* at = memory + memory_bytes(network, steps);
  for (size_t i = 0; i < steps; ++i) {
    at -= aligned(engine.feature_size());
    steps_[i].features = reinterpret_cast<int8_t*>(at);
    at -= aligned(engine.state_bytes());
    steps_[i].state = at;
  }
}

void NetworkTrack::start() {
  network_.engine().start(steps_[0].state);
  compute(steps_[0].state, model::kStartToken);
}

void NetworkTrack::follow(NetworkTrack& other, Token token) {
  if (other.ahead_ == 0 || other.tokens_[0] != token) {
    compute(other.steps_[0].state, token);
    return;
  }
  // The step is there. Its memory is swapped for that of a step that is no longer needed.
  if (&other == this) {
    std::rotate(steps_.begin(), steps_.begin() + 1, steps_.begin() + ahead_ + 1);
  } else {
    std::swap_ranges(steps_.begin(), steps_.begin() + other.ahead_, other.steps_.begin() + 1);
  }
  const size_t left = other.ahead_ - 1;
  std::copy_n(other.tokens_.begin() + 1, left, tokens_.begin());
  other.ahead_ = 0;
  ahead_ = left;
  tell_odds();
}

// Takes a token after a state, and those that are drafted to follow it.
void NetworkTrack::compute(uint8_t* from, Token token) {
  std::array<Token, kMostSteps> tokens = {token};
  ahead_ = draft_ == nullptr ? 0 : draft_->after(token, std::span(tokens).subspan(1, size_ - 1));
  std::array<uint8_t*, kMostSteps + 1> states = {from};
  for (size_t i = 0; i <= ahead_; ++i) states[i + 1] = steps_[i].state;
  const model::Engine& engine = network_.engine();
  engine.advance(tokens.data(), ahead_ + 1, states.data(), scratch_, features_);
  for (size_t i = 0; i <= ahead_; ++i) {
    std::memcpy(steps_[i].features, features_ + i * engine.feature_size(), engine.feature_size());
  }
  std::copy_n(tokens.begin() + 1, ahead_, tokens_.begin());
  tell_odds();
}

void NetworkTrack::tell_odds() {
  network_.engine().class_counts(steps_[0].features, 1, scratch_, counts_);
  odds_.set_network(steps_[0].features, counts_);
}

}  // namespace pith::container
