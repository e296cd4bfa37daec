#include "container/methods/neural_method.h"

#include <algorithm>
#include <optional>

#include "codec/range_coder.h"
#include "container/base/varint.h"
#include "container/methods/mixed_predictor.h"
#include "container/methods/ngram_kernel.h"
#include "container/methods/ngram_start.h"
#include "container/network/history_draft.h"
#include "container/network/network_run.h"
#include "container/network/text_draft.h"
#include "model/vocab/line_ends.h"
#include "ngram/network_predictor.h"
#include "ngram/start_tables.h"

namespace pith::container {
namespace {

constexpr uint8_t kFolded = 1;  // flag: line ends are folded

// A multiple of 64.
size_t predictor_memory(size_t shape, uint32_t raw_size) {
  return (ngram::network_predictor_memory(shape, raw_size) + 63) / 64 * 64;
}

// How a network runs through a text: an encoder drafts many steps without error, a decoder one. Of
// a network with a large state fewer fit the room.
struct RunPlan {
  explicit RunPlan(const model::LanguageModel& network) {
    encoder_steps = NetworkTrack::kMostSteps;
    while (encoder_steps > 1 && NetworkRun::memory_bytes(network, encoder_steps) > kNetworkRoom) {
      --encoder_steps;
    }
    history = NetworkRun::memory_bytes(network, 2);
    memory = NetworkRun::memory_bytes(network, encoder_steps);
    const bool fits = history + HistoryDraft::kMemory <= kNetworkRoom;
    if (fits) memory = std::max(memory, history + HistoryDraft::kMemory);
    decoder_steps = fits && model::engine_waits_for_weights() ? 2 : 1;
  }

  size_t encoder_steps;
  size_t decoder_steps;
  size_t history;  // where the memory of a decoder's draft begins, if it makes two steps at once
  size_t memory;   // bytes, either way
};

// A block's working memory: the predictor's, the run's, and a text whose line ends are folded.
struct Room {
  Room(const NeuralConfig& config, uint8_t* memory)
      : predictor(memory),
        run(predictor + predictor_memory(config.shape, config.raw_size)),
        text(run + RunPlan(*config.network).memory) {}

