// A network in integers, as files carry it and the engine computes it (docs/network.md).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/file_error.h"
#include "model/network_config.h"
#include "model/network_layout.h"
#include "model/shared_weights.h"

namespace pith::model {

// mantissa * 2^-shift, a positive number to 15 bits.
struct Scale {
  uint16_t mantissa;  // in [2^14, 2^15)
  uint8_t shift;      // at most kShiftMax

  friend bool operator==(const Scale&, const Scale&) = default;
};
inline constexpr uint32_t kMantissaMin = 1u << 14;
inline constexpr uint32_t kMantissaMax = (1u << 15) - 1;
inline constexpr uint32_t kShiftMax = 60;

inline constexpr int kVectorBits = 16;  // fractional bits of biases, gains and taps

// A parameter of the layout. Vectors have numbers, all others weights and scales.
struct IntegerParameter {
  SharedWeights weights;         // [rows][columns], in -127 .. 127
  std::vector<Scale> scales;     // [rows]; of a hashed table [1]
  std::vector<int32_t> numbers;  // [rows * columns], kVectorBits fractional bits
};

struct IntegerModel {
  NetworkConfig config;
  ClassCut cut;
  std::vector<uint8_t> vocabulary;  // a vocabulary file
  std::vector<Scale> steps;         // of activations, two a block: Network::quantise_activations()
  std::vector<IntegerParameter> parameters;  // of make_layout(config, cut.classes()), in its order

  [[nodiscard]] Layout layout() const { return make_layout(config, cut.classes()); }
};

// Whether a parameter of the layout has one scale for all rows.
[[nodiscard]] bool has_one_scale(const Layout& layout, size_t parameter);

// The file form:
//
//   8 bytes   89 50 49 54 48 4E 45 54   0x89 "PITHNET"
//   uint32    version, 1
//   uint32    length of the head
//   head      lines of config_text(), padded with line ends to a multiple of 8
//   uint32    classes C; C + 1 uint16: first tokens of the classes, and the number of tokens less 1
//   as the last uint32    size of the vocabulary file, and it steps     2 a block: mantissa uint16,
//   shift uint8 parameters, each: vectors as int32; others as scales (uint16, uint8), then weights
//   as int8 uint64    XXH3-64 of all before it: the name of the model
//
// Numbers are little-endian and not aligned.
[[nodiscard]] bool is_model_file(std::span<const uint8_t> file);
// Whether a model file is of the version that is read here, or ends before that can be told.
[[nodiscard]] bool has_known_version(std::span<const uint8_t> file);
[[nodiscard]] std::vector<uint8_t> write_model(const IntegerModel& model);

// Reads untrusted bytes: everything is in its range and fits together, or it is an error, which
// leaves *model as it was. What is accepted is exactly what write_model() makes of it. The model's
// weights stay where they are in the file, which outlives it and what is made of it.
[[nodiscard]] FileError read_model(std::span<const uint8_t> file, IntegerModel* model);

// The name of a model: what its file, which read_model() accepts, ends with.
[[nodiscard]] uint64_t model_hash(std::span<const uint8_t> file);

}  // namespace pith::model
