#include "model_cli/start_file.h"

#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>
#include <stdexcept>

#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

constexpr double kSmallest = 6e3;  // bytes of a sample
constexpr double kLargest = 1.5e6;
constexpr int kZstdLevel = 19;

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

}  // namespace

std::vector<std::vector<uint8_t>> cut_samples(const std::vector<std::string>& files, size_t most,
                                              bool text) {
  std::mt19937_64 random(1);
  const auto unit = [&random] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  std::vector<std::vector<uint8_t>> samples;
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

void write_start_file(const std::string& path, const std::vector<std::vector<uint16_t>>& sets) {
  std::vector<uint8_t> file;
  std::vector<uint8_t> frames;
  for (const std::vector<uint16_t>& set : sets) {
    const std::vector<uint8_t> frame = packed(set);
    for (int shift = 0; shift < 32; shift += 8) {
      file.push_back(static_cast<uint8_t>(frame.size() >> shift));
    }
    frames.insert(frames.end(), frame.begin(), frame.end());
  }
  file.insert(file.end(), frames.begin(), frames.end());
  write_file(path, file);
}

}  // namespace pith::model_cli
