#include "container/networks.h"

#include <cstdlib>
#include <memory>

#include "codec/embedded_file.h"
#include "model/engine/self_test.h"

// As it is: packed, it would be a tenth smaller, and each start would pay for it.
PITH_EMBED(pith_network_small, PITH_MODELS_DIR "/small.pithmodel");

namespace pith::container {
namespace {

std::unique_ptr<const model::LanguageModel> read_embedded(std::span<const uint8_t> file) {
  std::unique_ptr<const model::LanguageModel> network;
  // Else it is not the file this was built for.
  if (!model::LanguageModel::read_in_place(file, &network).ok() || network->id() != kSmallNetwork) {
    std::abort();
  }
  return network;
}

}  // namespace

Status built_in_network(const model::LanguageModel** network) {
  static const bool exact = model::engine_self_test();
  PITH_CHECK(exact, PITH_ERR_INTERNAL, "this processor does not compute networks as defined");
  static const std::unique_ptr<const model::LanguageModel> small =
      read_embedded({pith_network_small, pith_network_small_end});
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
