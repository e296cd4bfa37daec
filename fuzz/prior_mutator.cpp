#include "fuzz/prior_mutator.h"

#include <zstd.h>

#include <algorithm>
#include <random>
#include <span>
#include <vector>

#include "fuzz/repair.h"
#include "ngram/prior/prior_table.h"
#include "ngram/start.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace pith::fuzz {
namespace {

constexpr size_t kSizesAt = 16;
constexpr size_t kSets = 8;  // by level, and for each level by kind
constexpr size_t kTableAt = 64 + 3 * ngram::PriorTable::kCodes;

size_t u32_at(std::span<const uint8_t> file, size_t at) {
  return file[at] | size_t{file[at + 1]} << 8 | size_t{file[at + 2]} << 16 |
         size_t{file[at + 3]} << 24;
}

// A stretch of words becomes one number, often one at the end of its range; or libFuzzer decides.
void change(std::vector<uint8_t>* words, std::mt19937* random) {
  static constexpr uint16_t kNumbers[] = {0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF};
  if ((*random)() % 4 == 0) {
    (void)LLVMFuzzerMutate(words->data(), words->size(), words->size());
    return;
  }
  const size_t count = words->size() / 2;
  const size_t begin = (*random)() % count;
  const size_t size = std::min<size_t>(count - begin, size_t{1} << (*random)() % 14);
  const auto pick = (*random)();
  const auto number =
      pick % 8 < std::size(kNumbers) ? kNumbers[pick % 8] : static_cast<uint16_t>(pick >> 8);
  for (size_t i = begin; i < begin + size; ++i) {
    (*words)[2 * i] = static_cast<uint8_t>(number);
    (*words)[2 * i + 1] = static_cast<uint8_t>(number >> 8);
  }
}

// The file with other starting values; empty if it has none to change.
std::vector<uint8_t> with_other_values(std::span<const uint8_t> file, std::mt19937* random) {
  if (file.size() < kTableAt) return {};
  const size_t set = (*random)() % kSets;
  size_t at = kTableAt + u32_at(file, 12) * ngram::PriorTable::kLineSize;
  for (size_t i = 0; i < set; ++i) at += u32_at(file, kSizesAt + 4 * i);
  const size_t size = u32_at(file, kSizesAt + 4 * set);
  if (at > file.size() || size > file.size() - at) return {};
  std::vector<uint8_t> words(2 * ngram::start_words(ngram::kLevels[set / 2]));
  if (ZSTD_decompress(words.data(), words.size(), &file[at], size) != words.size()) return {};
  change(&words, random);

  std::vector<uint8_t> packed(ZSTD_compressBound(words.size()));
  packed.resize(ZSTD_compress(packed.data(), packed.size(), words.data(), words.size(), 1));
  const auto begin = static_cast<ptrdiff_t>(at);
  std::vector<uint8_t> result(file.begin(), file.begin() + begin);
  result.insert(result.end(), packed.begin(), packed.end());
  result.insert(result.end(), file.begin() + begin + static_cast<ptrdiff_t>(size), file.end());
  for (size_t i = 0; i < 4; ++i) {
    result[kSizesAt + 4 * set + i] = static_cast<uint8_t>(packed.size() >> (8 * i));
  }
  return result;
}

}  // namespace

size_t mutate_prior(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  if (seed % 2 == 0) return mutate(data, size, max_size, seed / 2, repair_prior);
  std::mt19937 random(seed);
  const std::vector<uint8_t> changed = with_other_values({data, size}, &random);
  if (changed.empty() || changed.size() > max_size) {
    return mutate(data, size, max_size, seed / 2, repair_prior);
  }
  std::copy(changed.begin(), changed.end(), data);
  repair_prior({data, changed.size()});
  return changed.size();
}

}  // namespace pith::fuzz
