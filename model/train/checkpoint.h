// The file form of a training run.
//
//   8 bytes    "PITHRUN1"
//   uint64     size of the header, a multiple of 8
//   header     text: the lines of the configuration, then
//                class_begin A B C ...       first tokens of the classes, and the number of tokens
//                class_rows R
//                counted_steps N, tokens N, bytes N, seconds S
//                array NAME TYPE COUNT       TYPE is f32, u64 or u8; arrays follow in this order
//              padded with line ends
//   arrays     one after the other, each padded with zeros to 8 bytes
//   uint64     XXH3-64 of all before it
//
// All numbers are little-endian. Arrays: vocabulary u8 (a vocabulary file), weights, average,
// first, second f32 (parameters as model::make_layout() lays them out), steps f32, sampler u64,
// streams f32, curve f32.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/file_error.h"
#include "model/train/training_run.h"

namespace pith::train {

[[nodiscard]] bool is_checkpoint(std::span<const uint8_t> file);

[[nodiscard]] std::vector<uint8_t> write_checkpoint(const TrainingRun& run);

// Reads untrusted bytes: what is accepted is consistent, its arrays have the sizes that its
// configuration asks for. An error leaves *run as it was.
[[nodiscard]] model::FileError read_checkpoint(std::span<const uint8_t> file, TrainingRun* run);

}  // namespace pith::train
