// How small texts become with a network's file, and without: what `pith` would make of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace pith::model_cli {

// Bytes.
struct CodedSize {
  std::string name;  // of the text: its file's, without directory and extension
  uint64_t raw = 0;
  uint64_t ngrams = 0;  // as the best n-gram level codes it
  uint64_t both = 0;    // with the network beside the n-grams
};

// Codes each file, at most `limit` bytes from its start, in pieces of `kCodedPiece` bytes, with the
// built-in prior that suits the piece. model: path of a model file. threads: at most so many, one
// file each. Throws Failure.
inline constexpr size_t kCodedPiece = size_t{4} << 20;
[[nodiscard]] std::vector<CodedSize> coded_sizes(const std::string& model,
                                                 const std::vector<std::string>& files,
                                                 uint64_t limit, size_t threads);

}  // namespace pith::model_cli
