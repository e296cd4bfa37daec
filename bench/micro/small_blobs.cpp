// Many small blobs through one object, as backup tools and message stores cut them: here an object
// that keeps its memory between frames pays.
#include <benchmark/benchmark.h>
#include <pith/pith.h>

#include <memory>
#include <vector>

#include "bench/micro/check.h"
#include "corpora/generate.h"

namespace pith::micro {
namespace {

constexpr size_t kBlobs = 1'000;

using Bytes = std::vector<uint8_t>;
using Encoder = std::unique_ptr<pith_encoder, decltype(&pith_encoder_free)>;
using Decoder = std::unique_ptr<pith_decoder, decltype(&pith_decoder_free)>;

std::vector<Bytes> blobs(size_t size) {
  std::vector<Bytes> list;
  for (size_t i = 0; i < kBlobs; ++i) list.push_back(corpus::generate("json-lines", size, i));
  return list;
}

// One frame out of a reused encoder; returns its size in coded.
size_t encode(pith_encoder* encoder, const Bytes& raw, Bytes& coded) {
  check(pith_encoder_reset(encoder));
  pith_in in = {raw.data(), raw.size(), 0};
  pith_out out = {coded.data(), coded.size(), 0};
  int status = PITH_OK;
  while (status != PITH_END) {
    status = pith_encoder_run(encoder, &out, &in, PITH_FINISH);
    check(status);
  }
  return out.pos;
}

void decode(pith_decoder* decoder, const Bytes& coded, Bytes& raw) {
  check(pith_decoder_reset(decoder));
  pith_in in = {coded.data(), coded.size(), 0};
  pith_out out = {raw.data(), raw.size(), 0};
  int status = PITH_OK;
  while (status != PITH_END) {
    status = pith_decoder_run(decoder, &out, &in, PITH_FINISH);
    check(status);
  }
}

Encoder new_encoder(int level) {
  Encoder encoder(pith_encoder_new(nullptr), pith_encoder_free);
  check(encoder ? PITH_OK : PITH_ERR_MEMORY);
  check(pith_encoder_set(encoder.get(), PITH_PARAM_LEVEL, static_cast<uint64_t>(level)));
  return encoder;
}

// Arguments: level, bytes a blob.
void encode_blobs(benchmark::State& state) {
  const auto size = static_cast<size_t>(state.range(1));
  const std::vector<Bytes> raw = blobs(size);
  const Encoder encoder = new_encoder(static_cast<int>(state.range(0)));
  Bytes coded(pith_bound(size));
  size_t total = 0;
  for (auto _ : state) {
    total = 0;
    for (const Bytes& blob : raw) total += encode(encoder.get(), blob, coded);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kBlobs * size));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kBlobs));
  state.counters["bits_per_byte"] =
      8.0 * static_cast<double>(total) / static_cast<double>(kBlobs * size);
}

void decode_blobs(benchmark::State& state) {
  const auto size = static_cast<size_t>(state.range(1));
  const Encoder encoder = new_encoder(static_cast<int>(state.range(0)));
  std::vector<Bytes> coded;
  for (const Bytes& blob : blobs(size)) {
    Bytes frame(pith_bound(size));
    frame.resize(encode(encoder.get(), blob, frame));
    coded.push_back(frame);
  }
  const Decoder decoder(pith_decoder_new(nullptr), pith_decoder_free);
  check(decoder ? PITH_OK : PITH_ERR_MEMORY);
  Bytes raw(size);
  for (auto _ : state) {
    for (const Bytes& frame : coded) decode(decoder.get(), frame, raw);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kBlobs * size));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kBlobs));
}

void levels_and_sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"level", "bytes"})->Unit(benchmark::kMillisecond)->Iterations(1);
  for (const int64_t size : {2'000, 64'000}) {
    for (int64_t level = PITH_LEVEL_MIN; level <= 4; ++level) bench->Args({level, size});
  }
}
BENCHMARK(encode_blobs)->Apply(levels_and_sizes);
BENCHMARK(decode_blobs)->Apply(levels_and_sizes);

}  // namespace
}  // namespace pith::micro
