#include "ngram/prior/prior_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "codec/logistic.h"
#include "ngram/bit_history.h"

namespace pith::ngram {
namespace {

constexpr uint32_t kUnit = 64;    // of weights
constexpr uint32_t kCap = 24;     // bits that a primed state is worth at most
constexpr uint32_t kSeldom = 80;  // a bit seen less than once in so many times is forgotten
constexpr uint8_t kRunMost = 20;  // a primed run is at most so long

// [zeros][ones] the state that stands for so many bits, at most kCap + 1 in all.
using StateTable = std::array<std::array<uint8_t, kCap + 2>, kCap + 2>;

int logit_of(uint32_t n0, uint32_t n1) {
  return codec::stretch(4096 * (5 * n1 + 2) / (5 * (n0 + n1) + 4));
}

// How ill a state stands for n0 zeros and n1 ones: the difference of the logits counts most, then
// bits that it has forgotten, then a sequence whose newest bits are not the more frequent ones.
// Less than nothing: it may not be used, for it says of a bit that it has (not) been seen when it
// was not (was).
int misfit(const BitHistory& state, uint32_t n0, uint32_t n1) {
  const int seen = state.n0 + state.n1;
  const int forgotten = static_cast<int>(n0 + n1) - seen;
  if (forgotten < 0) return -1;
  const bool invents = (n0 == 0 && state.n0 != 0) || (n1 == 0 && state.n1 != 0);
  const bool loses = (n0 != 0 && state.n0 == 0) || (n1 != 0 && state.n1 == 0);
  if (invents || (loses && seen > 2)) return -1;
  const int difference = logit_of(state.n0, state.n1) - logit_of(n0, n1);
  int score = ((difference < 0 ? -difference : difference) + forgotten) * 32 + 10;
  const uint8_t frequent = state.n1 > state.n0 ? 1 : 0;
  if (seen <= 4) {
    for (int i = 0; i < seen; ++i) score -= (state.tail >> i & 1) == frequent ? seen - i : 0;
  } else if (state.n0 != 0 && state.n1 != 0 && seen < 16) {
    score -= state.tail == frequent ? 1 : 0;
  }
  return score;
}

StateTable make_states() {
  StateTable table{};
  for (uint32_t n0 = 0; n0 <= kCap + 1; ++n0) {
    for (uint32_t n1 = n0 == 0 ? 1 : 0; n0 + n1 <= kCap + 1; ++n1) {
      int least = -1;
      for (int s = 1; s < kBitHistory.states; ++s) {
        const int score = misfit(kBitHistory.history[static_cast<size_t>(s)], n0, n1);
        if (score < 0 || (least >= 0 && score >= least)) continue;
        least = score;
        table[n0][n1] = static_cast<uint8_t>(s);
      }
    }
  }
  return table;
}

// zeros, ones: weights.
uint8_t primed_state(const StateTable& table, uint32_t zeros, uint32_t ones) {
  const uint32_t total = zeros + ones;
  if (total == 0) return 0;
  const uint32_t worth = std::min(total, kCap * kUnit);
  if (zeros == 0 || ones == 0) {
    const uint32_t n = std::max((worth + kUnit / 2) / kUnit, 1u);
    return ones == 0 ? table[n][0] : table[0][n];
  }
  const auto part = [&](uint32_t weight) {
    const auto n = static_cast<uint32_t>(uint64_t{weight} * worth / total);
    const uint32_t whole = (n + kUnit / 2) / kUnit;
    return whole == 0 && weight * uint64_t{kSeldom} > total ? 1 : whole;
  };
  uint32_t n0 = part(zeros);
  uint32_t n1 = part(ones);
  if (n0 + n1 == 0) ++(zeros > ones ? n0 : n1);
  return table[n0][n1];
}

// Whether any 16 bits of a line could be the header looked for. Most contexts are not in the table,
// and this tells it without a step that depends on the one before.
bool may_have(const uint8_t* line, uint32_t wanted) {
  std::array<uint16_t, PriorTable::kLineSize / 2> header;
  std::memcpy(header.data(), line, PriorTable::kLineSize);
  uint16_t check = static_cast<uint16_t>(wanted);
  uint16_t mask = (1u << PriorTable::kCheckBits) - 1;
  if constexpr (std::endian::native == std::endian::big) {
    check = static_cast<uint16_t>(check << 8 | check >> 8);
    mask = static_cast<uint16_t>(mask << 8 | mask >> 8);
  }
  uint16_t any = 0;
  for (const uint16_t h : header) any |= static_cast<uint16_t>((h & mask) == check ? 1 : 0);
  return any != 0;
}

}  // namespace

uint8_t PriorEntry::run_count() const {
  const uint64_t share = weight[0];
  if (100 * share <= 35 * uint64_t{seen}) return 0;
  const uint64_t rest = seen - std::min<uint64_t>(share, seen);
  const uint64_t run = 100 * rest <= seen ? seen / kUnit : 7 * share / (10 * rest);
  return static_cast<uint8_t>(std::clamp<uint64_t>(run, 1, kRunMost));
}

void PriorEntry::fill(const codec::ByteCode& code, uint32_t path, uint32_t depth,
                      uint8_t* state) const {
  static const StateTable table = make_states();
  uint32_t sum[kNibbleNodes][2] = {};
  for (size_t k = 0; k < count; ++k) {
    const uint32_t to = code.code[byte[k]];
    if ((to ^ path) >> (16 - depth) != 0) continue;
    const uint32_t end = std::min<uint32_t>(code.length[byte[k]], depth + 4);
    uint32_t node = 0;
    for (uint32_t d = depth; d < end; ++d) {
      const uint32_t bit = to >> (15 - d) & 1;
      sum[node][bit] += weight[k];
      node = 2 * node + 1 + bit;
    }
  }
  for (size_t n = 0; n < kNibbleNodes; ++n) state[n] = primed_state(table, sum[n][0], sum[n][1]);
}

bool PriorTable::find(uint32_t hash, PriorEntry* entry) const {
  entry->count = 0;
  uint32_t share = 1u << 16;
  for (;;) {
    const uint8_t* line = line_of(hash);
    const uint32_t wanted = check(hash);
    if (!may_have(line, wanted)) break;
    size_t end = kLineSize;  // successors of the entries not passed yet are before it
    size_t count = 0;
    uint32_t seen_class = 0;
    for (size_t at = 0; at + 2 <= end; at += 2) {
      const uint32_t header = line[at] | static_cast<uint32_t>(line[at + 1]) << 8;
      if (header == 0) break;
      const size_t successors = (header >> kCheckBits & (kSuccessorsMax - 1)) + 1;
      if (at + 2 + successors > end) break;
      if ((header & ((1u << kCheckBits) - 1)) == wanted) {
        count = successors;
        seen_class = header >> (kCheckBits + 3);
        break;
      }
      end -= successors;
    }
    if (count == 0) break;
    if (entry->count == 0) entry->seen = kSeen[seen_class] * kUnit;
    for (size_t k = 0; k < count; ++k) {
      const Code& code = codes_[line[end - 1 - k]];
      share = entry->count == 0 ? uint32_t{code.first} << 8 : share * code.later >> 8;
      entry->byte[entry->count] = code.byte;
      entry->weight[entry->count] = std::max((share * entry->seen) >> 16, 1u);
      ++entry->count;
    }
    if (count < kSuccessorsMax || entry->count == PriorEntry::kMost) break;
    hash = next_hash(hash);
  }
  return entry->count != 0;
}

}  // namespace pith::ngram
