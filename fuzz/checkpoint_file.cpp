// A checkpoint of a training run of any bytes: refused, or one that is written and read again as it
// is.
#include <cstdint>
#include <vector>

#include "fuzz/coder.h"
#include "fuzz/repair.h"
#include "model/train/checkpoint.h"

using pith::fuzz::require;

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return pith::fuzz::mutate(data, size, max_size, seed, pith::fuzz::repair_checkpoint);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  pith::train::TrainingRun run;
  if (!pith::train::read_checkpoint({data, size}, &run).ok()) return 0;
  // The form of numbers in its header is not prescribed, so only the second form is compared.
  const std::vector<uint8_t> file = pith::train::write_checkpoint(run);
  pith::train::TrainingRun again;
  require(pith::train::read_checkpoint(file, &again).ok(), "what is written can be read");
  require(pith::train::write_checkpoint(again) == file, "a run comes back from its file");
  return 0;
}
