#include "corpora/overlap.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <unordered_set>
#include <utility>

namespace pith::corpus {
namespace {

constexpr size_t kDifferentBytesMin = 6;              // in a block
constexpr size_t kFilterBitsMax = size_t{1} << 26;    // 8 MiB: stays in a large cache
constexpr uint64_t kMultiplier = 0x9E3779B97F4A7C15;  // odd, without a pattern

constexpr uint64_t power(uint64_t base, size_t exponent) {
  uint64_t result = 1;
  for (size_t i = 0; i < exponent; ++i) result *= base;
  return result;
}

uint64_t hash_of(std::span<const uint8_t> bytes) {
  uint64_t hash = 0;
  for (const uint8_t byte : bytes) hash = hash * kMultiplier + byte + 1;
  return hash;
}

// Low bits of the rolling hash depend on low bits alone.
uint64_t mixed(uint64_t hash) { return (hash ^ hash >> 31) * kMultiplier; }

size_t different_bytes(std::span<const uint8_t> bytes) {
  std::array<bool, 256> seen = {};
  for (const uint8_t byte : bytes) seen[byte] = true;
  return static_cast<size_t>(std::count(seen.begin(), seen.end(), true));
}

}  // namespace

void OverlapSearch::add_benchmark(std::vector<uint8_t> content) {
  const auto number = static_cast<uint32_t>(benchmarks_.size());
  const auto first_block = static_cast<uint32_t>(blocks_.size());
  for (size_t offset = 0; offset + kBlock <= content.size(); offset += kBlock) {
    blocks_.push_back(
        {.hash = hash_of(std::span(content).subspan(offset, kBlock)), .benchmark = number});
  }
  benchmarks_.push_back({std::move(content), first_block});
}

uint64_t OverlapSearch::block_offset(uint32_t block) const {
  return uint64_t{kBlock} * (block - benchmarks_[blocks_[block].benchmark].first_block);
}

// Of blocks with the same bytes around them one is enough: what is shared at one is shared at all.
// It keeps chains short where a benchmark repeats itself.
void OverlapSearch::build_table() {
  table_.assign(std::bit_ceil(2 * blocks_.size() + 2), kNone);
  filter_.assign(std::min(kFilterBitsMax, std::bit_ceil(16 * blocks_.size() + 64)) / 64, 0);
  const int shift = 64 - std::countr_zero(table_.size());
  std::unordered_set<uint64_t> surroundings;
  for (uint32_t i = 0; i < blocks_.size(); ++i) {
    const std::span<const uint8_t> content = benchmarks_[blocks_[i].benchmark].content;
    const uint64_t offset = block_offset(i);
    if (different_bytes(content.subspan(offset, kBlock)) < kDifferentBytesMin) continue;
    const uint64_t begin = offset - std::min<uint64_t>(offset, kBlock);
    const uint64_t end = std::min<uint64_t>(offset + 2 * kBlock, content.size());
    const uint64_t around = mixed(hash_of(content.subspan(begin, end - begin))) + (offset - begin);
    if (!surroundings.insert(around).second) continue;
    const uint64_t key = mixed(blocks_[i].hash);
    uint32_t& head = table_[key >> shift];
    blocks_[i].next = head;
    head = i;
    filter_[key / 64 & (filter_.size() - 1)] |= uint64_t{1} << key % 64;
  }
}

OverlapSearch::Shared OverlapSearch::extend(uint32_t block, std::span<const uint8_t> text,
                                            uint64_t at) const {
  const uint32_t number = blocks_[block].benchmark;
  const std::span<const uint8_t> content = benchmarks_[number].content;
  const uint64_t offset = block_offset(block);
  if (std::memcmp(content.data() + offset, text.data() + at, kBlock) != 0) return {};
  uint64_t before = 0;
  const uint64_t before_max = std::min(offset, at);
  while (before < before_max && content[offset - before - 1] == text[at - before - 1]) ++before;
  uint64_t length = kBlock;
  const uint64_t length_max = std::min(content.size() - offset, text.size() - at);
  while (length < length_max && content[offset + length] == text[at + length]) ++length;
  return {number, training_, offset - before, at - before, before + length};
}

bool OverlapSearch::lies_inside(uint32_t block, uint64_t at, const Shared& shared) const {
  return blocks_[block].benchmark == shared.benchmark &&
         block_offset(block) - shared.offset == at - shared.training_offset &&
         at + kBlock <= shared.training_offset + shared.length;
}

void OverlapSearch::note(const Shared& shared) {
  const uint32_t first_block = benchmarks_[shared.benchmark].first_block;
  const uint64_t end = (shared.offset + shared.length) / kBlock;
  for (uint64_t i = (shared.offset + kBlock - 1) / kBlock; i < end; ++i) {
    Block& block = blocks_[first_block + i];
    const bool first = block.longest.length == 0;
    block.begin = first ? shared.offset : std::min(block.begin, shared.offset);
    block.end = std::max(block.end, shared.offset + shared.length);
    if (shared.length > block.longest.length) block.longest = shared;
  }
}

void OverlapSearch::search(std::span<const uint8_t> text) {
  constexpr uint64_t kOldest = power(kMultiplier, kBlock);
  if (table_.empty()) build_table();
  const int shift = 64 - std::countr_zero(table_.size());
  const uint64_t filter_mask = filter_.size() - 1;  // a power of two
  uint64_t hash = 0;
  Shared last;
  for (size_t i = 0; i < text.size(); ++i) {
    hash = hash * kMultiplier + text[i] + 1;
    if (i >= kBlock) hash -= kOldest * (text[i - kBlock] + uint64_t{1});
    const uint64_t key = mixed(hash);
    if ((filter_[key / 64 & filter_mask] >> key % 64 & 1) == 0 || i + 1 < kBlock) continue;
    const uint64_t at = i + 1 - kBlock;
    for (uint32_t block = table_[key >> shift]; block != kNone; block = blocks_[block].next) {
      // The string found last has been noted for all blocks in it.
      if (blocks_[block].hash != hash || lies_inside(block, at, last)) continue;
      const Shared shared = extend(block, text, at);
      if (shared.length < kSharedMin) continue;
      note(shared);
      last = shared;
    }
  }
  ++training_;
}

std::vector<Stretch> OverlapSearch::stretches() const {
  std::vector<Stretch> list;
  for (const Block& block : blocks_) {
    const Shared& shared = block.longest;
    if (shared.length == 0) continue;
    const bool continues = !list.empty() && list.back().benchmark == shared.benchmark &&
                           block.begin <= list.back().offset + list.back().length;
    if (!continues) {
      list.push_back({.benchmark = shared.benchmark,
                      .offset = block.begin,
                      .length = 0,
                      .longest_offset = 0,
                      .longest = 0,
                      .training = 0,
                      .training_offset = 0});
    }
    Stretch& stretch = list.back();
    const uint64_t end = std::max(stretch.offset + stretch.length, block.end);
    stretch.offset = std::min(stretch.offset, block.begin);
    stretch.length = end - stretch.offset;
    if (shared.length > stretch.longest) {
      stretch.longest = shared.length;
      stretch.longest_offset = shared.offset;
      stretch.training = shared.training;
      stretch.training_offset = shared.training_offset;
    }
  }
  return list;
}

}  // namespace pith::corpus
