#include "container/block_codec.h"

#include <algorithm>

#include "container/built_in_priors.h"
#include "container/content.h"
#include "container/levels.h"
#include "container/zstd_method.h"

namespace pith::container {
namespace {

using ngram::ContentKind;

// Part of the declared memory that does not depend on the block: contexts, headers, states of
// checksums.
constexpr uint64_t kFixedMemory = 256 * 1024;

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

// Working memory of the n-gram method over all kinds of content.
size_t ngram_memory_max(int level, size_t raw_size) {
  size_t most = 0;
  for (ContentKind kind : {ContentKind::kText, ContentKind::kStructured, ContentKind::kBinary}) {
    most = std::max(most, ngram_memory(ngram_config(level, kind, raw_size)));
  }
  return most;
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

Status verify_block(const BlockHeader& header, std::span<const uint8_t> payload,
                    std::span<const uint8_t> raw, const Prior* prior, BlockWorkspace* workspace,
                    BlockControl* control) {
  Buffer& decoded = workspace->check_buffer();
  const Status status = decode_block(header, payload, prior, &decoded, workspace, control);
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
      header.method = Method::kNgram;
      if (options.prior != nullptr && options.prior->serves(header.kind)) {
        header.prior = kFramePrior;
      } else if (options.built_in_priors) {
        header.prior = choose_built_in_prior(header.kind, raw);
      }
      const NgramConfig config = ngram_config(options.level, header.kind, raw.size(),
                                              numbered_prior(header.prior, options.prior));
      size = ngram_encode(config, raw, room, workspace->memory(ngram_memory(config)), control);
      PITH_CHECK(!cancelled(control), PITH_ERR_CANCELLED, nullptr);
    }
    if (size != 0) {
      block->payload = room.first(size);
    } else {
      header.method = Method::kStored;
      header.prior = kNoPrior;
    }
  }
  header.coded_size = static_cast<uint32_t>(block->payload.size());
  if (header.method != Method::kStored) header.payload_check = check32(block->payload);
  if (options.verify) {
    PITH_TRY(verify_block(header, block->payload, raw, options.prior, workspace, control));
  }
  if (control != nullptr) control->raw_bytes_done.store(raw.size(), std::memory_order_relaxed);
  return {};
}

Status decode_block(const BlockHeader& header, std::span<const uint8_t> payload, const Prior* prior,
                    Buffer* raw, BlockWorkspace* workspace, BlockControl* control) {
  PITH_CHECK(payload.size() == header.coded_size, PITH_ERR_INTERNAL, "a payload of a wrong size");
  PITH_CHECK(header.method == Method::kStored || check32(payload) == header.payload_check,
             PITH_ERR_CHECKSUM, "the payload of a block is damaged");
  const std::span<uint8_t> out = raw->discard_and_resize(header.raw_size);
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
      const Prior* used = numbered_prior(header.prior, prior);
      PITH_CHECK(header.prior == kNoPrior || (used != nullptr && used->serves(header.kind)),
                 PITH_ERR_PRIOR, "a block needs a prior that is not here");
      const NgramConfig config = ngram_config(header.level, header.kind, header.raw_size, used);
      decoded =
          ngram_decode(config, payload, out, workspace->memory(ngram_memory(config)), control);
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

uint64_t block_decode_memory(const BlockHeader& header) {
  const uint64_t buffers = uint64_t{header.raw_size} + header.coded_size + kFixedMemory;
  if (header.method != Method::kNgram) return buffers;
  return buffers + ngram_memory(ngram_config(header.level, header.kind, header.raw_size));
}

uint64_t frame_decode_memory(int level, uint32_t block_size) {
  return 2 * uint64_t{block_size} + ngram_memory_max(level, block_size) + kFixedMemory;
}

uint64_t block_encode_memory(int level, uint32_t block_size, bool verify) {
  uint64_t working = ngram_memory_max(level, block_size);
  if (level_traits(level).zstd_where_close) {
    working = std::max<uint64_t>(working, zstd_encode_memory(block_size));
  }
  return working + (verify ? 3 : 2) * uint64_t{block_size} + kFixedMemory;
}

}  // namespace pith::container
