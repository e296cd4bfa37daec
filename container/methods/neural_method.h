// The neural block method: a network and the n-gram predictor, mixed along the walk over tokens.
//
// Payload (docs/format.md section 12): a byte of flags; where line ends are folded, the sizes of
// the folded text and of the list of lone line ends, and that list; then the code of the tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "container/methods/ngram_method.h"
#include "container/priors/prior.h"
#include "model/language_model.h"
#include "ngram/content_kind.h"

namespace pith::container {

// What decides how a block is predicted.
struct NeuralConfig {
  size_t shape = 0;                               // ngram/network_shape.h
  const model::LanguageModel* network = nullptr;  // not null
  ngram::ContentKind kind = ngram::ContentKind::kText;
  uint32_t raw_size = 0;         // of the block, bytes
  const Prior* prior = nullptr;  // that serves the kind; null: none
};

// Bytes of working memory that coding a block needs, the network itself not counted.
[[nodiscard]] size_t neural_memory(const NeuralConfig& config);

// The same with network and starting weights, as headers declare it: the room for a network, which
// is what of it does not stay in its file and its working memory, is a fixed number, so that
// headers can be judged by those who do not have the network.
inline constexpr size_t kNetworkRoom = size_t{5688} << 10;  // bytes
// Whether a network whose weights are not counted can work in it.
[[nodiscard]] bool fits_network_room(const model::LanguageModel& network);
[[nodiscard]] uint64_t neural_memory_declared(size_t shape, uint32_t raw_size);

// Whether a part of a text is so much better off without the network that the whole will be, too.
[[nodiscard]] constexpr bool is_hopeless(uint64_t with_network, uint64_t with_ngrams) {
  return 100 * with_network > 101 * with_ngrams;
}

// Whether coding with a network is worth it.
struct NeuralTrial {
  // Bytes after which encoding ends, with a size of 0, if it is hopeless.
  uint64_t give_up_after = ~uint64_t{0};
  uint64_t ngram_size = 0;  // result: bytes that n-grams alone take of what was coded
};

// As ngram_encode() and ngram_decode(), for memory of neural_memory() bytes. trial may be null. Any
// bytes are safe to decode.
[[nodiscard]] size_t neural_encode(const NeuralConfig& config, std::span<const uint8_t> raw,
                                   std::span<uint8_t> coded, std::span<uint8_t> memory,
                                   BlockControl* control, NeuralTrial* trial);
[[nodiscard]] bool neural_decode(const NeuralConfig& config, std::span<const uint8_t> coded,
                                 std::span<uint8_t> raw, std::span<uint8_t> memory,
                                 BlockControl* control);

// A text to learn from, and the prior to code it with; null for none.
struct NeuralSample {
  std::span<const uint8_t> bytes;
  const Prior* prior = nullptr;
};

// Trains the weights of the mixers of network and n-grams of a shape on the samples in their order.
// bits_per_byte: what the samples took.
[[nodiscard]] std::vector<uint16_t> neural_train_start(size_t shape,
                                                       const model::LanguageModel& network,
                                                       ngram::ContentKind kind,
                                                       std::span<const NeuralSample> samples,
                                                       double* bits_per_byte);

}  // namespace pith::container
