// Small archives of every method, to be damaged: what is in them, and where their structures lie.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "pith/pith.h"
#include "tests/container/stream.h"

namespace pith::test {

// A frame of an archive. Places are offsets in the archive, bytes.
struct SampleFrame {
  struct Block {
    size_t header = 0;  // where it begins
    size_t payload = 0;
    size_t end = 0;
    bool has_payload_check = false;
  };
  size_t begin = 0;
  size_t header_end = 0;
  std::vector<Block> blocks;
  size_t end = 0;
  Bytes raw;
};

struct Sample {
  std::string name;
  Bytes coded;
  Bytes raw;  // of all frames
  std::vector<SampleFrame> frames;
  const pith_prior* prior = nullptr;  // what decoding needs beside what is built in
  const pith_model* model = nullptr;
};

// The samples, and the prior and the model that some of them need.
class Samples {
 public:
  // Checks that each is of the method its name says. Empty all() if not, with a line on standard
  // error.
  Samples();
  [[nodiscard]] const std::vector<Sample>& all() const { return all_; }

 private:
  struct Free {
    void operator()(pith_prior* prior) const { pith_prior_free(prior); }
    void operator()(pith_model* model) const { pith_model_free(model); }
  };

  Bytes prior_file_;
  Bytes model_file_;
  std::unique_ptr<pith_prior, Free> prior_;
  std::unique_ptr<pith_model, Free> model_;
  std::vector<Sample> all_;
};

// Makes the checks of headers, payloads and footers right again where the lengths of the structures
// have not changed: what is left to find the damage are the fields themselves and the hashes of the
// raw bytes.
void reseal(const Sample& sample, Bytes* damaged);

}  // namespace pith::test
