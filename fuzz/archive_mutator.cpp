// Linked to targets that read archives: the checks of most mutations are right.
#include "fuzz/repair.h"

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  return pith::fuzz::mutate(data, size, max_size, seed, pith::fuzz::repair_archive);
}
