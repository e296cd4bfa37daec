// How often each pair of neighbouring tokens was seen: a hash table with open addresses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pith::model {

class PairCounts {
 public:
  struct Entry {
    uint32_t pair;   // the first token in the high half
    uint32_t count;  // 0: free

    [[nodiscard]] uint16_t first() const { return static_cast<uint16_t>(pair >> 16); }
    [[nodiscard]] uint16_t second() const { return static_cast<uint16_t>(pair); }
  };

  PairCounts() : entries_(kSizeMin) {}

  void add(uint16_t first, uint16_t second) {
    const uint32_t pair = uint32_t{first} << 16 | second;
    Entry& entry = entries_[place(pair)];
    if (entry.count++ != 0) return;
    entry.pair = pair;
    if (++used_ > entries_.size() / 2) grow();
  }

  // In no particular order. count: at least 1.
  [[nodiscard]] std::vector<Entry> seen_at_least(uint32_t count) const {
    std::vector<Entry> found;
    for (const Entry& entry : entries_) {
      if (entry.count >= count) found.push_back(entry);
    }
    return found;
  }

 private:
  static constexpr size_t kSizeMin = size_t{1} << 16;

  // Of the pair, or of the free entry for it.
  [[nodiscard]] size_t place(uint32_t pair) const {
    const size_t mask = entries_.size() - 1;
    size_t i = (pair * uint64_t{0x9E3779B97F4A7C15} >> 32) & mask;
    while (entries_[i].count != 0 && entries_[i].pair != pair) i = (i + 1) & mask;
    return i;
  }

  void grow() {
    std::vector<Entry> old(entries_.size() * 2);
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.count != 0) entries_[place(entry.pair)] = entry;
    }
  }

  std::vector<Entry> entries_;  // a power of two of them
  size_t used_ = 0;
};

}  // namespace pith::model
