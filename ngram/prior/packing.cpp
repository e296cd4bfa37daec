#include "ngram/prior/packing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

namespace pith::ngram {
namespace {

constexpr float kLeastShare = 0.01F;  // rarer successors are not worth a byte
// A context of many parts of the text is likelier to be met in another text than its frequency
// alone says.
constexpr double kSpreadPower = 1.7;
constexpr size_t kHeader = 2;  // bytes
constexpr double kFill =
    0.8;  // of the lines, where there is room for everything: lines fill unevenly

// Shares are told apart in so many steps: successors that are frequent in finer ones.
constexpr size_t kFineBytes = 40;    // the most frequent have 4 steps each, ...
constexpr size_t kMiddleBytes = 24;  // the next 2, and the others one, up to 256 codes in all
constexpr size_t kSteps = 4;
constexpr std::array<float, kSteps - 1> kFirstSteps = {0.97F, 0.8F, 0.5F};
constexpr std::array<float, kSteps - 1> kLaterSteps = {0.7F, 0.35F, 0.15F};

struct Candidate {
  float usefulness;
  uint32_t context;  // of kPriorContexts
  uint32_t index;    // of its counts
};

// Successors that may get into a table.
std::span<const Successor> worth_keeping(const ContextCounts& counts, const ContextCount& c,
                                         bool whole) {
  const auto all = counts.successors_of(c);
  size_t n = 0;
  const size_t most = whole ? PriorEntry::kMost : PriorTable::kSuccessorsMax;
  while (n < all.size() && n < most && all[n].share >= kLeastShare) ++n;
  return all.first(n);
}

size_t packed_size(size_t successors) {
  return successors +
         kHeader * ((successors + PriorTable::kSuccessorsMax - 1) / PriorTable::kSuccessorsMax);
}

std::vector<Candidate> candidates_of(std::span<const ContextCounts> counts) {
  std::vector<Candidate> all;
  for (size_t i = 0; i < counts.size(); ++i) {
    for (size_t k = 0; k < counts[i].context.size(); ++k) {
      const ContextCount& c = counts[i].context[k];
      const size_t n = worth_keeping(counts[i], c, kPriorContexts[i].whole).size();
      if (n == 0 || c.gain <= 0) continue;
      // What follows a byte is always worth it: every text asks for it.
      const double use = i == 0 ? 1e30
                                : std::pow(c.chunks, kSpreadPower) * double{c.gain} /
                                      static_cast<double>(packed_size(n));
      all.push_back({static_cast<float>(use), static_cast<uint32_t>(i), static_cast<uint32_t>(k)});
    }
  }
  std::sort(all.begin(), all.end(), [](const Candidate& x, const Candidate& y) {
    if (x.usefulness != y.usefulness) return x.usefulness > y.usefulness;
    return x.context != y.context ? x.context < y.context : x.index < y.index;
  });
  return all;
}

// Which codes there are, and which one says a share best.
class CodeBook {
 public:
  CodeBook(std::span<const ContextCounts> counts, std::span<const Candidate> used) {
    std::array<uint64_t, 256> times{};
    for_each(counts, used, [&](uint8_t byte, float, bool) { ++times[byte]; });
    std::array<uint8_t, 256> order;
    std::iota(order.begin(), order.end(), uint8_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](uint8_t x, uint8_t y) { return times[x] > times[y]; });
    size_t codes = 0;
    for (size_t rank = 0; rank < order.size() && codes < PriorTable::kCodes; ++rank) {
      const uint8_t byte = order[rank];
      first_[byte] = static_cast<uint16_t>(codes);
      steps_[byte] = rank < kFineBytes ? 4 : rank < kFineBytes + kMiddleBytes ? 2 : 1;
      codes += steps_[byte];
    }
    // A code stands for the mean of the shares it is used for.
    std::vector<std::array<double, 4>> sum(PriorTable::kCodes, {0, 0, 0, 0});
    for_each(counts, used, [&](uint8_t byte, float ratio, bool is_first) {
      const int code = code_of(byte, ratio, is_first);
      if (code < 0) return;
      sum[static_cast<size_t>(code)][is_first ? 0 : 2] += double{ratio};
      sum[static_cast<size_t>(code)][is_first ? 1 : 3] += 1;
    });
    code_.resize(PriorTable::kCodes);
    for (size_t b = 0; b < 256; ++b) {
      for (size_t step = 0; step < steps_[b]; ++step) {
        const size_t i = first_[b] + step;
        const auto mean = [&](size_t at) {
          const double value = sum[i][at + 1] > 0 ? sum[i][at] / sum[i][at + 1] : 0.5;
          return static_cast<uint8_t>(std::clamp(std::lround(value * 256), 1L, 255L));
        };
        code_[i] = {static_cast<uint8_t>(b), mean(0), mean(2)};
      }
    }
  }

