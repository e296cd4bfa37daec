// The n-gram block method: one predictor, driven by encoder and decoder through the same symbol
// walk.
//
// This is the seam between the container and the models. The code behind it is compiled once for
// each instruction set (see ngram_method.cpp); all of them give the same bytes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "container/priors/prior.h"
#include "ngram/content_kind.h"

namespace pith::container {

// What decides the predictor of a block; all of it is in the block header.
struct NgramConfig {
  int level = 1;  // 1..9; 5..9 mean 4
  ngram::ContentKind kind = ngram::ContentKind::kText;
  uint32_t raw_size = 0;         // of the block, bytes
  const Prior* prior = nullptr;  // that serves the kind; null: none
};

// Shared with the thread that waits for a worker: how far it is, and whether it should stop.
struct BlockControl {
  std::atomic<uint64_t> raw_bytes_done{0};
  std::atomic<bool> cancel{false};
};

// Bytes of working memory that coding a block needs, the same for encoding and decoding.
[[nodiscard]] size_t ngram_memory(const NgramConfig& config);

// Codes raw into coded. memory: at least ngram_memory() bytes, 64-byte aligned, any content; it is
// initialised here. Returns the coded size; 0 if it would not fit in coded or control->cancel was
// set (control may be null).
[[nodiscard]] size_t ngram_encode(const NgramConfig& config, std::span<const uint8_t> raw,
                                  std::span<uint8_t> coded, std::span<uint8_t> memory,
                                  BlockControl* control);

// Decodes coded into raw (whole: raw.size() == config.raw_size). Any bytes are safe to decode,
// damaged ones give wrong output that the caller's checksum finds. False if control->cancel was
// set, or if the coded bytes ran out too early.
[[nodiscard]] bool ngram_decode(const NgramConfig& config, std::span<const uint8_t> coded,
                                std::span<uint8_t> raw, std::span<uint8_t> memory,
                                BlockControl* control);

// Trains starting values (ngram/start_trainer.h), those that go with a table if one is given, at a
// level 1..4 and for a kind, on the samples in their order. Slower than coding them. Throws
// std::bad_alloc.
[[nodiscard]] std::vector<uint16_t> ngram_train_start(
    int level, ngram::ContentKind kind, const ngram::PriorTable* table,
    const std::vector<std::span<const uint8_t>>& samples);

// Instruction-set paths. The best one the CPU has is used unless a test forces another.
[[nodiscard]] const char* ngram_kernel_name();
[[nodiscard]] std::span<const char* const>
ngram_kernel_names();  // those this CPU can run, worst first
// Forces a path by name for the whole process (tests and bench only); false if it cannot run here.
[[nodiscard]] bool ngram_force_kernel(const char* name);

}  // namespace pith::container
