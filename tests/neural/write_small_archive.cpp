// write_small_archive MODEL ARCHIVE <TEXT: writes the file of a small random network that has every
// kind of block, and the text as one neural block that needs it. An encoder would not take such a
// network; a decoder has to.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory_resource>
#include <span>
#include <vector>

#include "container/base/checksum.h"
#include "container/coding/block_memory.h"
#include "container/format/format.h"
#include "container/methods/neural_method.h"
#include "container/priors/built_in_priors.h"
#include "tests/neural/small_model.h"

namespace {

using namespace pith;
using namespace pith::container;
using Bytes = std::vector<uint8_t>;

constexpr uint64_t kSeed = 1;
constexpr uint8_t kPrior = 1;

Bytes encoded(const model::LanguageModel& network, std::span<const uint8_t> raw) {
  const NeuralConfig config{0, &network, ngram::ContentKind::kText,
                            static_cast<uint32_t>(raw.size()), &built_in_prior(kPrior)};
  Bytes memory(neural_memory(config) + 64);
  const size_t skip = (64 - reinterpret_cast<uintptr_t>(memory.data()) % 64) % 64;
  Bytes coded(raw.size());
  coded.resize(
      neural_encode(config, raw, coded, std::span(memory).subspan(skip), nullptr, nullptr));
  return coded;
}

Bytes archive(uint64_t network_id, std::span<const uint8_t> raw, std::span<const uint8_t> coded) {
  BlockHeader block;
  block.method = Method::kNeural;
  block.kind = ngram::ContentKind::kText;
  block.level = kNeuralLevel;
  block.prior = kPrior;
  block.raw_size = static_cast<uint32_t>(raw.size());
  block.coded_size = static_cast<uint32_t>(coded.size());
  block.raw_hash = hash64(raw);
  block.payload_check = check32(coded);
  FrameHeader frame;
  frame.level = kNeuralLevel;
  frame.block_size = block.raw_size;
  frame.memory_kib = (block_decode_memory(block) + 1023) / 1024;
  frame.model_id = network_id;
  const auto frame_header = serialise(frame);
  const auto block_header = serialise(block);
  IndexWriter index(std::pmr::get_default_resource());
  if (!index.add({block_header.size + coded.size(), raw.size()}).ok()) return {};
  Hasher128 hasher;
  hasher.update(raw);
  const auto footer = index.footer(frame_header.size, hasher.digest());
  Bytes all(frame_header.span().begin(), frame_header.span().end());
  all.insert(all.end(), block_header.span().begin(), block_header.span().end());
  all.insert(all.end(), coded.begin(), coded.end());
  all.insert(all.end(), footer.begin(), footer.end());
  return all;
}

bool written(const char* path, const Bytes& bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  return static_cast<bool>(file.flush());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 1;
  const Bytes raw{std::istreambuf_iterator<char>(std::cin), {}};
  const auto network = test::small_model(kSeed);
  if (network == nullptr) return 1;
  const Bytes coded = encoded(*network, raw);
  if (coded.empty()) return 1;
  const bool done = written(arguments[1], test::small_model_file(kSeed)) &&
                    written(arguments[2], archive(network->id(), raw, coded));
  return done ? 0 : 1;
}