  // -1: the byte has none.
  [[nodiscard]] int code_of(uint8_t byte, float ratio, bool is_first) const {
    const size_t steps = steps_[byte];
    if (steps == 0) return -1;
    const auto& limits = is_first ? kFirstSteps : kLaterSteps;
    // Two steps are told apart in the middle of four.
    size_t step = 0;
    if (steps == 4) {
      while (step < limits.size() && ratio < limits[step]) ++step;
    } else if (steps == 2) {
      step = ratio < limits[1] ? 1 : 0;
    }
    return static_cast<int>(first_[byte] + step);
  }

  [[nodiscard]] const std::vector<PriorTable::Code>& codes() const { return code_; }

 private:
  // f(byte, ratio, is first) for all successors of the candidates.
  template <class F>
  static void for_each(std::span<const ContextCounts> counts, std::span<const Candidate> used,
                       F f) {
    for (const Candidate& x : used) {
      const ContextCounts& from = counts[x.context];
      float before = 1;
      bool is_first = true;
      for (const Successor& s :
           worth_keeping(from, from.context[x.index], kPriorContexts[x.context].whole)) {
        f(s.byte, s.share / before, is_first);
        before = s.share;
        is_first = false;
      }
    }
  }

  std::array<uint16_t, 256> first_{};  // [byte] its first code
  std::array<uint8_t, 256> steps_{};   // [byte] number of its codes
  std::vector<PriorTable::Code> code_;
};

// Lines that entries are put into from both ends.
class Lines {
 public:
  explicit Lines(uint32_t count)
      : bytes_(size_t{count} * PriorTable::kLineSize),
        entries_(count),
        successors_(count),
        count_(count) {}

  // False: no room, or another entry of the line has the same check.
  bool put(uint32_t hash, uint32_t seen_class, std::span<const uint8_t> codes) {
    const uint32_t at = PriorTable::line_number(hash, count_);
    const size_t head = kHeader * entries_[at];
    if (head + successors_[at] + kHeader + codes.size() > PriorTable::kLineSize) return false;
    uint8_t* line = bytes_.data() + size_t{at} * PriorTable::kLineSize;
    const uint32_t check = PriorTable::check(hash);
    for (size_t i = 0; i < head; i += kHeader) {
      const uint32_t other = line[i] | static_cast<uint32_t>(line[i + 1]) << 8;
      if ((other & ((1u << PriorTable::kCheckBits) - 1)) == check) return false;
    }
    const auto header = static_cast<uint32_t>(check | (codes.size() - 1) << PriorTable::kCheckBits |
                                              seen_class << (PriorTable::kCheckBits + 3));
    line[head] = static_cast<uint8_t>(header);
    line[head + 1] = static_cast<uint8_t>(header >> 8);
    for (const uint8_t code : codes) line[PriorTable::kLineSize - ++successors_[at]] = code;
    ++entries_[at];
    return true;
  }

  [[nodiscard]] std::vector<uint8_t>& bytes() { return bytes_; }

 private:
  std::vector<uint8_t> bytes_;
  std::vector<uint8_t> entries_;     // [line]
  std::vector<uint8_t> successors_;  // [line] bytes
  uint32_t count_;
};

uint32_t class_of(uint32_t seen) {
  uint32_t c = 0;
  while (c + 1 < PriorTable::kSeenFrom.size() && seen >= PriorTable::kSeenFrom[c + 1]) ++c;
  return c;
}

}  // namespace

PackedPrior pack_prior(std::span<const ContextCounts> counts, uint64_t bytes) {
  const std::vector<Candidate> candidates = candidates_of(counts);
  // The candidates that fit, about, are what the codes are made for.
  size_t fitting = 0;
  uint64_t needed = 0;
  for (; fitting < candidates.size() && needed < bytes; ++fitting) {
    const Candidate& x = candidates[fitting];
    needed += packed_size(worth_keeping(counts[x.context], counts[x.context].context[x.index],
                                        kPriorContexts[x.context].whole)
                              .size());
  }
  const CodeBook book(counts, std::span(candidates).first(fitting));
  const auto wanted = static_cast<uint64_t>(static_cast<double>(needed) / kFill) + 1;
  const uint64_t count = std::max<uint64_t>(std::min(wanted, bytes) / PriorTable::kLineSize, 1);
  Lines lines(static_cast<uint32_t>(count));
  PackedPrior out;
  out.codes = book.codes();
  for (const Candidate& x : candidates) {
    const ContextCounts& from = counts[x.context];
    const ContextCount& c = from.context[x.index];
    std::array<uint8_t, PriorEntry::kMost> code;
    size_t n = 0;
    float before = 1;
    for (const Successor& s : worth_keeping(from, c, kPriorContexts[x.context].whole)) {
      const int found = book.code_of(s.byte, s.share / before, n == 0);
      if (found < 0) continue;
      code[n++] = static_cast<uint8_t>(found);
      before = s.share;
    }
    uint32_t hash = c.hash;
    for (size_t k = 0; k < n; k += PriorTable::kSuccessorsMax) {
      const size_t size = std::min(PriorTable::kSuccessorsMax, n - k);
      if (!lines.put(hash, class_of(c.seen), std::span(code).subspan(k, size))) break;
      ++out.entries;
      hash = PriorTable::next_hash(hash);
    }
  }
  out.lines = std::move(lines.bytes());
  return out;
}

}  // namespace pith::ngram
