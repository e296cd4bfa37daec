#include "cli/measurement.h"

#include <pith/pith.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "cli/coders.h"
#include "cli/failures.h"

namespace pith::cli {
namespace {

// Short runs are repeated until they took this long together, so that the clock can be trusted.
constexpr double kMinSeconds = 0.2;

// Counts what the library allocates. The size is kept in front of each piece.
class CountingAllocator {
 public:
  [[nodiscard]] pith_allocator hooks() { return {alloc, release, this}; }
  [[nodiscard]] uint64_t peak() const { return peak_.load(); }

 private:
  static constexpr size_t kHeader = alignof(std::max_align_t);
  static_assert(kHeader >= sizeof(size_t));

  static void* alloc(void* opaque, size_t size) {
    auto* self = static_cast<CountingAllocator*>(opaque);
    if (size > SIZE_MAX - kHeader) return nullptr;
    auto* memory = static_cast<std::byte*>(std::malloc(size + kHeader));
    if (memory == nullptr) return nullptr;
    std::memcpy(memory, &size, sizeof size);
    const uint64_t now = self->now_.fetch_add(size) + size;
    uint64_t peak = self->peak_.load();
    while (peak < now && !self->peak_.compare_exchange_weak(peak, now)) {
    }
    return memory + kHeader;
  }

  static void release(void* opaque, void* address) {
    auto* self = static_cast<CountingAllocator*>(opaque);
    std::byte* memory = static_cast<std::byte*>(address) - kHeader;
    size_t size = 0;
    std::memcpy(&size, memory, sizeof size);
    self->now_.fetch_sub(size);
    std::free(memory);
  }

  std::atomic<uint64_t> now_{0};
  std::atomic<uint64_t> peak_{0};
};

double seconds_since(std::chrono::steady_clock::time_point begun) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// Runs once, and again while that was short; the time of the fastest run, or nothing on failure.
template <typename Run>
std::optional<double> fastest(Run run) {
  double best = 0;
  double sum = 0;
  while (sum < kMinSeconds) {
    const auto begun = std::chrono::steady_clock::now();
    if (!run()) return std::nullopt;
    const double seconds = seconds_since(begun);
    best = sum == 0 ? seconds : std::min(best, seconds);
    sum += std::max(seconds, 1e-9);
  }
  return best;
}

// Compresses data into *coded.
bool encode(std::span<const uint8_t> data, int level, const pith_allocator& allocator,
            const std::string& name, Context* context, std::vector<uint8_t>* coded) {
  const Encoder encoder = make_encoder(*context, level, false, &allocator);
  if (encoder == nullptr) return false;
  pith_encoder_progress(encoder.get(), Progress::callback, &context->progress);
  pith_in in = {data.data(), data.size(), 0};
  coded->resize(pith_bound(data.size()));
  pith_out out = {coded->data(), coded->size(), 0};
  int status = PITH_OK;
  while (status == PITH_OK) {
    if (out.pos == out.size) {  // small blocks need more than the bound of the level's own
      coded->resize(coded->size() + coded->size() / 2 + 4096);
      out.data = coded->data();
      out.size = coded->size();
    }
    status = pith_encoder_run(encoder.get(), &out, &in, PITH_FINISH);
  }
  if (status != PITH_END) {
    pith_error error = {};
    pith_encoder_error(encoder.get(), &error);
    context->messages.error(name, describe_failure(status, error));
    return false;
  }
  coded->resize(out.pos);
  return true;
}

// Decompresses coded into *raw, which has the right size.
bool decode(std::span<const uint8_t> coded, const pith_allocator& allocator,
            const std::string& name, Context* context, std::vector<uint8_t>* raw) {
  const Decoder decoder = make_decoder(*context, &allocator);
  if (decoder == nullptr) return false;
  pith_decoder_progress(decoder.get(), Progress::callback, &context->progress);
  pith_in in = {coded.data(), coded.size(), 0};
  pith_out out = {raw->data(), raw->size(), 0};
  int status = PITH_OK;
  while (status == PITH_OK) {
    status = pith_decoder_run(decoder.get(), &out, &in, PITH_FINISH);
    if (status == PITH_ERR_MEMLIMIT && lift_memory_goal(context->options, decoder.get())) {
      status = PITH_OK;
    }
  }
  if (status != PITH_END) {
    pith_error error = {};
    pith_decoder_error(decoder.get(), &error);
    context->messages.error(name, describe_failure(status, error));
    return false;
  }
  return true;
}

}  // namespace

void Measurement::add(const Measurement& other) {
  raw += other.raw;
  coded += other.coded;
  encode_seconds += other.encode_seconds;
  decode_seconds += other.decode_seconds;
  encoder_memory = std::max(encoder_memory, other.encoder_memory);
  decoder_memory = std::max(decoder_memory, other.decoder_memory);
}

std::optional<Measurement> measure(std::span<const uint8_t> data, int level,
                                   const std::string& name, Context* context) {
  CountingAllocator encoder_memory;
  CountingAllocator decoder_memory;
  std::vector<uint8_t> coded;
  std::vector<uint8_t> raw(data.size());
  Progress& progress = context->progress;

  progress.begin(name, data.size(), Progress::Unit::kRaw);
  const std::optional<double> encode_seconds =
      fastest([&] { return encode(data, level, encoder_memory.hooks(), name, context, &coded); });
  if (!encode_seconds) return std::nullopt;
  progress.begin(name + " (decompressing)", data.size(), Progress::Unit::kRaw);
  const std::optional<double> decode_seconds =
      fastest([&] { return decode(coded, decoder_memory.hooks(), name, context, &raw); });
  progress.end();
  if (!decode_seconds) return std::nullopt;
  if (!std::equal(raw.begin(), raw.end(), data.begin(), data.end())) {
    context->messages.error(name, "decompressed data differs from the original; please report it");
    return std::nullopt;
  }
  return Measurement{level,           data.size(),           coded.size(),         *encode_seconds,
                     *decode_seconds, encoder_memory.peak(), decoder_memory.peak()};
}

}  // namespace pith::cli
