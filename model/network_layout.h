// The learned numbers of a network as one flat array: what lies where in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "model/network_config.h"

namespace pith::model {

// What the optimiser and the quantiser must know of a parameter.
enum class ParameterKind : uint8_t {
  kMatrix,     // inside of the network: orthogonalised updates (Muon)
  kEmbedding,  // a step touches few of its rows
  kOutput,     // rows of logits
  kVector,     // biases, gains, taps
};

struct Parameter {
  std::string name;  // "block2.in"
  ParameterKind kind;
  size_t rows;
  size_t columns;
  size_t parts;   // a kMatrix is this many matrices of rows / parts rows, one above the other
  size_t offset;  // of its first element in the flat array; row-major
  [[nodiscard]] size_t size() const { return rows * columns; }
};

// Where one block has its parameters, as indices into Layout::parameters.
struct BlockLayout {
  BlockKind kind;
  size_t in;  // r: [3e][d] value, decay, gate; a: [(heads + 2 kv_heads) c][d] queries, keys, values
  size_t out;   // r: [d][e]; a: [d][heads c]
  size_t taps;  // r: [kTaps][2e] of value and decay; tap k weighs the token k back
  size_t bias;  // r: [e] of the decay
  size_t gain;  // r: [e] of the state
  size_t up;    // [f][d]
  size_t down;  // [d][f]
};

struct Layout {
  std::vector<Parameter> parameters;
  std::vector<BlockLayout> blocks;
  size_t embedding;      // [V][d]
  size_t ngram2;         // [H][w]; like the next two only if H is not 0
  size_t ngram3;         // [H][w]
  size_t ngram_project;  // [d][2w]
  size_t class_rows;     // [C][d]
  size_t class_bias;     // [C]
  size_t token_rows;     // [V][d]
  size_t token_bias;     // [V]
  size_t total = 0;      // elements of the flat array
};

[[nodiscard]] Layout make_layout(const NetworkConfig& config, size_t classes);

}  // namespace pith::model
