#include "fuzz/neural_block.h"

#include <memory>
#include <memory_resource>
#include <new>

#include "container/base/checksum.h"
#include "container/coding/block_memory.h"
#include "container/format/format.h"
#include "container/methods/neural_method.h"
#include "tests/neural/small_model.h"

namespace pith::fuzz {
namespace {

using container::NeuralConfig;

NeuralConfig config_of(size_t shape, size_t raw_size) {
  static const std::unique_ptr<const model::LanguageModel> network = test::small_model(1);
  require(network != nullptr, "the network of the targets is one");
  return {shape, network.get(), ngram::ContentKind::kText, static_cast<uint32_t>(raw_size),
          nullptr};
}

// Of a block, aligned as it must be. What it holds is not to matter.
class Memory {
 public:
  explicit Memory(const NeuralConfig& config)
      : size_(container::neural_memory(config)), bytes_(new (kAlignment) uint8_t[size_]) {}
  [[nodiscard]] std::span<uint8_t> get() const { return {bytes_.get(), size_}; }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(uint8_t* bytes) const { operator delete[](bytes, kAlignment); }
  };
  size_t size_;
  std::unique_ptr<uint8_t[], Free> bytes_;
};

}  // namespace

Bytes neural_payload(View raw, size_t shape) {
  const NeuralConfig config = config_of(shape, raw.size());
  const Memory memory(config);
  Bytes payload(3 * raw.size() + 64);
  payload.resize(container::neural_encode(config, raw, payload, memory.get(), nullptr, nullptr));
  return payload;
}

bool decode_neural_payload(View payload, size_t shape, size_t raw_size, Bytes* raw) {
  const NeuralConfig config = config_of(shape, raw_size);
  const Memory memory(config);
  raw->assign(raw_size, 0);
  return container::neural_decode(config, payload, *raw, memory.get(), nullptr);
}

Bytes neural_frame(View raw, int level) {
  using namespace container;
  const Bytes payload = neural_payload(raw, neural_shape(level));
  FrameHeader frame;
  frame.level = static_cast<uint8_t>(level);
  frame.block_size = static_cast<uint32_t>(raw.size());
  frame.memory_kib = (frame_decode_memory(level, frame.block_size) + 1023) / 1024;
  frame.model_id = pith_model_id(own_model());
  BlockHeader block;
  block.method = Method::kNeural;
  block.kind = ngram::ContentKind::kText;
  block.level = neural_level(level);
  block.raw_size = frame.block_size;
  block.coded_size = static_cast<uint32_t>(payload.size());
  block.raw_hash = hash64(raw);
  block.payload_check = check32(payload);
  const auto frame_header = serialise(frame);
  const auto block_header = serialise(block);
  IndexWriter index(std::pmr::get_default_resource());
  require(index.add({block_header.size + payload.size(), raw.size()}).ok(), "an index of a block");
  Hasher128 content;
  content.update(raw);
  const auto footer = index.footer(frame_header.size, content.digest());
  Bytes bytes;
  for (const View part :
       {View(frame_header.span()), View(block_header.span()), View(payload), View(footer)}) {
    bytes.insert(bytes.end(), part.begin(), part.end());
  }
  return bytes;
}

}  // namespace pith::fuzz