  uint8_t* predictor;
  uint8_t* run;
  uint8_t* text;  // [raw_size]
};

uint32_t guess_from(const NeuralConfig& config) {
  return ngram::kNetworkShape[config.shape].guess_from;
}

MixedPredictor predictor_for(const NeuralConfig& config, const Room& room,
                             std::span<const uint8_t> text) {
  const MixedPredictorFunctions& functions = ngram_kernel().mixed[config.shape];
  const NgramConfig ngrams{
      .level = ngram::kNgramLevels, .kind = config.kind, .prior = config.prior};
  return {functions,
          functions.create(config.kind, start_of(ngrams, ngram::kNetworkLevel),
                           ngram::network_start(config.shape, config.kind, config.prior != nullptr),
                           text.data(), static_cast<uint32_t>(text.size()), room.predictor,
                           table_of(ngrams))};
}

// False if the waiting thread cancelled.
bool report(BlockControl* control, size_t done) {
  if (control == nullptr) return true;
  control->raw_bytes_done.store(done, std::memory_order_relaxed);
  return !control->cancel.load(std::memory_order_relaxed);
}

size_t encode_text(const NeuralConfig& config, const Room& room, std::span<const uint8_t> text,
                   std::span<uint8_t> coded, BlockControl* control, NeuralTrial* trial) {
  MixedPredictor predictor = predictor_for(config, room, text);
  TextDraft draft(config.network->vocabulary(), text);
  NetworkRun run(*config.network, guess_from(config), RunPlan(*config.network).encoder_steps,
                 &draft, room.run);
  codec::RangeEncoder coder(coded);
  model::WalkEncoder walker{coder};
  uint64_t give_up_after = trial->give_up_after;
  const bool done = run.encode(predictor, walker, text, [&](size_t at) {
    if (at >= give_up_after) {
      give_up_after = ~uint64_t{0};
      if (is_hopeless(coder.written(), predictor.ngram_bytes())) return false;
    }
    return !coder.overflowed() && report(control, at);
  });
  trial->ngram_size = predictor.ngram_bytes();
  if (!done) return 0;
  const size_t size = coder.finish();
  return coder.overflowed() ? 0 : size;
}

bool decode_text(const NeuralConfig& config, const Room& room, std::span<const uint8_t> coded,
                 std::span<uint8_t> text, BlockControl* control) {
  MixedPredictor predictor = predictor_for(config, room, text);
  const RunPlan plan(*config.network);
  std::optional<HistoryDraft> draft;
  if (plan.decoder_steps > 1) draft.emplace(room.run + plan.history);
  NetworkRun run(*config.network, guess_from(config), plan.decoder_steps, draft ? &*draft : nullptr,
                 room.run);
  codec::RangeDecoder coder(coded);
  model::WalkDecoder walker{coder};
  return run.decode(predictor, walker, text, [&](size_t done) {
    return coder.overrun() <= kMostOverrun && report(control, done);
  });
}

}  // namespace

bool fits_network_room(const model::LanguageModel& network) {
  return NetworkRun::memory_bytes(network, 1) <= kNetworkRoom;
}

size_t neural_memory(const NeuralConfig& config) {
  return predictor_memory(config.shape, config.raw_size) + RunPlan(*config.network).memory +
         config.raw_size;
}

uint64_t neural_memory_declared(size_t shape, uint32_t raw_size) {
  return predictor_memory(shape, raw_size) + uint64_t{raw_size} + kNetworkRoom +
         ngram::network_start_words(shape) * sizeof(uint16_t);
}

size_t neural_encode(const NeuralConfig& config, std::span<const uint8_t> raw,
                     std::span<uint8_t> coded, std::span<uint8_t> memory, BlockControl* control,
                     NeuralTrial* trial) {
  NeuralTrial unasked;
  if (trial == nullptr) trial = &unasked;
  const Room room(config, memory.data());
  const model::LineEnds ends = model::count_line_ends(raw);
  if (coded.size() < 1 + 2 * kVarintMax) return 0;
  ByteWriter head(coded);
  std::span<const uint8_t> text = raw;
  if (model::folding_pays(ends)) {
    // What folding saves is room enough for the list of lone line ends.
    const std::span<uint8_t> folded(room.text, raw.size() - ends.cr_lf);
    const std::span<uint8_t> lone(room.text + folded.size(), ends.cr_lf);
    const size_t listed = model::fold_line_ends(raw, folded, lone);
    head.u8(kFolded);
    head.varint(folded.size());
    head.varint(listed);
    if (coded.size() - head.size() < listed) return 0;
    head.bytes(lone.first(listed));
    text = folded;
  } else {
    head.u8(0);
  }
  const size_t size = encode_text(config, room, text, coded.subspan(head.size()), control, trial);
  return size == 0 ? 0 : head.size() + size;
}

bool neural_decode(const NeuralConfig& config, std::span<const uint8_t> coded,
                   std::span<uint8_t> raw, std::span<uint8_t> memory, BlockControl* control) {
  const Room room(config, memory.data());
  ByteReader head(coded);
  uint8_t flags = 0;
  if (!head.u8(&flags).ok() || (flags & ~kFolded) != 0) return false;
  if (flags == 0) return decode_text(config, room, coded.subspan(head.pos()), raw, control);
  uint64_t text_size = 0;
  uint64_t listed = 0;
  std::span<const uint8_t> lone;
  if (!head.varint(&text_size).ok() || !head.varint(&listed).ok() || text_size > raw.size() ||
      listed > head.remaining() || !head.take(static_cast<size_t>(listed), &lone).ok()) {
    return false;
  }
  const std::span<uint8_t> text(room.text, static_cast<size_t>(text_size));
  return decode_text(config, room, coded.subspan(head.pos()), text, control) &&
         model::unfold_line_ends(text, lone, raw);
}

}  // namespace pith::container
