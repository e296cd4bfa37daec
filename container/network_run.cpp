#include "container/network_run.h"

#include <algorithm>
#include <cstring>

namespace pith::container {
namespace {

using model::LanguageModel;

// Guessing costs a step of the network where the token goes on after all.
constexpr uint64_t kGuessFrom = 2;  // an end as likely as one in so many

constexpr int kShareBits = 20;

size_t aligned(size_t bytes) { return (bytes + 63) / 64 * 64; }

size_t track_bytes(const LanguageModel& network) {
  const model::Engine& engine = network.engine();
  return aligned(engine.state_bytes()) + aligned(engine.feature_size()) +
         aligned(engine.cut().classes() * sizeof(uint32_t)) +
         aligned(model::ByteOdds::memory_bytes(network));
}

// Of the outcome 1, in 1/2^kShareBits.
uint64_t share_of_one(const model::Masses& masses) {
  return (masses.one << kShareBits) / (masses.zero + masses.one);
}

}  // namespace

size_t NetworkRun::memory_bytes(const LanguageModel& network) {
  return aligned(network.engine().scratch_bytes(1)) + 2 * track_bytes(network);
}

NetworkRun::NetworkRun(const LanguageModel& network, uint8_t* memory)
    : network_(network),
      scratch_(memory + 2 * track_bytes(network)),
      tracks_{make_track(network, memory, scratch_),
              make_track(network, memory + track_bytes(network), scratch_)} {
  network.engine().start(tracks_[0].state);
  advance(tracks_.data(), model::kStartToken);
}

NetworkRun::Track NetworkRun::make_track(const LanguageModel& network, uint8_t* memory,
                                         uint8_t* scratch) {
  const model::Engine& engine = network.engine();
  uint8_t* const state = memory;
  uint8_t* const features = state + aligned(engine.state_bytes());
  uint8_t* const counts = features + aligned(engine.feature_size());
  uint8_t* const odds = counts + aligned(engine.cut().classes() * sizeof(uint32_t));
  return {state, reinterpret_cast<int8_t*>(features), reinterpret_cast<uint32_t*>(counts),
          model::ByteOdds(network, odds, scratch)};
}

void NetworkRun::advance(Track* track, model::Vocabulary::Token token) {
  const model::Engine& engine = network_.engine();
  engine.advance(&token, 1, track->state, scratch_, track->features);
  engine.class_counts(track->features, 1, scratch_, track->counts);
  track->odds.set_network(track->features, track->counts);
}

void NetworkRun::begin_byte() {
  Track& track = tracks_[now_];
  track.odds.begin_byte();
  guessing_ = false;
  if (!track.odds.may_have_ended()) return;
  const model::Masses masses = track.odds.masses();
  if (kGuessFrom * masses.other < masses.zero + masses.one + masses.other) return;
  guessing_ = true;
  Track& guess = tracks_[1 - now_];
  std::memcpy(guess.state, track.state, network_.engine().state_bytes());
  guess.odds.begin_token();
  advance(&guess, track.odds.ended());
}

ngram::NetworkView NetworkRun::view() {
  model::Masses masses = tracks_[now_].odds.masses();
  if (guessing_) {
    guessed_one_ = share_of_one(tracks_[1 - now_].odds.masses());
    const uint64_t one = masses.other * guessed_one_ >> kShareBits;
    masses.one = std::max<uint64_t>(masses.one + one, 1);
    masses.zero = std::max<uint64_t>(masses.zero + masses.other - one, 1);
    masses.other = 0;
  }
  return {masses.zero, masses.one, masses.other};
}

void NetworkRun::took(uint32_t bit, uint32_t share) {
  if (guessing_) {
    const uint64_t of_outcome =
        bit != 0 ? guessed_one_ : (uint64_t{1} << kShareBits) - guessed_one_;
    share = static_cast<uint32_t>(of_outcome << (24 - kShareBits));
    tracks_[1 - now_].odds.took(bit, 0);
  }
  tracks_[now_].odds.took(bit, share);
}

void NetworkRun::end_byte(uint8_t byte) {
  if (guessing_ && !tracks_[now_].odds.goes_on()) now_ = 1 - now_;
  Track& track = tracks_[now_];
  track.odds.end_byte(byte, [&](model::Vocabulary::Token token) { advance(&track, token); });
}

}  // namespace pith::container
