// A model file of any bytes: refused, or a model whose file has this one form, whose network gives
// the same numbers with every set of kernels, and with which text comes back.
#include <cstdint>
#include <memory>
#include <vector>

#include "fuzz/coder.h"
#include "fuzz/network.h"
#include "fuzz/repair.h"
#include "model/integer_model.h"
#include "model/language_model.h"

using pith::fuzz::require;
using namespace pith::model;

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return pith::fuzz::mutate(data, size, max_size, seed, pith::fuzz::repair_model);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  int status = PITH_OK;
  const std::unique_ptr<pith_model, decltype(&pith_model_free)> model(
      pith_model_new(data, size, nullptr, &status, nullptr), pith_model_free);
  require((model != nullptr) == (status == PITH_OK), "a model, or why there is none");
  IntegerModel numbers;
  const bool read = read_model({data, size}, &numbers).ok();
  require(read || model == nullptr, "a model has a file that can be read");
  if (!read) return 0;
  require(write_model(numbers) == std::vector<uint8_t>(data, data + size),
          "a model file has one form");
  if (model == nullptr) return 0;
  require(pith::fuzz::run_network(numbers, 8), "a model that is accepted runs");
  return 0;
}
