// Blocks of text with a network: any bytes come back, any payload is safe, and the slowest kernels
// of the predictor decode it as the fastest do. Those of the network have a target of their own.
#include <algorithm>
#include <cstdint>

#include "container/methods/ngram_method.h"
#include "fuzz/coder.h"
#include "fuzz/neural_block.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;
using pith::fuzz::View;

namespace {

void use(const char* kernel) {
  require(pith::container::ngram_force_kernel(kernel), "kernels can be chosen");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const size_t shape = data[0] & 1;
  const bool as_payload = (data[0] & 2) != 0;
  const View rest(data + 1, size - 1);
  const Bytes made = as_payload ? Bytes() : pith::fuzz::neural_payload(rest, shape);
  require(as_payload || !made.empty(), "any bytes can be coded");
  const View payload = as_payload ? rest : View(made);
  const size_t raw_size = as_payload ? 2 * rest.size() : rest.size();

  Bytes raw;
  const bool decoded = pith::fuzz::decode_neural_payload(payload, shape, raw_size, &raw);
  if (!as_payload) {
    require(decoded && std::equal(raw.begin(), raw.end(), rest.begin(), rest.end()),
            "any bytes come back");
  }
  const auto kernels = pith::container::ngram_kernel_names();
  use(kernels.front());
  Bytes by_others;
  require(pith::fuzz::decode_neural_payload(payload, shape, raw_size, &by_others) == decoded &&
              by_others == raw,
          "every kernel decodes the same");
  use(kernels.back());
  return 0;
}
