#include "container/methods/networks.h"

#include <cstdlib>
#include <memory>

#include "codec/embedded_file.h"
#include "container/methods/neural_method.h"
#include "model/engine/self_test.h"
#include "model/integer_model.h"

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

Status check_processor() {
  static const bool exact = model::engine_self_test();
  PITH_CHECK(exact, PITH_ERR_INTERNAL, "this processor does not compute networks as defined");
  return {};
}

}  // namespace

Status built_in_network(const model::LanguageModel** network) {
  PITH_TRY(check_processor());
  static const std::unique_ptr<const model::LanguageModel> small =
      read_embedded({pith_network_small, pith_network_small_end});
  *network = small.get();
  return {};
}

Status read_network(std::span<const uint8_t> file,
                    std::unique_ptr<const model::LanguageModel>* network) {
  PITH_TRY(check_processor());
  PITH_CHECK(model::is_model_file(file), PITH_ERR_FORMAT, "not a model");
  PITH_CHECK(model::has_known_version(file), PITH_ERR_VERSION,
             "the model was made by another version of pith");
  std::unique_ptr<const model::LanguageModel> read;
  if (const model::FileError error = model::LanguageModel::read_in_place(file, &read);
      !error.ok()) {
    return Status::error(PITH_ERR_CORRUPT, error.text);
  }
  PITH_CHECK(fits_network_room(*read), PITH_ERR_FORMAT,
             "the model works in more memory than the format has room for");
  *network = std::move(read);
  return {};
}

Status find_network(uint64_t id, const model::LanguageModel* given,
                    const model::LanguageModel** network) {
  *network = nullptr;
  if (id == 0) return {};
  if (given != nullptr && given->id() == id) {
    *network = given;
    return {};
  }
  if (id == kSmallNetwork) return built_in_network(network);
  Status status = Status::error(PITH_ERR_MODEL, nullptr);
  status.needed = id;
  status.given = given != nullptr ? given->id() : 0;
  return status;
}

}  // namespace pith::container
