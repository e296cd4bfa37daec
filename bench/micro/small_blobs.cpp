// 1,000 small blobs, as backup tools and message stores cut them: all through one object, and each
// through an object of its own, blob by blob in turn, so that both are measured in the same minute.
//
// Counters: milliseconds of processor time a blob, both ways, through the one object; the same of
// the first blob, which finds nothing ready (where nothing was coded before in the process); how
// many times as long it takes with objects of their own; and the size.
#include <benchmark/benchmark.h>
#include <pith/pith.h>

#include <ctime>
#include <memory>
#include <utility>
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
  for (size_t i = 0; i < kBlobs; ++i) {
    list.push_back(corpus::generate(i % 2 == 0 ? "prose" : "json-lines", size, i));
  }
  return list;
}

Encoder new_encoder(int level) {
  Encoder encoder(pith_encoder_new(nullptr), pith_encoder_free);
  check(encoder ? PITH_OK : PITH_ERR_MEMORY);
  check(pith_encoder_set(encoder.get(), PITH_PARAM_LEVEL, static_cast<uint64_t>(level)));
  return encoder;
}

Decoder new_decoder() {
  Decoder decoder(pith_decoder_new(nullptr), pith_decoder_free);
  check(decoder ? PITH_OK : PITH_ERR_MEMORY);
  return decoder;
}

// One frame out of an object that is ready for it.
template <typename Object, typename Run>
void code(Object* object, Run run, const Bytes& from, Bytes* to) {
  pith_in in = {from.data(), from.size(), 0};
  pith_out out = {to->data(), to->size(), 0};
  for (int status = PITH_OK; status != PITH_END;) {
    status = run(object, &out, &in, PITH_FINISH);
    check(status);
  }
  to->resize(out.pos);
}

// Seconds of processor time of the whole process.
double now() {
  std::timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

template <typename Work>
double seconds(Work work) {
  const double start = now();
  work();
  return now() - start;
}

// Seconds of all blobs but the first, whose time stands by itself.
struct Times {
  double one = 0;
  double fresh = 0;
  double first = 0;
};

// in_one and in_fresh do the same work; which goes first, and finds caches cold, changes from blob
// to blob.
template <typename InOne, typename InFresh>
void measure(size_t number, InOne in_one, InFresh in_fresh, Times* times) {
  double fresh = 0;
  if (number % 2 != 0) fresh = seconds(in_fresh);
  const double one = seconds(in_one);
  if (number % 2 == 0) fresh = seconds(in_fresh);
  if (number == 0) {
    times->first = one;
  } else {
    times->one += one;
    times->fresh += fresh;
  }
}

// Arguments: level, bytes a blob.
void small_blobs(benchmark::State& state) {
  const auto level = static_cast<int>(state.range(0));
  const auto size = static_cast<size_t>(state.range(1));
  const std::vector<Bytes> raw = blobs(size);
  const size_t room = pith_bound(size);
  Times encoding;
  Times decoding;
  size_t total = 0;
  for (auto _ : state) {
    const Encoder encoder = new_encoder(level);
    const Decoder decoder = new_decoder();
    for (size_t i = 0; i < kBlobs; ++i) {
      Bytes coded(room);
      Bytes again(room);
      measure(
          i,
          [&] {
            check(pith_encoder_reset(encoder.get()));
            code(encoder.get(), pith_encoder_run, raw[i], &coded);
          },
          [&] { code(new_encoder(level).get(), pith_encoder_run, raw[i], &again); }, &encoding);
      if (again != coded) state.SkipWithError("another object codes otherwise");
      Bytes back(size);
      Bytes back_again(size);
      measure(
          i,
          [&] {
            check(pith_decoder_reset(decoder.get()));
            code(decoder.get(), pith_decoder_run, coded, &back);
          },
          [&] { code(new_decoder().get(), pith_decoder_run, coded, &back_again); }, &decoding);
      if (back != raw[i] || back_again != raw[i]) state.SkipWithError("a blob did not come back");
      total += coded.size();
    }
  }
  constexpr double kMilliseconds = 1e3 / (kBlobs - 1);
  state.counters["encode_ms"] = encoding.one * kMilliseconds;
  state.counters["decode_ms"] = decoding.one * kMilliseconds;
  state.counters["first_encode_ms"] = 1e3 * encoding.first;
  state.counters["first_decode_ms"] = 1e3 * decoding.first;
  state.counters["fresh/one_encode"] = encoding.fresh / encoding.one;
  state.counters["fresh/one_decode"] = decoding.fresh / decoding.one;
  state.counters["bits_per_byte"] =
      8.0 * static_cast<double>(total) / static_cast<double>(kBlobs * size);
}

void levels_and_sizes(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"level", "bytes"})->Unit(benchmark::kMillisecond)->Iterations(1);
  for (const int64_t level : {1, 2, 3, 4, 5}) bench->Args({level, 2'000});
  for (const int64_t level : {2, 4}) bench->Args({level, 64'000});
}
BENCHMARK(small_blobs)->Apply(levels_and_sizes);

}  // namespace
}  // namespace pith::micro
