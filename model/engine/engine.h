// The network in integers: what a text's next token may be, the same numbers on every machine.
//
// docs/network.md says what is computed. The products of 8-bit numbers are summed exactly, and all
// between them is fixed point, so the result depends neither on the instruction set nor on how many
// tokens a call takes: a decoder takes one at a time, an encoder many, for a fraction of the time.
//
//   std::unique_ptr<const Engine> engine;
//   if (const FileError error = Engine::create(model, &engine); !error.ok()) ...
//   engine->start(state);
//   uint16_t before = kStartToken;
//   for (const uint16_t token : text) {
//     engine->advance(&before, 1, state, scratch, features);
//     engine->class_counts(features, 1, scratch, classes);   // of each class that may come
//     engine->token_counts(features, class_of(token), scratch, tokens);  // and of its tokens
//     before = token;
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "model/engine/attention_shape.h"
#include "model/engine/engine_weights.h"
#include "model/file_error.h"
#include "model/integer_model.h"

namespace pith::model {

struct Kernels;

// Weights arranged for the kernels. Not changed after create(): any number of threads may use one.
// Its functions allocate nothing and cannot fail. State and scratch are memory of the caller,
// aligned to kAlignment (64) bytes; scratch carries nothing from one call to the next.
class Engine {
 public:
  // Tokens that one call may take.
  static constexpr size_t kMostSteps = 32;
  static constexpr uint32_t kCountMax = 1 << 20;

  // model: one that read_model() accepts; afterwards only the file that its weights lie in is
  // referred to. The error says what of it the engine cannot compute. Throws std::bad_alloc.
  static FileError create(const IntegerModel& model, std::unique_ptr<const Engine>* engine);

  // Of one text: recurrent states, inputs of convolutions, attention windows, last tokens.
  [[nodiscard]] size_t state_bytes() const { return state_bytes_; }
  // For calls of at most this many steps.
  [[nodiscard]] size_t scratch_bytes(size_t steps) const;
  // Features of a step, bytes.
  [[nodiscard]] size_t feature_size() const { return padded(config_.width); }

  // The state before the first token of a text.
  void start(uint8_t* state) const;

  // Takes the next `steps` tokens of a text, 1 to kMostSteps; the first of all is kStartToken.
  // tokens: below the size of the vocabulary. features [steps][feature_size()]: what is known after
  // each of them about the next.
  void advance(const uint16_t* tokens, size_t steps, uint8_t* state, uint8_t* scratch,
               int8_t* features) const;
  // The same with the state after every step kept, for steps that may be taken back: states [steps
  // + 1], the first as it was; neighbours may be the same, others may not.
  void advance(const uint16_t* tokens, size_t steps, uint8_t* const* states, uint8_t* scratch,
               int8_t* features) const;

  // How likely each class is next: counts [steps][classes], in [1, kCountMax].
  void class_counts(const int8_t* features, size_t steps, uint8_t* scratch, uint32_t* counts) const;
  // Of one step, how likely each token of a class is if it is that class: counts [size of the
  // class], in [1, kCountMax].
  void token_counts(const int8_t* features, uint32_t class_index, uint8_t* scratch,
                    uint32_t* counts) const;

  [[nodiscard]] const NetworkConfig& config() const { return config_; }
  [[nodiscard]] const ClassCut& cut() const { return cut_; }
  // Bytes of the engine itself.
  [[nodiscard]] size_t memory() const { return weights_.memory() + sizeof *this; }

 private:
  struct Work;  // scratch, cut into arrays

  Engine() = default;
  void place_state();
  [[nodiscard]] Work work(uint8_t* scratch, size_t steps) const;
  void embed(const Kernels& kernels, const uint16_t* tokens, size_t steps, uint8_t* const* states,
             const Work& work) const;
  void mix(const Kernels& kernels, size_t block, uint32_t place, size_t steps,
           uint8_t* const* states, const Work& work) const;

  NetworkConfig config_;
  ClassCut cut_;
  EngineWeights weights_;
  AttentionShape attention_ = {};
  std::vector<uint32_t> turns_;
  std::vector<size_t> block_state_;  // [blocks + 1] offsets in a state, the last its end
  size_t state_bytes_ = 0;
  size_t activation_size_ = 0;  // elements of the longest vector of a product
  size_t result_size_ = 0;      // and of its results
  size_t output_size_ = 0;      // of the longest row of logits
};

// The kernels in use; those that this processor can run, the fastest last; and whether others could
// be forced, by name: for tests, before any engine works.
[[nodiscard]] const char* engine_kernel_name();
// Whether, with them, a step for two tokens takes hardly longer than one for one.
[[nodiscard]] bool engine_waits_for_weights();
[[nodiscard]] std::span<const char* const> engine_kernel_names();
bool engine_force_kernel(const char* name);

}  // namespace pith::model
