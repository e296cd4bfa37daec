// Training of starting values, with the plain kernels: they give what all others give, and what is
// compiled for one instruction set alone has no place in a function that uses the standard library.
#include <array>

#include "container/ngram_method.h"
#include "ngram/kernels_scalar.h"
#include "ngram/start_trainer.h"

namespace pith::container {
namespace {

using Train = std::vector<uint16_t> (*)(ngram::ContentKind,
                                        const std::vector<std::span<const uint8_t>>&, double*,
                                        const ngram::PriorTable*);

template <size_t... kLevel>
constexpr std::array<Train, sizeof...(kLevel)> trainers(std::index_sequence<kLevel...>) {
  return {ngram::StartTrainer::train<ngram::ScalarKernels, kLevel>...};
}

constexpr auto kTrainers = trainers(std::make_index_sequence<ngram::kNgramLevels>());

}  // namespace

std::vector<uint16_t> ngram_train_start(int level, ngram::ContentKind kind,
                                        const ngram::PriorTable* table,
                                        const std::vector<std::span<const uint8_t>>& samples) {
  double bits_per_byte = 0;
  return kTrainers[static_cast<size_t>(level - 1)](kind, samples, &bits_per_byte, table);
}

}  // namespace pith::container
