// In which order the streams of a training run read the texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "model/train/batch.h"
#include "model/train/packed_text.h"

namespace pith::train {

// Documents are cut into segments of about equal length. Each stream reads segments one after the
// other, from start to end. The next one is of the file that has had the fewest tokens for its
// weight; a file's segments come in a random order, another one each time they are through.
class Sampler {
 public:
  // text outlives the sampler. weights [text.names.size()], not negative, one above 0 for a file
  // with documents.
  Sampler(const PackedText& text, std::span<const double> weights, uint32_t segment_tokens,
          uint32_t streams, uint64_t seed);

  // The next tokens of streams first .. first + batch->streams - 1; the shape of the batch is the
  // caller's.
  void fill(size_t first, Batch* batch);

  // Everything that changes, for a checkpoint.
  [[nodiscard]] std::vector<uint64_t> state() const;
  // Returns false, and changes nothing, if it is not the state of a sampler over the same text.
  [[nodiscard]] bool restore(std::span<const uint64_t> state);

  // Tokens of a file that were read, and how often all of it was, for the report of a run.
  [[nodiscard]] uint64_t tokens_read(size_t file) const { return files_[file].taken; }
  [[nodiscard]] double epochs(size_t file) const;

 private:
  struct Segment {
    uint64_t begin;
    uint32_t count;
  };
  struct File {
    double weight;
    std::vector<Segment> segments;
    uint64_t tokens = 0;
    std::vector<uint32_t> order;  // of the segments, in this round
    uint64_t round = 0;
    uint64_t next = 0;   // place in order
    uint64_t taken = 0;  // tokens of the segments handed out
  };
  struct Place {
    uint64_t begin = 0;  // the segment
    uint64_t count = 0;
    uint64_t at = 0;  // the next token to predict
  };

  void shuffle(size_t file);
  Place next_segment();

  std::span<const uint16_t> tokens_;
  uint64_t seed_;
  std::vector<File> files_;
  std::vector<Place> streams_;
};

}  // namespace pith::train
