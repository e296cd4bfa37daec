// The shape of a network; see docs/network.md for what the numbers mean.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pith::model {

enum class BlockKind : char { kRecurrence = 'r', kAttention = 'a' };

struct NetworkConfig {
  uint32_t vocabulary = 8192;       // V: tokens
  uint32_t width = 256;             // d: channels of the residual stream
  std::string blocks = "rrrr";      // one letter a block, in order: BlockKind
  uint32_t recurrence_width = 256;  // e: channels of a recurrence
  uint32_t feed_forward = 768;      // f: channels inside a feed-forward layer
  uint32_t heads = 4;               // query heads of an attention block
  uint32_t kv_heads = 1;            // key and value heads; divides heads
  uint32_t head_width = 64;         // channels of a head, even
  uint32_t window = 256;            // tokens that attention sees, the current one included
  uint32_t ngram_rows = 65536;      // H: rows of each of the two hashed tables; 0: no tables
  uint32_t ngram_width = 64;        // w: channels of a row of those
  uint32_t classes = 192;           // C: wanted; a cut of the vocabulary may have fewer

  friend bool operator==(const NetworkConfig&, const NetworkConfig&) = default;
};

// Where an input to a network starts: the token of the byte 0 stands before every text.
inline constexpr uint16_t kStartToken = 0;
// Tokens of context of the short convolution, the current one included.
inline constexpr uint32_t kTaps = 4;
inline constexpr float kLogitCap = 15.0f;
inline constexpr float kNormEpsilon = 1.0f / 1024;

// Contiguous ranges of tokens: class c has the tokens [begin[c], begin[c + 1]).
struct ClassCut {
  std::vector<uint32_t> begin;  // [classes + 1], from 0 to the size of the vocabulary

  [[nodiscard]] uint32_t classes() const { return static_cast<uint32_t>(begin.size()) - 1; }
  [[nodiscard]] uint32_t size(uint32_t c) const { return begin[c + 1] - begin[c]; }
};

// Reads "name value" lines; '#' starts a comment; what is not named keeps its value. Lines with
// names that are not of a network go to others, if that is given, as (name, value). Returns "" or
// what is wrong, with the line's number.
struct ConfigLine {
  size_t number;  // of the line, from 1
  std::string name;
  std::string value;
};
[[nodiscard]] std::string parse_config(std::string_view text, NetworkConfig* config,
                                       std::vector<ConfigLine>* others = nullptr);

// The text that parse_config() reads.
[[nodiscard]] std::string config_text(const NetworkConfig& config);

// Returns "" or why no network can have this shape.
[[nodiscard]] std::string check_config(const NetworkConfig& config);

// Multiply-adds of the matrix products for one token. class_rows: rows of the class of an average
// token.
[[nodiscard]] double multiply_adds(const NetworkConfig& config, double class_rows);

// Rows of the hashed tables (docs/network.md, section 2): the current token and those before it.
[[nodiscard]] inline uint32_t ngram_row2(uint32_t rows, uint32_t b, uint32_t c) {
  uint32_t h = (b + 1) * 0x9E3779B1u + c * 0x85EBCA77u;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  return static_cast<uint32_t>(uint64_t{h} * rows >> 32);
}
[[nodiscard]] inline uint32_t ngram_row3(uint32_t rows, uint32_t a, uint32_t b, uint32_t c) {
  uint32_t h = (a + 1) * 0xC2B2AE3Du + (b + 1) * 0x9E3779B1u + c * 0x85EBCA77u;
  h = (h ^ h >> 15) * 0x2C1B3C6Du;
  return static_cast<uint32_t>(uint64_t{h} * rows >> 32);
}

}  // namespace pith::model
