#include "container/network/network_run.h"

#include <algorithm>

namespace pith::container {
namespace {

constexpr int kShareBits = 20;

// Of the outcome 1, in 1/2^kShareBits.
uint64_t share_of_one(const model::Masses& masses) {
  return (masses.one << kShareBits) / (masses.zero + masses.one);
}

}  // namespace

size_t NetworkRun::memory_bytes(const model::LanguageModel& network, size_t steps) {
  return 2 * NetworkTrack::memory_bytes(network, steps) +
         NetworkTrack::scratch_bytes(network, steps);
}

NetworkRun::NetworkRun(const model::LanguageModel& network, uint32_t guess_from, size_t steps,
                       TokenDraft* draft, uint8_t* memory)
    : guess_from_(guess_from),
      draft_(draft),
      tracks_{
          NetworkTrack(network, steps, draft, memory,
                       memory + 2 * NetworkTrack::memory_bytes(network, steps)),
          NetworkTrack(network, steps, draft, memory + NetworkTrack::memory_bytes(network, steps),
                       memory + 2 * NetworkTrack::memory_bytes(network, steps))} {
  tracks_[0].start();
}

void NetworkRun::begin_byte() {
  NetworkTrack& track = tracks_[now_];
  track.odds().begin_byte();
  guessing_ = false;
  if (!track.odds().may_have_ended()) return;
  const model::Masses masses = track.odds().masses();
  if (guess_from_ * masses.other < masses.zero + masses.one + masses.other) return;
  guessing_ = true;
  NetworkTrack& guess = tracks_[1 - now_];
  guess.odds().begin_token();
  guess.follow(track, track.odds().ended());
}

ngram::NetworkView NetworkRun::view() {
  model::Masses masses = tracks_[now_].odds().masses();
  if (guessing_) {
    guessed_one_ = share_of_one(tracks_[1 - now_].odds().masses());
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
    tracks_[1 - now_].odds().took(bit, 0);
  }
  tracks_[now_].odds().took(bit, share);
}

void NetworkRun::end_byte(uint8_t byte) {
  if (guessing_ && !tracks_[now_].odds().goes_on()) {
    if (draft_ != nullptr) draft_->took(tracks_[now_].odds().ended());
    now_ = 1 - now_;
  }
  NetworkTrack& track = tracks_[now_];
  track.odds().end_byte(byte, [&](model::Vocabulary::Token token) {
    track.follow(track, token);
    if (draft_ != nullptr) draft_->took(token);
  });
}

}  // namespace pith::container
