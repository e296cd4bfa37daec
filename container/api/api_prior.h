// C API: priors, as the other objects see them.
#pragma once

#include <memory>

#include "container/base/allocator.h"
#include "container/base/status.h"
#include "container/priors/prior.h"

struct pith_prior {
  explicit pith_prior(const pith_allocator* allocator) : resource(allocator) {}

  pith::container::HookResource resource;
  std::unique_ptr<pith::container::Prior> prior;
};

namespace pith::container {

[[nodiscard]] inline const Prior* prior_of(const pith_prior* prior) {
  return prior != nullptr ? prior->prior.get() : nullptr;
}

}  // namespace pith::container
