// Damage census: damages small archives of every method in every way, reads what is left in every
// way, and counts the cases and those where a wrong byte came out or a status was wrong.
//
//   damage_census [CASES]    CASES: random ones a sample, 100 by default
//
// Beside the random ones, every bit and every length of each sample is tried. Half of the damage
// that keeps the length has its checks made right again, so that only the fields and the hashes of
// raw bytes are left to find it. Exits with 0 if there was no failure.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "judge.h"
#include "mutation.h"
#include "sample.h"

namespace {

using pith::test::Bytes;

struct Count {
  uint64_t cases = 0;
  uint64_t failures = 0;
};

class Census {
 public:
  explicit Census(const pith::test::Sample& sample) : sample_(sample), judge_(sample) {}

  void every_bit() {
    for (size_t bit = 0; bit < 8 * sample_.coded.size(); ++bit) {
      Bytes damaged = sample_.coded;
      damaged[bit / 8] ^= static_cast<uint8_t>(1u << (bit % 8));
      // Every bit of a frame is under a check.
      must_be_seen(damaged, "bit " + std::to_string(bit));
    }
  }

  void every_length() {
    for (size_t size = 0; size < sample_.coded.size(); ++size) {
      must_be_seen(
          Bytes(sample_.coded.begin(), sample_.coded.begin() + static_cast<ptrdiff_t>(size)),
          "length " + std::to_string(size));
    }
  }

  void random_ones(uint64_t cases) {
    for (uint64_t i = 0; i < cases; ++i) {
      const auto mutation = static_cast<pith::test::Mutation>(i % pith::test::kMutations);
      const std::string what =
          "mutation " + std::to_string(i % pith::test::kMutations) + ", case " + std::to_string(i);
      Bytes damaged = pith::test::mutated(sample_.coded, mutation, &random_);
      if (keeps_length(mutation) && random_() % 2 == 0) {
        reseal(sample_, &damaged);
        if (!judge_.is_whole(damaged))
          judge(damaged, pith::test::Seal::kMadeRight, what + ", sealed");
      } else {
        must_be_seen(damaged, what);
      }
    }
  }

  [[nodiscard]] const Count& count() const { return count_; }

 private:
  void judge(const Bytes& damaged, pith::test::Seal seal, const std::string& what) {
    ++count_.cases;
    const std::string problem = judge_.problem_of(damaged, seal, &random_);
    if (!problem.empty()) fail(what, problem);
  }

  void must_be_seen(const Bytes& damaged, const std::string& what) {
    if (judge_.is_whole(damaged)) return;
    const uint64_t before = judge_.accepted();
    judge(damaged, pith::test::Seal::kAsDamaged, what);
    if (judge_.accepted() != before) fail(what, "not seen");
  }

  void fail(const std::string& what, const std::string& problem) {
    ++count_.failures;
    std::printf("FAILED: %s, %s: %s\n", sample_.name.c_str(), what.c_str(), problem.c_str());
  }

  const pith::test::Sample& sample_;
  pith::test::Judge judge_;
  std::mt19937_64 random_{1};
  Count count_;
};

}  // namespace

int main(int argc, char** argv) {
  const uint64_t cases = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100;
  const pith::test::Samples samples;
  Count all;
  for (const pith::test::Sample& sample : samples.all()) {
    Census census(sample);
    census.every_bit();
    census.every_length();
    census.random_ones(cases);
    all.cases += census.count().cases;
    all.failures += census.count().failures;
    std::printf("%-28s %5zu bytes %10" PRIu64 " cases %3" PRIu64 " failures\n", sample.name.c_str(),
                sample.coded.size(), census.count().cases, census.count().failures);
    std::fflush(stdout);
  }
  std::printf("damage: %" PRIu64 " cases, %" PRIu64 " failures\n", all.cases, all.failures);
  return all.cases > 0 && all.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
