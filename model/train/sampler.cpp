#include "model/train/sampler.h"

#include <numeric>
#include <utility>

#include "model/network_config.h"
#include "model/train/random.h"

namespace pith::train {
namespace {

constexpr size_t kFileState = 3;   // numbers a file takes in state()
constexpr size_t kPlaceState = 3;  // and a stream

}  // namespace

Sampler::Sampler(const PackedText& text, std::span<const double> weights, uint32_t segment_tokens,
                 uint32_t streams, uint64_t seed)
    : tokens_(text.tokens), seed_(seed), files_(text.names.size()), streams_(streams) {
  for (size_t i = 0; i < files_.size(); ++i) files_[i].weight = weights[i];
  for (const PackedDocument& document : text.documents) {
    File& file = files_[document.file];
    const uint64_t parts = (document.count + uint64_t{segment_tokens} - 1) / segment_tokens;
    for (uint64_t part = 0; part < parts; ++part) {
      const uint64_t begin = document.count * part / parts;
      const uint64_t end = document.count * (part + 1) / parts;
      file.segments.push_back({document.begin + begin, static_cast<uint32_t>(end - begin)});
    }
    file.tokens += document.count;
  }
  for (size_t i = 0; i < files_.size(); ++i) shuffle(i);
}

double Sampler::epochs(size_t file) const {
  const File& from = files_[file];
  return from.tokens == 0 ? 0 : static_cast<double>(from.taken) / static_cast<double>(from.tokens);
}

void Sampler::shuffle(size_t file) {
  File& of = files_[file];
  of.order.resize(of.segments.size());
  std::iota(of.order.begin(), of.order.end(), 0u);
  Random random(seed_ ^ (file + 1) << 40 ^ of.round << 8);
  for (size_t i = of.order.size(); i > 1; --i)
    std::swap(of.order[i - 1], of.order[random.below(i)]);
}

Sampler::Place Sampler::next_segment() {
  size_t chosen = files_.size();
  double least = 0;
  for (size_t i = 0; i < files_.size(); ++i) {
    const File& file = files_[i];
    if (file.segments.empty() || file.weight <= 0) continue;
    const double share = static_cast<double>(file.taken) / file.weight;
    if (chosen == files_.size() || share < least) {
      chosen = i;
      least = share;
    }
  }
  File& file = files_[chosen];
  if (file.next == file.order.size()) {
    ++file.round;
    file.next = 0;
    shuffle(chosen);
  }
  const Segment& segment = file.segments[file.order[file.next++]];
  file.taken += segment.count;
  return {segment.begin, segment.count, 0};
}

void Sampler::fill(size_t first, Batch* batch) {
  for (size_t s = 0; s < batch->streams; ++s) {
    Place& place = streams_[first + s];
    for (size_t t = 0; t < batch->steps; ++t) {
      if (place.at == place.count) place = next_segment();
      const uint16_t* now = tokens_.data() + place.begin + place.at;
      const size_t i = s * batch->steps + t;
      batch->target[i] = now[0];
      batch->input[i] = place.at >= 1 ? now[-1] : model::kStartToken;
      batch->input2[i] = place.at >= 2 ? now[-2] : model::kStartToken;
      batch->input3[i] = place.at >= 3 ? now[-3] : model::kStartToken;
      batch->since[i] = static_cast<uint32_t>(place.at++);
    }
  }
}

std::vector<uint64_t> Sampler::state() const {
  std::vector<uint64_t> state;
  for (const File& file : files_) state.insert(state.end(), {file.round, file.next, file.taken});
  for (const Place& place : streams_) {
    state.insert(state.end(), {place.begin, place.count, place.at});
  }
  return state;
}

bool Sampler::restore(std::span<const uint64_t> state) {
  if (state.size() != files_.size() * kFileState + streams_.size() * kPlaceState) return false;
  for (size_t i = 0; i < files_.size(); ++i) {
    if (state[i * kFileState + 1] > files_[i].segments.size()) return false;
  }
  const auto places = state.subspan(files_.size() * kFileState);
  for (size_t i = 0; i < streams_.size(); ++i) {
    const uint64_t begin = places[i * kPlaceState];
    const uint64_t count = places[i * kPlaceState + 1];
    if (begin > tokens_.size() || count > tokens_.size() - begin ||
        places[i * kPlaceState + 2] > count) {
      return false;
    }
  }
  for (size_t i = 0; i < files_.size(); ++i) {
    files_[i].round = state[i * kFileState];
    files_[i].next = state[i * kFileState + 1];
    files_[i].taken = state[i * kFileState + 2];
    shuffle(i);
  }
  for (size_t i = 0; i < streams_.size(); ++i) {
    streams_[i] = {places[i * kPlaceState], places[i * kPlaceState + 1],
                   places[i * kPlaceState + 2]};
  }
  return true;
}

}  // namespace pith::train
