// Random access to any bytes: ranges read anywhere are those of the whole, and what a decoder reads
// forwards to its end, a reader gives as well.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>

#include "container/base/checksum.h"
#include "fuzz/coder.h"
#include "tests/reader/archive.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;
using pith::fuzz::View;

namespace {

using ReaderPtr = std::unique_ptr<pith_reader, decltype(&pith_reader_free)>;

ReaderPtr open(const pith_source& source, const pith_allocator& hooks) {
  ReaderPtr reader(pith_reader_open(&source, &hooks, nullptr, nullptr), pith_reader_free);
  if (reader == nullptr) return reader;
  pith_reader_set_model(reader.get(), pith::fuzz::own_model());
  pith_reader_set_prior(reader.get(), pith::fuzz::own_prior());
  require(pith_reader_set(reader.get(), PITH_PARAM_MEMLIMIT, pith::fuzz::kMemoryLimit) == PITH_OK,
          "a limit is taken");
  return reader;
}

// Bytes from offset on, in a buffer as long as asked for: a sanitizer sees what goes beyond.
Bytes read(pith_reader* reader, uint64_t offset, size_t size, int* status) {
  Bytes bytes(size);
  size_t done = 0;
  *status = pith_reader_read(reader, bytes.data(), size, offset, &done);
  require(done <= size &&
              (done == size || *status != PITH_OK || offset + done >= pith_reader_size(reader)),
          "a reader stops early only at the end or at an error");
  bytes.resize(done);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const View view(data, size);
  const pith::fuzz::Decoded decoded = pith::fuzz::decode(view, {});
  pith::test::CountedMemory memory;
  const pith_allocator hooks = memory.hooks();
  const pith_source source = pith::fuzz::source_of(&view);
  const ReaderPtr reader = open(source, hooks);
  require(reader != nullptr || decoded.status != PITH_END, "a whole file has a reader");
  if (reader == nullptr) return 0;

  int status = PITH_OK;
  const auto most = static_cast<size_t>(
      std::min<uint64_t>(pith_reader_size(reader.get()), pith::fuzz::kOutputLimit));
  const Bytes whole = read(reader.get(), 0, most, &status);
  if (decoded.status == PITH_END) {
    require(status == PITH_OK && pith_reader_size(reader.get()) == decoded.bytes.size(),
            "what can be decoded can be read");
  }
  const size_t both = std::min(whole.size(), decoded.bytes.size());
  require(std::equal(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(both),
                     decoded.bytes.begin()),
          "reader and decoder give the same bytes");

  // In another order than they lie in, by a reader that has decoded nothing yet.
  const ReaderPtr fresh = open(source, hooks);
  std::mt19937_64 random(pith::container::hash64(view));
  for (int i = 0; i < 6; ++i) {
    const uint64_t offset = random() % (uint64_t{most} + 2);
    const Bytes part = read(fresh.get(), offset, random() % 300, &status);
    if (offset >= whole.size()) continue;
    const size_t shared = std::min(part.size(), whole.size() - static_cast<size_t>(offset));
    require(std::equal(part.begin(), part.begin() + static_cast<ptrdiff_t>(shared),
                       whole.begin() + static_cast<ptrdiff_t>(offset)),
            "a range has the bytes of the whole");
  }
  (void)read(fresh.get(), random(), 10, &status);
  return 0;
}
