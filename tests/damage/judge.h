// Reads damaged archives in every way there is, and says whether a wrong byte came out.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "sample.h"

namespace pith::test {

// Whether the checks in damaged bytes were made right again (reseal()).
enum class Seal { kAsDamaged, kMadeRight };

class Judge {
 public:
  // sample: outlives the judge.
  explicit Judge(const Sample& sample);

  // Empty, or what is wrong. `damaged` goes through the decoder (in one call, now and then in
  // random cuts or with threads), the reader and the recovery.
  [[nodiscard]] std::string problem_of(const Bytes& damaged, Seal seal, std::mt19937_64* random);

  // Bytes that are frames of the sample, in whatever order and number, are no damage.
  [[nodiscard]] bool is_whole(const Bytes& bytes) const;

  [[nodiscard]] uint64_t accepted() const { return accepted_; }  // read to the end with right bytes

 private:
  [[nodiscard]] std::string problem_of(const Result& result, const Bytes& damaged);
  [[nodiscard]] std::string reader_problem(const Bytes& damaged) const;
  [[nodiscard]] std::string recovery_problem(const Bytes& damaged, Seal seal) const;

  const Sample& sample_;
  DecoderPtr decoder_;
  uint64_t turn_ = 0;
  uint64_t accepted_ = 0;
};

}  // namespace pith::test
