#include "judge.h"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace pith::test {
namespace {

constexpr uint64_t kCutsEvery = 4;      // cases
constexpr uint64_t kThreadsEvery = 64;  // cases; threads are slow to start

bool starts_with(View bytes, View start) {
  return bytes.size() >= start.size() && std::equal(start.begin(), start.end(), bytes.begin());
}

bool contains(View bytes, View piece) {
  return std::search(bytes.begin(), bytes.end(), piece.begin(), piece.end()) != bytes.end();
}

// Removes the whole frames that bytes begin with; appends what is in them to *raw.
void take_whole_frames(const Sample& sample, View* bytes, Bytes* raw) {
  const auto found = [&](const SampleFrame& frame) {
    return starts_with(*bytes, View(sample.coded).subspan(frame.begin, frame.end - frame.begin));
  };
  for (auto frame = std::ranges::find_if(sample.frames, found); frame != sample.frames.end();
       frame = std::ranges::find_if(sample.frames, found)) {
    *bytes = bytes->subspan(frame->end - frame->begin);
    raw->insert(raw->end(), frame->raw.begin(), frame->raw.end());
  }
}

int64_t read_memory(void* opaque, void* dst, size_t size, uint64_t offset) {
  const auto* bytes = static_cast<const Bytes*>(opaque);
  if (offset >= bytes->size()) return 0;
  const size_t count = std::min<size_t>(size, bytes->size() - static_cast<size_t>(offset));
  std::memcpy(dst, bytes->data() + offset, count);
  return static_cast<int64_t>(count);
}

// One that damage must not lead to.
bool is_impossible(int status) {
  return status >= 0 || status == PITH_ERR_INTERNAL || status == PITH_ERR_MEMORY ||
         status == PITH_ERR_STATE || status == PITH_ERR_PARAM || status == PITH_ERR_NO_PROGRESS;
}

}  // namespace

Judge::Judge(const Sample& sample) : sample_(sample), decoder_(pith_decoder_new(nullptr)) {
  (void)pith_decoder_set_prior(decoder_.get(), sample.prior);
  (void)pith_decoder_set_model(decoder_.get(), sample.model);
}

bool Judge::is_whole(const Bytes& bytes) const {
  View rest = bytes;
  Bytes raw;
  take_whole_frames(sample_, &rest, &raw);
  return rest.empty() && !bytes.empty();
}

std::string Judge::problem_of(const Bytes& damaged, Seal seal, std::mt19937_64* random) {
  ++turn_;
  (void)pith_decoder_reset(decoder_.get());
  (void)pith_decoder_set(decoder_.get(), PITH_PARAM_THREADS, turn_ % kThreadsEvery == 0 ? 2 : 1);
  const Result whole = run_decoder(decoder_.get(), damaged, Cuts::none(), Cuts::none());
  std::string problem = problem_of(whole, damaged);
  if (!problem.empty()) return problem;
  if (turn_ % kCutsEvery == 0) {
    (void)pith_decoder_reset(decoder_.get());
    const Result cut =
        run_decoder(decoder_.get(), damaged, Cuts::random((*random)()), Cuts::random((*random)()));
    if (cut.status != whole.status || cut.bytes != whole.bytes) return "cuts change what is found";
  }
  problem = reader_problem(damaged);
  return problem.empty() ? recovery_problem(damaged, seal) : problem;
}

// What comes out is the bytes of the whole frames at the beginning, then those of blocks before
// the damage; and no success unless it is all there was.
std::string Judge::problem_of(const Result& result, const Bytes& damaged) {
  if (result.status == PITH_END) {
    ++accepted_;
    return result.bytes == sample_.raw ? "" : "decoder: wrong bytes with status 0";
  }
  if (is_impossible(result.status))
    return std::string("decoder: ") + pith_status_name(result.status);
  View rest = damaged;
  Bytes raw;
  take_whole_frames(sample_, &rest, &raw);
  if (!starts_with(result.bytes, raw)) return "decoder: what precedes the damage is wrong";
  const View more = View(result.bytes).subspan(raw.size());
  const bool right = std::ranges::any_of(
      sample_.frames, [more](const SampleFrame& frame) { return starts_with(frame.raw, more); });
  return right ? "" : "decoder: wrong bytes before the error";
}

std::string Judge::reader_problem(const Bytes& damaged) const {
  struct Free {
    void operator()(pith_reader* reader) const { pith_reader_free(reader); }
  };
  const pith_source source = {read_memory, const_cast<Bytes*>(&damaged), damaged.size()};
  int status = PITH_OK;
  const std::unique_ptr<pith_reader, Free> reader(
      pith_reader_open(&source, nullptr, &status, nullptr));
  if (reader == nullptr) return is_impossible(status) ? "reader: wrong status" : "";
  (void)pith_reader_set_prior(reader.get(), sample_.prior);
  (void)pith_reader_set_model(reader.get(), sample_.model);
  Bytes got(sample_.raw.size() + 1);
  size_t done = 0;
  status = pith_reader_read(reader.get(), got.data(), got.size(), 0, &done);
  got.resize(done);
  if (status == PITH_OK) {
    // A reader believes footers; it decodes no more frames than those that lead to the beginning.
    return got == sample_.raw ? "" : "reader: wrong bytes with status 0";
  }
  if (is_impossible(status)) return std::string("reader: ") + pith_status_name(status);
  // Blocks in order: each frame's first ones, of as many frames as come before the damage.
  View rest = got;
  for (const SampleFrame& frame : sample_.frames) {
    if (!starts_with(rest, frame.raw)) {
      return starts_with(frame.raw, rest) ? "" : "reader: wrong bytes before the error";
    }
    rest = rest.subspan(frame.raw.size());
  }
  return rest.empty() ? "" : "reader: more bytes than there are";
}

// Under checks that were made right again a block may lie about its place; its bytes are still
// those of a block.
std::string Judge::recovery_problem(const Bytes& damaged, Seal seal) const {
  struct Found {
    const Sample* sample;
    bool anywhere;
    bool wrong;
  } found = {&sample_, seal == Seal::kMadeRight, false};
  const pith_source source = {read_memory, const_cast<Bytes*>(&damaged), damaged.size()};
  const pith_recover_sink sink = {
      [](void* opaque, uint64_t, uint64_t offset, const void* data, size_t size) {
        auto* self = static_cast<Found*>(opaque);
        const View piece(static_cast<const uint8_t*>(data), size);
        const bool right = std::ranges::any_of(self->sample->frames, [&](const SampleFrame& frame) {
          if (self->anywhere) return contains(frame.raw, piece);
          return offset <= frame.raw.size() &&
                 starts_with(View(frame.raw).subspan(static_cast<size_t>(offset)), piece);
        });
        self->wrong = self->wrong || !right;
        return 0;
      },
      [](void*, const pith_lost*) { return 0; }, &found};
  const int status =
      pith_recover(&source, &sink, sample_.prior, sample_.model, nullptr, 0, nullptr);
  if (found.wrong) return "recovery: wrong bytes";
  return status != PITH_OK && is_impossible(status)
             ? std::string("recovery: ") + pith_status_name(status)
             : "";
}

}  // namespace pith::test
