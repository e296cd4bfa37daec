// Any bytes, coded with any settings, come back; the settings are picked by the first bytes.
#include <cstdint>

#include "fuzz/coder.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;

namespace {

// From the front, as long as there are bytes.
class Choices {
 public:
  explicit Choices(pith::fuzz::View data) : data_(data) {}
  [[nodiscard]] uint8_t next() {
    if (data_.empty()) return 0;
    const uint8_t value = data_.front();
    data_ = data_.subspan(1);
    return value;
  }
  [[nodiscard]] pith::fuzz::View rest() const { return data_; }

 private:
  pith::fuzz::View data_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Choices choices({data, size});
  pith::fuzz::EncodeSettings settings;
  settings.level = 1 + choices.next() % 9;
  settings.block_size = PITH_BLOCK_SIZE_MIN + 16 * choices.next();
  const uint8_t flags = choices.next();
  settings.threads = (flags & 1) != 0 ? 2 : 1;
  settings.with_own_prior = (flags & 2) != 0;
  settings.with_built_in_priors = (flags & 4) != 0;
  settings.verify = (flags & 8) != 0;
  settings.cuts = (flags & 16) != 0 ? size : 0;
  const size_t flush_every = (flags & 32) != 0 ? 1 + choices.next() : 0;
  const pith::fuzz::View raw = choices.rest();

  const Bytes coded = pith::fuzz::encode(raw, settings, flush_every);
  pith::fuzz::DecodeSettings decoding;
  decoding.memory_limit = 0;
  const pith::fuzz::Decoded decoded = pith::fuzz::decode(coded, decoding);
  require(decoded.status == PITH_END, "what was coded can be decoded");
  require(decoded.bytes == Bytes(raw.begin(), raw.end()), "what was coded comes back");
  if (flush_every == 0) {
    pith::fuzz::EncodeSettings other = settings;
    other.threads = 3 - settings.threads;
    other.cuts = settings.cuts == 0 ? 1 : 0;
    require(pith::fuzz::encode(raw, other) == coded,
            "neither threads nor cuts change what is coded");
  }
  return 0;
}
