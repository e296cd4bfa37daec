#include "model/train/class_cut.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <vector>

namespace pith::train {
namespace {

// A subtree of decisions.
struct Part {
  uint32_t low;
  uint32_t high;  // ids [low, high)
  uint32_t mid;   // of its first decision; 0: one token
  double gain;    // rows times occurrences that a split saves
};

bool gains_less(const Part& a, const Part& b) { return a.gain < b.gain; }

class Cutter {
 public:
  Cutter(const model::Vocabulary& vocabulary, std::span<const uint64_t> counts)
      : vocabulary_(vocabulary), sums_(counts.size() + 1, 0) {
    // One more for each token: those that never occurred are split too.
    for (size_t i = 0; i < counts.size(); ++i) {
      sums_[i + 1] = sums_[i] + static_cast<double>(counts[i]) + 1;
    }
  }

  [[nodiscard]] Part part(uint32_t low, uint32_t high, uint32_t mid) const {
    const double gain = mid == 0 ? 0 : rows(low, high) - rows(low, mid) - rows(mid, high);
    return {low, high, mid, gain};
  }
  [[nodiscard]] Part half(const Part& whole, uint32_t outcome) const {
    const uint32_t next = vocabulary_.decision(whole.mid).next[outcome];
    return outcome == 0 ? part(whole.low, whole.mid, next) : part(whole.mid, whole.high, next);
  }

 private:
  [[nodiscard]] double rows(uint32_t low, uint32_t high) const {
    return (sums_[high] - sums_[low]) * static_cast<double>(high - low);
  }

  const model::Vocabulary& vocabulary_;
  std::vector<double> sums_;  // [tokens + 1]: occurrences of the tokens before
};

}  // namespace

model::ClassCut cut_classes(const model::Vocabulary& vocabulary, std::span<const uint64_t> counts,
                            uint32_t classes) {
  const Cutter cutter(vocabulary, counts);
  std::priority_queue<Part, std::vector<Part>, decltype(&gains_less)> open(gains_less);
  const auto size = static_cast<uint32_t>(vocabulary.size());
  open.push(cutter.part(0, size, vocabulary.root()));
  model::ClassCut cut;
  cut.begin = {0, size};
  while (cut.classes() < classes && open.top().mid != 0) {
    const Part whole = open.top();
    open.pop();
    open.push(cutter.half(whole, 0));
    open.push(cutter.half(whole, 1));
    cut.begin.push_back(whole.mid);
  }
  std::sort(cut.begin.begin(), cut.begin.end());
  return cut;
}

double average_class_rows(const model::ClassCut& cut, std::span<const uint64_t> counts) {
  double rows = 0;
  double all = 0;
  for (uint32_t c = 0; c < cut.classes(); ++c) {
    const auto sum = static_cast<double>(std::accumulate(
        counts.begin() + cut.begin[c], counts.begin() + cut.begin[c + 1], uint64_t{0}));
    rows += sum * cut.size(c);
    all += sum;
  }
  return all > 0 ? rows / all : 0;
}

}  // namespace pith::train
