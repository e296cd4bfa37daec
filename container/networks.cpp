#include "container/networks.h"

#include <zstd.h>

#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

#include "codec/embedded_file.h"
#include "model/engine/self_test.h"

// A zstd frame of a model file.
PITH_EMBED(pith_network_small, PITH_MODELS_DIR "/small.pithmodel.zst");

namespace pith::container {
namespace {

std::unique_ptr<const model::LanguageModel> unpack(std::span<const uint8_t> frame) {
  std::vector<uint8_t> file(ZSTD_getFrameContentSize(frame.data(), frame.size()));
  const size_t size = ZSTD_decompress(file.data(), file.size(), frame.data(), frame.size());
  std::unique_ptr<const model::LanguageModel> network;
  // Else it is not the file this was built for.
  if (size != file.size() || !model::LanguageModel::read(file, &network).ok() ||
      network->id() != kSmallNetwork) {
    std::abort();
  }
  return network;
}

}  // namespace

Status built_in_network(const model::LanguageModel** network) {
  static const bool exact = model::engine_self_test();
  PITH_CHECK(exact, PITH_ERR_INTERNAL, "this processor does not compute networks as defined");
  static const std::unique_ptr<const model::LanguageModel> small =
      unpack({pith_network_small, pith_network_small_end});
  *network = small.get();
  return {};
}

Status find_network(uint64_t id, const model::LanguageModel** network) {
  *network = nullptr;
  if (id == 0) return {};
  if (id == kSmallNetwork) return built_in_network(network);
  Status status = Status::error(PITH_ERR_MODEL, nullptr);
  status.needed = id;
  return status;
}

}  // namespace pith::container
