// A prior as a file and in use: the table of contexts, and starting values trained to go with it.
// docs/format.md section 11.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "codec/once.h"
#include "container/base/status.h"
#include "container/format/format.h"
#include "ngram/content_kind.h"
#include "ngram/ensemble.h"
#include "ngram/prior/packing.h"
#include "ngram/prior/prior_table.h"
#include "ngram/start.h"

namespace pith::container {

inline constexpr uint64_t kPriorSizeMax = uint64_t{1} << 30;  // bytes

// Safe to use from several threads. Everything points into the bytes of the file, but for the
// starting values, which are unpacked when they are first asked for.
class Prior {
 public:
  // Reads a prior of unknown origin: every byte is proved by its hash, and all is unpacked once.
  // file must outlive the prior, and should be aligned to 64 bytes. PITH_ERR_FORMAT: not a prior;
  // PITH_ERR_VERSION: made by another version; PITH_ERR_TRUNCATED, PITH_ERR_CHECKSUM,
  // PITH_ERR_CORRUPT. Throws std::bad_alloc.
  static Status read(std::span<const uint8_t> file, std::unique_ptr<Prior>* prior);
  // The same for one that is part of the program: the header alone is looked at, so that only what
  // a block asks for is read from the program's file.
  static Status map(std::span<const uint8_t> file, std::unique_ptr<Prior>* prior);

  // What names it in a frame: the first eight bytes of its hash, as a big-endian number. Not 0.
  [[nodiscard]] uint64_t id() const { return id_; }
  [[nodiscard]] const ngram::PriorTable& table() const { return table_; }
  // Whether blocks of this kind can be coded with it.
  [[nodiscard]] bool serves(ngram::ContentKind kind) const;
  // Starting values of a level (its index) and a kind it serves. Throws std::bad_alloc.
  [[nodiscard]] const ngram::Start& start(size_t level, ngram::ContentKind kind) const;

 private:
  struct StartingValues {
    std::span<const uint8_t> coded;  // a zstd frame; empty: the kind is not served
    codec::Once once;
    std::vector<uint16_t> words;
    ngram::Start start{};
  };

  Prior() = default;
  static bool unpack(size_t level, StartingValues* values);

  uint64_t id_ = 0;
  ngram::PriorTable table_;
  mutable std::array<std::array<StartingValues, kPriorKinds>, ngram::kNgramLevels> starts_;
};

// Whether a frame that names this prior (0: none) can be decoded with the one at hand (null: none).
Status check_frame_prior(uint64_t wanted, const Prior* given);

// [level][kind] starting values, empty where the kind is not served.
using PriorStarts = std::array<std::array<std::vector<uint16_t>, kPriorKinds>, ngram::kNgramLevels>;

// Makes the bytes of a prior. A kind is served at all levels or at none.
[[nodiscard]] std::vector<uint8_t> serialise_prior(const ngram::PackedPrior& packed,
                                                   const PriorStarts& starts);

}  // namespace pith::container
