#include "container/coding/block_codec.h"

#include <algorithm>

#include "container/coding/levels.h"
#include "container/methods/content.h"
#include "container/methods/zstd_method.h"
#include "container/priors/built_in_priors.h"

namespace pith::container {
namespace {

using ngram::ContentKind;

// A coded block carries a payload check that a stored one does without: what does not get smaller
// by more than that is stored, which makes the smaller file.
constexpr size_t kStoredAdvantage = 5;  // bytes

NgramConfig ngram_config(int level, ContentKind kind, size_t raw_size,
                         const Prior* prior = nullptr) {
  return {
      .level = level, .kind = kind, .raw_size = static_cast<uint32_t>(raw_size), .prior = prior};
}

// The prior of that number in a block header; null for none. own: the frame's, or null.
const Prior* numbered_prior(uint8_t number, const Prior* own) {
  if (number == kNoPrior) return nullptr;
  return number == kFramePrior ? own : &built_in_prior(number);
}

// At the fast levels zstd gets the blocks that its own fastest level reduces to less than
// 1/kZstdPays: little but long repeats. Measured at level 1 on 8.9 MB of a repeated file: 3,310
// bytes in 0.4 s and decoded in 0.04 s, against 2,474 bytes in 7 s of encoding by the models. Data
// that shrinks less is worth modelling: a log of few templates (62 times) gets 1,286 bytes for
// zstd's 3,028, zeros with islands (80 times) 8,365 for 11,348.
constexpr size_t kZstdPays = 200;

bool zstd_pays(std::span<const uint8_t> raw, std::span<uint8_t> scratch,
               BlockWorkspace* workspace) {
  const size_t size = zstd_probe(raw, scratch, workspace->memory(zstd_probe_memory(raw.size())));
  return size != 0 && size < raw.size() / kZstdPays;
}

bool cancelled(const BlockControl* control) {
  return control != nullptr && control->cancel.load(std::memory_order_relaxed);
}

// What a modelled block is made of, and where to.
struct Modelling {
  std::span<const uint8_t> raw;
  ContentKind kind;
  int level;
  const Prior* prior;
  const model::LanguageModel* network;
  BlockWorkspace* workspace;
  BlockControl* control;
};

size_t encode_with_ngrams(const Modelling& block, std::span<uint8_t> room) {
  const NgramConfig config = ngram_config(block.level, block.kind, block.raw.size(), block.prior);
  return ngram_encode(config, block.raw, room, block.workspace->memory(ngram_memory(config)),
                      block.control);
}

size_t encode_with_network(const Modelling& block, std::span<uint8_t> room, NeuralTrial* trial) {
  const auto raw_size = static_cast<uint32_t>(block.raw.size());
  const NeuralConfig config = {neural_shape(block.level), block.network, block.kind, raw_size,
                               block.prior};
  return neural_encode(config, block.raw, room, block.workspace->memory(neural_memory(config)),
                       block.control, trial);
}

// Beyond this size it is samples that say whether the network pays; below, the first kTrial bytes.
constexpr size_t kSampledFrom = size_t{1} << 20;
constexpr size_t kTrial = size_t{64} << 10;
constexpr size_t kSamplePieces = 3;
constexpr size_t kSamplePiece = 24 * 1024;  // bytes
constexpr size_t kSampled = kSamplePieces * kSamplePiece;

// Whether the network makes samples of a block smaller than n-grams alone do, or about as small.
bool network_pays(const Modelling& block) {
  const std::span<uint8_t> memory =
      block.workspace->check_buffer().discard_and_resize(3 * kSampled);
  const std::span<uint8_t> sample = memory.first(kSampled);
  for (size_t i = 0; i < kSamplePieces; ++i) {
    const size_t at = (block.raw.size() - kSamplePiece) / (kSamplePieces - 1) * i;
    std::copy_n(block.raw.begin() + static_cast<ptrdiff_t>(at), kSamplePiece,
                sample.begin() + static_cast<ptrdiff_t>(i * kSamplePiece));
  }
  Modelling pieces = block;
  pieces.raw = sample;
  pieces.control = nullptr;
  NeuralTrial trial;
  const size_t size = encode_with_network(pieces, memory.subspan(kSampled), &trial);
  return size != 0 && !is_hopeless(size, trial.ngram_size);
}

// Codes a block of text with the network, with n-grams alone, or with both to keep what is smaller.
// Returns the size; 0 if it does not fit.
size_t encode_text(const Modelling& block, std::span<uint8_t> room, Method* method) {
  *method = Method::kNgram;
  NeuralTrial trial;
  if (block.raw.size() <= kSampledFrom) {
    trial.give_up_after = kTrial;
  } else if (!network_pays(block)) {
    return encode_with_ngrams(block, room);
  }
  const size_t with_network = encode_with_network(block, room, &trial);
  if (cancelled(block.control)) return 0;
  if (with_network == 0) return encode_with_ngrams(block, room);
  if (with_network < trial.ngram_size) {
    *method = Method::kNeural;
    return with_network;
  }
  // That was close. The n-grams' code is kept aside.
  const std::span<uint8_t> aside = block.workspace->check_buffer().discard_and_resize(room.size());
  const size_t with_ngrams = encode_with_ngrams(block, aside);
  if (with_ngrams == 0 || with_network < with_ngrams) {
    *method = Method::kNeural;
    return with_network;
  }
  std::copy_n(aside.begin(), with_ngrams, room.begin());
  return with_ngrams;
}

Status verify_block(const BlockHeader& header, std::span<const uint8_t> payload,
                    std::span<const uint8_t> raw, const FrameModels& models,
                    BlockWorkspace* workspace, BlockControl* control) {
  Buffer& decoded = workspace->check_buffer();
  const Status status = decode_block(header, payload, models, &decoded, workspace, control);
  if (status.code == PITH_ERR_CANCELLED) return status;
  PITH_CHECK(status.ok() && std::equal(raw.begin(), raw.end(), decoded.data()), PITH_ERR_VERIFY,
             "a block did not decode to what it was made from");
  return {};
}

}  // namespace

Status encode_block(std::span<const uint8_t> raw, const EncodeOptions& options, Buffer* coded,
                    BlockWorkspace* workspace, BlockControl* control, EncodedBlock* block) {
  BlockHeader& header = block->header;
  header.method = Method::kStored;
  header.kind = detect_content(raw);
  header.level = static_cast<uint8_t>(options.level);
  header.prior = kNoPrior;
  header.raw_size = static_cast<uint32_t>(raw.size());
  header.raw_hash = hash64(raw);
  block->payload = raw;

  if (header.kind != ContentKind::kIncompressible && raw.size() > kStoredAdvantage) {
    const std::span<uint8_t> room =
        coded->discard_and_resize(raw.size()).first(raw.size() - kStoredAdvantage);
    size_t size = 0;
    if (level_traits(options.level).zstd_where_close && zstd_pays(raw, room, workspace)) {
      header.method = Method::kZstd;
      size = zstd_encode(raw, room, workspace->memory(zstd_encode_memory(raw.size())));
    } else {
      if (options.prior != nullptr && options.prior->serves(header.kind)) {
        header.prior = kFramePrior;
      } else if (options.built_in_priors) {
        header.prior = choose_built_in_prior(header.kind, raw);
      }
      const Modelling modelling = {raw,
                                   header.kind,
                                   options.level,
                                   numbered_prior(header.prior, options.prior),
                                   options.network,
                                   workspace,
                                   control};
      const bool is_text = static_cast<size_t>(header.kind) < kPriorKinds;
      header.method = Method::kNgram;
      size = options.network != nullptr && is_text ? encode_text(modelling, room, &header.method)
                                                   : encode_with_ngrams(modelling, room);
      if (header.method == Method::kNeural) header.level = neural_level(options.level);
      PITH_CHECK(!cancelled(control), PITH_ERR_CANCELLED, nullptr);
    }
    if (size != 0) {
      block->payload = room.first(size);
    } else {
      header.method = Method::kStored;
      header.level = static_cast<uint8_t>(options.level);
      header.prior = kNoPrior;
    }
  }
  header.coded_size = static_cast<uint32_t>(block->payload.size());
  if (header.method != Method::kStored) header.payload_check = check32(block->payload);
  if (options.verify) {
    PITH_TRY(verify_block(header, block->payload, raw, {options.prior, options.network}, workspace,
                          control));
  }
  if (control != nullptr) control->raw_bytes_done.store(raw.size(), std::memory_order_relaxed);
  return {};
}

Status decode_block(const BlockHeader& header, std::span<const uint8_t> payload,
                    const FrameModels& models, Buffer* raw, BlockWorkspace* workspace,
                    BlockControl* control) {
  PITH_CHECK(payload.size() == header.coded_size, PITH_ERR_INTERNAL, "a payload of a wrong size");
  PITH_CHECK(header.method == Method::kStored || check32(payload) == header.payload_check,
             PITH_ERR_CHECKSUM, "the payload of a block is damaged");
  const std::span<uint8_t> out = raw->discard_and_resize(header.raw_size);
  const Prior* const prior = numbered_prior(header.prior, models.prior);
  PITH_CHECK(header.prior == kNoPrior || (prior != nullptr && prior->serves(header.kind)),
             PITH_ERR_PRIOR, "a block needs a prior that is not here");
  bool decoded = false;
  switch (header.method) {
    case Method::kStored:
      std::copy(payload.begin(), payload.end(), out.begin());
      decoded = true;
      break;
    case Method::kZstd:
      decoded = zstd_decode(payload, out, workspace->memory(zstd_decode_memory()));
      break;
    case Method::kNgram: {
      const NgramConfig config = ngram_config(header.level, header.kind, header.raw_size, prior);
      decoded =
          ngram_decode(config, payload, out, workspace->memory(ngram_memory(config)), control);
      break;
    }
    case Method::kNeural: {
      PITH_CHECK(models.network != nullptr, PITH_ERR_MODEL,
                 "a block needs a network that is not here");
      const NeuralConfig config = {neural_shape(header.level), models.network, header.kind,
                                   header.raw_size, prior};
      decoded =
          neural_decode(config, payload, out, workspace->memory(neural_memory(config)), control);
      break;
    }
  }
  PITH_CHECK(!cancelled(control), PITH_ERR_CANCELLED, nullptr);
  PITH_CHECK(decoded, PITH_ERR_CORRUPT, "the payload of a block cannot be decoded");
  PITH_CHECK(hash64(out) == header.raw_hash, PITH_ERR_CHECKSUM,
             "a block decodes to bytes that do not match its hash");
  if (control != nullptr) control->raw_bytes_done.store(out.size(), std::memory_order_relaxed);
  return {};
}

}  // namespace pith::container
