// Prints a hash of the coded bytes of many generated texts, one line a text, and checks that they
// decode.
//
//   coded_hash [SIZE]    SIZE: bytes a text, 1500 by default
//
// Built with other flags, another compiler or for another processor, it must print the same lines.
// It needs the codec, the predictor and the generator of texts alone, and uses the kernels every
// build has. Starting values and priors are made by rule, so that its lines tell of arithmetic, not
// of training.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "block_memory.h"
#include "codec/range_coder.h"
#include "corpora/generate.h"
#include "fnv1a.h"
#include "made_start.h"
#include "model/byte_alphabet.h"
#include "model/walk.h"
#include "ngram/kernels_scalar.h"
#include "ngram/predictor.h"
#if defined(__aarch64__)
#include "ngram/kernels_neon.h"
#endif

namespace pith {
namespace {

using Bytes = std::vector<uint8_t>;
using model::ByteAlphabet;

// A prior that has something, but nothing true, to say of one context in some hundreds.
class MadePrior {
 public:
  MadePrior() : lines_(corpus::generate("random", kLines * ngram::PriorTable::kLineSize, 2)) {
    const Bytes random = corpus::generate("random", 3 * ngram::PriorTable::kCodes, 3);
    for (size_t i = 0; i < ngram::PriorTable::kCodes; ++i) {
      codes_.push_back({random[3 * i], random[3 * i + 1], random[3 * i + 2]});
    }
  }
  [[nodiscard]] ngram::PriorTable table() const { return {codes_.data(), lines_.data(), kLines}; }

 private:
  static constexpr uint32_t kLines = 1000;
  std::vector<ngram::PriorTable::Code> codes_;
  Bytes lines_;
};

// The bytes that a predictor makes of raw; empty if it does not decode them.
template <class Kernels, size_t kLevel>
Bytes coded_with(ngram::ContentKind kind, const Bytes& raw, const ngram::PriorTable* prior) {
  using Predictor = ngram::Predictor<Kernels, kLevel>;
  const auto raw_size = static_cast<uint32_t>(raw.size());
  const std::vector<uint16_t> words =
      test::made_start(Predictor::kShape, static_cast<uint32_t>(kind));
  const ngram::Start start = ngram::start_of(Predictor::kShape, words.data());
  const ByteAlphabet::Cursor root(ngram::byte_code(kind));
  test::BlockMemory memory(ngram::layout(Predictor::kShape, raw_size).total);
  Bytes coded(2 * raw.size() + 64);
  {
    Predictor& predictor =
        *Predictor::create(kind, start, raw.data(), raw_size, memory.data(), prior);
    codec::RangeEncoder encoder(coded);
    model::WalkEncoder coder{encoder};
    for (const uint8_t byte : raw) {
      model::walk<ByteAlphabet>(predictor, coder, byte, root);
      predictor.append();
    }
    coded.resize(encoder.finish());
    if (encoder.overflowed()) return {};
  }
  Bytes back(raw.size());
  Predictor& predictor =
      *Predictor::create(kind, start, back.data(), raw_size, memory.data(), prior);
  codec::RangeDecoder decoder(coded);
  model::WalkDecoder coder{decoder};
  for (uint8_t& byte : back) {
    byte = model::walk<ByteAlphabet>(predictor, coder, uint8_t{0}, root);
    predictor.append();
  }
  return back == raw ? coded : Bytes();
}

// The bytes that all kernels make of raw; empty if they disagree.
template <size_t kLevel>
Bytes coded_by_all(ngram::ContentKind kind, const Bytes& raw, const ngram::PriorTable* prior) {
  Bytes coded = coded_with<ngram::ScalarKernels, kLevel>(kind, raw, prior);
#if defined(__aarch64__)
  if (coded_with<ngram::NeonKernels, kLevel>(kind, raw, prior) != coded) return {};
#endif
  return coded;
}

constexpr Bytes (*kCoded[ngram::kNgramLevels])(ngram::ContentKind, const Bytes&,
                                               const ngram::PriorTable*) = {
    coded_by_all<0>, coded_by_all<1>, coded_by_all<2>, coded_by_all<3>};

bool report(std::string_view name, const Bytes& raw, size_t level, int kind,
            const ngram::PriorTable* prior) {
  const Bytes coded = kCoded[level](static_cast<ngram::ContentKind>(kind), raw, prior);
  test::Fnv1a hash;
  hash.add(std::span<const uint8_t>(coded));
  std::printf("%-14.*s level %zu kind %d%s: %7zu -> %7zu %016llx\n", static_cast<int>(name.size()),
              name.data(), level + 1, kind, prior != nullptr ? " prior" : "", raw.size(),
              coded.size(), static_cast<unsigned long long>(hash.value()));
  return !coded.empty();
}

}  // namespace
}  // namespace pith

int main(int argc, char** argv) {
  const size_t size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1500;
  bool good = size > 0;
  // Every kind of text at one level and kind of content, and a longer one at all of them.
  int turn = 0;
  for (const pith::corpus::Kind& kind : pith::corpus::kinds()) {
    good &= pith::report(kind.name, pith::corpus::generate(kind, size, 1),
                         static_cast<size_t>(turn % 4), turn % 3, nullptr);
    ++turn;
  }
  const pith::MadePrior made_prior;
  const pith::ngram::PriorTable prior = made_prior.table();
  const std::vector<uint8_t> archive = pith::corpus::generate("archive", 10 * size, 1);
  for (size_t level = 0; level < pith::ngram::kNgramLevels; ++level) {
    for (int kind = 0; kind < 3; ++kind) {
      good &= pith::report("archive", archive, level, kind, nullptr);
      good &= pith::report("archive", archive, level, kind, &prior);
    }
  }
  if (!good) std::fputs("coded_hash: kernels disagree, or do not decode what they coded\n", stderr);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
