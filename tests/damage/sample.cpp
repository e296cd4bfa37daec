#include "sample.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

#include "container/base/checksum.h"
#include "container/format/format.h"
#include "corpora/generate.h"
#include "tests/neural/changed_model.h"

namespace pith::test {
namespace {

using container::Method;
using Block = SampleFrame::Block;

constexpr size_t kCheckSize = 4;

// One frame of an archive to be made.
struct Recipe {
  Bytes raw;
  int level = 1;
  uint64_t block_size = 0;
  const pith_prior* prior = nullptr;
  const pith_model* model = nullptr;
};

Bytes coded(const Recipe& recipe) {
  const EncoderPtr encoder(pith_encoder_new(nullptr));
  (void)pith_encoder_set(encoder.get(), PITH_PARAM_LEVEL, static_cast<uint64_t>(recipe.level));
  (void)pith_encoder_set(encoder.get(), PITH_PARAM_BLOCK_SIZE, recipe.block_size);
  (void)pith_encoder_set_prior(encoder.get(), recipe.prior);
  (void)pith_encoder_set_model(encoder.get(), recipe.model);
  return run_encoder(encoder.get(), recipe.raw, Cuts::none(), Cuts::none()).bytes;
}

// Finds the structures of a frame that begins at `begin` and ends with the archive. False if it is
// not whole or one of its blocks is of another method.
bool dissect(const Bytes& archive, size_t begin, const std::vector<Method>& methods,
             SampleFrame* frame) {
  const View bytes = View(archive).subspan(begin);
  container::FrameHeader header;
  size_t size = 0;
  if (!container::parse_frame_header(bytes, &header, &size).ok()) return false;
  frame->begin = begin;
  frame->header_end = begin + size;
  frame->end = archive.size();
  size_t at = frame->header_end;
  for (const Method method : methods) {
    container::BlockHeader block;
    if (!container::parse_block_header(View(archive).subspan(at), &block, &size).ok() ||
        block.method != method) {
      return false;
    }
    const size_t payload = at + size;
    frame->blocks.push_back({at, payload, payload + block.coded_size, method != Method::kStored});
    at = frame->blocks.back().end;
  }
  return at < archive.size() && archive[at] == container::kFooterMarker[0];
}

Bytes letter() {
  constexpr std::string_view kText =
      "My dear friend, I have received your letter of the third, and I thank you for all the kind "
      "words that you wrote about my brother.\n";
  return {kText.begin(), kText.end()};
}

Bytes joined(const Bytes& first, const Bytes& second) {
  Bytes both = first;
  both.insert(both.end(), second.begin(), second.end());
  return both;
}

void put_check(Bytes* bytes, size_t begin, size_t check) {
  const uint32_t value = container::check32(View(*bytes).subspan(begin, check - begin));
  for (size_t i = 0; i < kCheckSize; ++i) {
    (*bytes)[check + i] = static_cast<uint8_t>(value >> (8 * i));
  }
}

}  // namespace

Samples::Samples() {
  std::ifstream file(PITH_PRIORS_DIR "/code.prior", std::ios::binary);
  prior_file_.assign(std::istreambuf_iterator<char>(file), {});
  prior_.reset(pith_prior_new(prior_file_.data(), prior_file_.size(), nullptr, nullptr, nullptr));
  model_file_ = changed_model_file(1);
  model_.reset(pith_model_new(model_file_.data(), model_file_.size(), nullptr, nullptr, nullptr));

  constexpr Method kStored = Method::kStored;
  constexpr Method kNgram = Method::kNgram;
  constexpr Method kNeural = Method::kNeural;
  const Bytes page = prose(200, 1);
  Bytes repeats;
  while (repeats.size() < 100'000) repeats.insert(repeats.end(), page.begin(), page.end());
  const Bytes json = corpus::generate("json", 400, 1);
  struct Line {
    const char* name;
    std::vector<Recipe> frames;
    std::vector<std::vector<Method>> methods;  // of each frame's blocks
  };
  const std::vector<Line> lines = {
      {"empty", {{}}, {{}}},
      {"stored", {{noise(100, 4)}}, {{kStored}}},
      {"zstd", {{repeats}}, {{Method::kZstd}}},
      {"n-gram, level 1, text", {{prose(250, 5)}}, {{kNgram}}},
      {"n-gram, level 2, structured", {{json, 2}}, {{kNgram}}},
      {"n-gram, level 3, binary", {{corpus::generate("records", 400, 1), 3}}, {{kNgram}}},
      {"n-gram, level 4, text", {{prose(250, 6), 4}}, {{kNgram}}},
      {"n-gram, prior of one's own", {{json, 3, 0, prior_.get()}}, {{kNgram}}},
      {"neural, level 5", {{letter(), 5}}, {{kNeural}}},
      {"neural, level 7", {{letter(), 7}}, {{kNeural}}},
      {"neural, model of one's own", {{letter(), 5, 0, nullptr, model_.get()}}, {{kNeural}}},
      {"two blocks", {{joined(noise(1024, 3), prose(200, 2)), 1, 1024}}, {{kStored, kNgram}}},
      {"three frames", {{prose(150, 7), 1}, {}, {noise(100, 8), 4}}, {{kNgram}, {}, {kStored}}},
  };
  for (const Line& line : lines) {
    Sample sample;
    sample.name = line.name;
    for (size_t i = 0; i < line.frames.size(); ++i) {
      const Recipe& recipe = line.frames[i];
      const size_t begin = sample.coded.size();
      sample.coded = joined(sample.coded, coded(recipe));
      sample.raw = joined(sample.raw, recipe.raw);
      sample.prior = recipe.prior;
      sample.model = recipe.model;
      SampleFrame frame;
      if (!dissect(sample.coded, begin, line.methods[i], &frame)) {
        std::fprintf(stderr, "%s: not coded as its name says\n", line.name);
        all_.clear();
        return;
      }
      frame.raw = recipe.raw;
      sample.frames.push_back(std::move(frame));
    }
    all_.push_back(std::move(sample));
  }
}

void reseal(const Sample& sample, Bytes* damaged) {
  if (damaged->size() != sample.coded.size()) return;
  for (const SampleFrame& frame : sample.frames) {
    put_check(damaged, frame.begin, frame.header_end - kCheckSize);
    size_t at = frame.header_end;
    for (const Block& block : frame.blocks) {
      if (block.has_payload_check) {
        const uint32_t value =
            container::check32(View(*damaged).subspan(block.payload, block.end - block.payload));
        for (size_t i = 0; i < kCheckSize; ++i) {
          (*damaged)[block.payload - 2 * kCheckSize + i] = static_cast<uint8_t>(value >> (8 * i));
        }
      }
      put_check(damaged, block.header, block.payload - kCheckSize);
      at = block.end;
    }
    put_check(damaged, at, frame.end - container::kFooterTailSize - kCheckSize);
  }
}

}  // namespace pith::test
