// What remains when nothing is modelled: blocks that are stored, with their hashes, headers and
// index. By their size, through objects that are kept.
#include <benchmark/benchmark.h>
#include <pith/pith.h>

#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include "bench/micro/check.h"
#include "container/base/checksum.h"

namespace pith::micro {
namespace {

constexpr size_t kSize = 16'000'000;  // a multiple of 8

using Bytes = std::vector<uint8_t>;
using Encoder = std::unique_ptr<pith_encoder, decltype(&pith_encoder_free)>;
using Decoder = std::unique_ptr<pith_decoder, decltype(&pith_decoder_free)>;

Bytes noise() {
  std::mt19937_64 random(1);
  Bytes all(kSize);
  for (size_t i = 0; i < all.size(); i += sizeof(uint64_t)) {
    const uint64_t eight = random();
    std::memcpy(all.data() + i, &eight, sizeof eight);
  }
  return all;
}

template <typename Object, typename Run>
size_t code(Object* object, Run run, const Bytes& from, Bytes* to) {
  pith_in in = {from.data(), from.size(), 0};
  pith_out out = {to->data(), to->size(), 0};
  for (int status = PITH_OK; status != PITH_END;) {
    status = run(object, &out, &in, PITH_FINISH);
    check(status);
  }
  return out.pos;
}

Encoder new_encoder(int64_t block_size) {
  Encoder encoder(pith_encoder_new(nullptr), pith_encoder_free);
  check(encoder ? PITH_OK : PITH_ERR_MEMORY);
  check(pith_encoder_set(encoder.get(), PITH_PARAM_BLOCK_SIZE, static_cast<uint64_t>(block_size)));
  return encoder;
}

void encode_stored(benchmark::State& state) {
  const Bytes raw = noise();
  Bytes coded(2 * raw.size());
  const Encoder encoder = new_encoder(state.range(0));
  for (auto _ : state) {
    check(pith_encoder_reset(encoder.get()));
    benchmark::DoNotOptimize(code(encoder.get(), pith_encoder_run, raw, &coded));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(raw.size()));
}

void decode_stored(benchmark::State& state) {
  Bytes raw = noise();
  Bytes coded(2 * raw.size());
  const Encoder encoder = new_encoder(state.range(0));
  coded.resize(code(encoder.get(), pith_encoder_run, raw, &coded));
  const Decoder decoder(pith_decoder_new(nullptr), pith_decoder_free);
  check(decoder ? PITH_OK : PITH_ERR_MEMORY);
  for (auto _ : state) {
    check(pith_decoder_reset(decoder.get()));
    benchmark::DoNotOptimize(code(decoder.get(), pith_decoder_run, coded, &raw));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(raw.size()));
  state.counters["growth"] =
      static_cast<double>(coded.size()) / static_cast<double>(raw.size()) - 1;
}

void block_sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgName("block")->Arg(1 << 10)->Arg(64 << 10)->Arg(5 << 20)->Unit(benchmark::kMillisecond);
}
BENCHMARK(encode_stored)->Apply(block_sizes);
BENCHMARK(decode_stored)->Apply(block_sizes);

// The three hashes of a frame: of a block's raw bytes, of all raw bytes, of a payload.
void hash_raw_block(benchmark::State& state) {
  const Bytes raw = noise();
  for (auto _ : state) benchmark::DoNotOptimize(container::hash64(raw));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(raw.size()));
}
BENCHMARK(hash_raw_block)->Unit(benchmark::kMillisecond);

void hash_content(benchmark::State& state) {
  const Bytes raw = noise();
  for (auto _ : state) {
    container::Hasher128 hasher;
    hasher.update(raw);
    benchmark::DoNotOptimize(hasher.digest());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(raw.size()));
}
BENCHMARK(hash_content)->Unit(benchmark::kMillisecond);

void check_payload(benchmark::State& state) {
  const Bytes raw = noise();
  for (auto _ : state) benchmark::DoNotOptimize(container::check32(raw));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(raw.size()));
}
BENCHMARK(check_payload)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pith::micro
