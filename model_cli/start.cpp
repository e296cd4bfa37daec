// pith-model start: trains the values that n-gram predictors start with, as they are built into the
// library (models/start.bin, docs/format.md).
#include <fmt/format.h>
#include <zstd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "container/ngram_method.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "ngram/ensemble.h"

namespace pith::model_cli {
namespace {

// Samples are of all sizes that files have, as many small ones as large ones.
constexpr double kSmallest = 6e3;  // bytes
constexpr double kLargest = 1.5e6;
constexpr int kZstdLevel = 19;

struct StartOptions {
  std::array<std::vector<std::string>, ngram::kKinds> files;  // [kind]
  std::string output;
  size_t sample = size_t{16} << 20;
};

using Samples = std::vector<std::vector<uint8_t>>;

// About `most` bytes of the files, each with the same share, in pieces from everywhere.
Samples cut_samples(const std::vector<std::string>& files, size_t most, bool text) {
  std::mt19937_64 random(1);
  const auto unit = [&random] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  Samples samples;
  for (const std::string& name : files) {
    const std::vector<uint8_t> bytes = read_file(name);
    size_t left = std::min(most / files.size(), bytes.size());
    while (left > 0) {
      const double wanted = kSmallest * std::pow(kLargest / kSmallest, unit());
      const size_t size = std::min(static_cast<size_t>(wanted), left);
      const auto at = static_cast<size_t>(unit() * static_cast<double>(bytes.size() - size + 1));
      const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
      std::vector<uint8_t> piece(begin, begin + static_cast<std::ptrdiff_t>(size));
      if (text) std::erase(piece, uint8_t{0});  // they separate documents
      if (!piece.empty()) samples.push_back(std::move(piece));
      left -= size;
    }
  }
  for (size_t i = samples.size(); i > 1; --i) std::swap(samples[i - 1], samples[random() % i]);
  return samples;
}

std::vector<uint8_t> packed(std::vector<uint16_t> words) {
  if constexpr (std::endian::native == std::endian::big) {
    for (uint16_t& word : words) word = static_cast<uint16_t>(word << 8 | word >> 8);
  }
  const size_t size = words.size() * sizeof(uint16_t);
  std::vector<uint8_t> frame(ZSTD_compressBound(size));
  const size_t done = ZSTD_compress(frame.data(), frame.size(), words.data(), size, kZstdLevel);
  if (ZSTD_isError(done)) throw std::runtime_error(ZSTD_getErrorName(done));
  frame.resize(done);
  return frame;
}

void run_start(const StartOptions& options) {
  std::array<Samples, ngram::kKinds> samples;
  for (size_t kind = 0; kind < ngram::kKinds; ++kind) {
    samples[kind] = cut_samples(options.files[kind], options.sample,
                                kind != static_cast<size_t>(ngram::ContentKind::kBinary));
    if (samples[kind].empty()) throw Failure(options.files[kind].front(), "the samples are empty");
  }
  std::vector<uint8_t> sizes;
  std::vector<uint8_t> frames;
  for (int level = 1; level <= static_cast<int>(ngram::kNgramLevels); ++level) {
    for (size_t kind = 0; kind < ngram::kKinds; ++kind) {
      const std::vector<std::span<const uint8_t>> views(samples[kind].begin(), samples[kind].end());
      const std::vector<uint8_t> frame = packed(container::ngram_train_start(
          level, static_cast<ngram::ContentKind>(kind), nullptr, views));
      for (int shift = 0; shift < 32; shift += 8) {
        sizes.push_back(static_cast<uint8_t>(frame.size() >> shift));
      }
      frames.insert(frames.end(), frame.begin(), frame.end());
      fmt::print(stderr, "level {}, kind {}: {} bytes\n", level, kind, frame.size());
    }
  }
  sizes.insert(sizes.end(), frames.begin(), frames.end());
  write_file(options.output, sizes);
}

}  // namespace

void add_start(CLI::App* app) {
  const auto options = std::make_shared<StartOptions>();
  CLI::App* command =
      app->add_subcommand("start",
                          "Trains the values that n-gram predictors start with, "
                          "for all levels and kinds of content: the\n"
                          "file that pith is built with. It is part of the format.");
  constexpr std::array kNames = {"--text", "--structured", "--binary"};
  constexpr std::array kHelp = {"samples of prose, markup and source code",
                                "samples of logs, tables and the like", "samples of programs"};
  for (size_t kind = 0; kind < ngram::kKinds; ++kind) {
    command->add_option(kNames[kind], options->files[kind], kHelp[kind])->required();
  }
  command->add_option("-o,--output", options->output, "file to write")->required();
  command->add_option("--sample", options->sample, "bytes to learn from, of each kind")
      ->transform(CLI::AsSizeValue(false))
      ->check(CLI::Range(size_t{1}, size_t{1} << 30))
      ->capture_default_str();
  command->callback([options] { run_start(*options); });
}

}  // namespace pith::model_cli
