// C API: models, as the other objects see them.
#pragma once

#include <memory>

#include "container/base/allocator.h"
#include "model/language_model.h"
#include "pith/pith.h"

struct pith_model {
  explicit pith_model(const pith_allocator* allocator) : resource(allocator) {}

  pith::container::HookResource resource;
  std::unique_ptr<const pith::model::LanguageModel> network;
};

namespace pith::container {

[[nodiscard]] inline const model::LanguageModel* network_of(const pith_model* model) {
  return model != nullptr ? model->network.get() : nullptr;
}

}  // namespace pith::container
