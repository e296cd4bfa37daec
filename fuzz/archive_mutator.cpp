// Linked to targets that read archives: the checks of most mutations are right, and of some the
// index is as well.
#include <algorithm>
#include <vector>

#include "fuzz/rebuild.h"
#include "fuzz/repair.h"

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned seed) {
  const size_t mutated = pith::fuzz::mutate(data, size, max_size, seed, pith::fuzz::repair_archive);
  if (seed % 8 > 3) return mutated;
  const std::vector<uint8_t> whole = pith::fuzz::rebuilt_archive({data, mutated});
  if (whole.size() > max_size) return mutated;
  std::copy(whole.begin(), whole.end(), data);
  return whole.size();
}
