// C API: priors and their training.
#include "container/api/api_prior.h"

#include <algorithm>

#include "container/api/api_object.h"
#include "container/methods/prior_trainer.h"

using pith::container::guarded;
using pith::container::Prior;
using pith::container::Status;

namespace {

Status train(void* dst, size_t* dst_size, const pith_training* training,
             pith_training_report* report) {
  namespace container = pith::container;
  const size_t capacity = *dst_size;
  *dst_size = 0;
  container::PriorTraining work;
  work.samples = {static_cast<const uint8_t*>(training->samples), training->samples_size};
  work.sizes = {training->sizes, training->count};
  work.max_size = capacity;
  work.memory_limit = training->memory_limit;
  if (training->progress != nullptr) {
    work.progress = [training](double done) {
      return training->progress(training->progress_opaque, done) != 0;
    };
  }
  std::vector<uint8_t> file;
  container::PriorReport made;
  PITH_TRY(container::train_prior(work, &file, &made));
  std::copy(file.begin(), file.end(), static_cast<uint8_t*>(dst));
  *dst_size = file.size();
  if (report != nullptr) {
    *report = {};
    report->counted = made.counted;
    report->tuned = made.tuned;
    report->held = made.held;
    report->contexts = made.entries;
    for (size_t level = 0; level < made.held_with.size(); ++level) {
      report->held_without_prior[level] = made.held_without[level];
      report->held_with_prior[level] = made.held_with[level];
    }
  }
  return {};
}

}  // namespace

pith_prior* pith_prior_new(const void* data, size_t size, const pith_allocator* allocator,
                           int* status, pith_error* error) {
  Status result = Status::error(PITH_ERR_PARAM, "no data to read a prior from");
  pith_prior* prior = nullptr;
  if (data != nullptr) {
    prior = pith::container::create_object<pith_prior>(allocator);
    result = prior == nullptr ? Status::error(PITH_ERR_MEMORY, nullptr) : guarded([&] {
      return Prior::read({static_cast<const uint8_t*>(data), size}, &prior->prior);
    });
  }
  if (status != nullptr) *status = result.code;
  pith::container::export_error(result, error);
  if (result.ok()) return prior;
  pith_prior_free(prior);
  return nullptr;
}

void pith_prior_free(pith_prior* prior) { pith::container::destroy_object(prior); }

uint64_t pith_prior_id(const pith_prior* prior) {
  return prior != nullptr ? prior->prior->id() : 0;
}

int pith_train_prior(void* dst, size_t* dst_size, const pith_training* training,
                     pith_training_report* report, pith_error* error) {
  Status result;
  if (dst == nullptr || dst_size == nullptr || training == nullptr ||
      (training->samples == nullptr && training->samples_size != 0) ||
      (training->sizes == nullptr && training->count != 0)) {
    result = Status::error(PITH_ERR_PARAM, "no samples, or no room for the prior");
  } else {
    result = guarded([&] { return train(dst, dst_size, training, report); });
  }
  pith::container::export_error(result, error);
  return result.code;
}
