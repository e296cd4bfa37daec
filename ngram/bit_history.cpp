#include "ngram/bit_history.h"

namespace pith::ngram {
namespace {

constexpr int kWholeBits = 4;   // sequences up to this length are kept as they are
constexpr int kLastBelow = 16;  // totals below this keep the last bit

// Most that the larger count may reach when the smaller count is the index; past the end: not
// allowed.
constexpr std::array<int, 5> kCountBound = {41, 40, 12, 5, 4};

constexpr bool history_allowed(int n0, int n1) {
  const int low = n0 < n1 ? n0 : n1;
  const int high = n0 < n1 ? n1 : n0;
  if (low + high <= kWholeBits) return true;
  return low < static_cast<int>(kCountBound.size()) &&
         high <= kCountBound[static_cast<std::size_t>(low)];
}

// The count of the other bit after a contradiction.
constexpr int discounted(int n) {
  if (n <= 2) return n;
  if (n <= 4) return 2;
  if (n <= 8) return 3;
  return 4;
}

constexpr BitHistory history_after(BitHistory from, int bit) {
  int same = bit ? from.n1 : from.n0;
  int other = bit ? from.n0 : from.n1;
  const bool whole = same + other < kWholeBits;
  ++same;
  if (!whole) other = discounted(other);
  while (!history_allowed(same, other)) {
    if (same > other) {
      --same;
    } else {
      --other;
    }
  }
  BitHistory to;
  to.n0 = static_cast<uint8_t>(bit ? other : same);
  to.n1 = static_cast<uint8_t>(bit ? same : other);
  if (whole) {
    to.tail = static_cast<uint8_t>(from.tail << 1 | bit);
  } else if (to.n0 != 0 && to.n1 != 0 && same + other < kLastBelow) {
    to.tail = static_cast<uint8_t>(bit);
  }
  if (!whole && same + other <= kWholeBits) {
    // A discount led back among the sequences: the likeliest one, old bits first.
    to.tail = static_cast<uint8_t>(bit ? (1 << same) - 1 : ((1 << other) - 1) << same);
  }
  return to;
}

constexpr BitHistoryTable make_bit_histories() {
  BitHistoryTable table{};
  std::array<std::array<std::array<uint8_t, 16>, 64>, 64> number{};  // [n0][n1][tail]
  // States are numbered by total count, so that a larger state is one that knows more.
  int states = 0;
  for (int total = 0; total <= 64; ++total) {
    for (int n1 = 0; n1 <= total; ++n1) {
      const int n0 = total - n1;
      if (!history_allowed(n0, n1)) continue;
      const bool whole = total <= kWholeBits;
      const int tails = whole ? 1 << total : n0 != 0 && n1 != 0 && total < kLastBelow ? 2 : 1;
      for (int tail = 0; tail < tails; ++tail) {
        if (whole) {
          int ones = 0;
          for (int i = 0; i < total; ++i) ones += tail >> i & 1;
          if (ones != n1) continue;
        }
        table.history[static_cast<std::size_t>(states)] = {
            static_cast<uint8_t>(n0), static_cast<uint8_t>(n1), static_cast<uint8_t>(tail)};
        number[static_cast<std::size_t>(n0)][static_cast<std::size_t>(n1)]
              [static_cast<std::size_t>(tail)] = static_cast<uint8_t>(states);
        ++states;
      }
    }
  }
  table.states = states;
  for (std::size_t state = 0; state < static_cast<std::size_t>(states); ++state) {
    for (int bit = 0; bit < 2; ++bit) {
      const BitHistory to = history_after(table.history[state], bit);
      table.next[static_cast<std::size_t>(bit)][state] = number[to.n0][to.n1][to.tail];
    }
  }
  return table;
}

}  // namespace

alignas(64) constexpr BitHistoryTable kBitHistory = make_bit_histories();
static_assert(kBitHistory.states <= 256);

}  // namespace pith::ngram
