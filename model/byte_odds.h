// What a network, which predicts tokens, says of the bytes of a text: shares of probability for the
// outcomes of each decision of a byte.
//
// A text is cut into tokens, each the longest there is; so whether a token has ended shows only
// later, in a byte that no longer token goes on with. Until then there are two cases. The token
// goes on: then the network says with what. Or it ended where it last could: then the network,
// which has not seen that token yet, says nothing of what follows, and somebody else must. Masses
// give the shares of both. No decision is spent on where tokens end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "codec/byte_code.h"
#include "model/language_model.h"

namespace pith::model {

// Shares of probability, in units of their own; below 2^41 in all.
struct Masses {
  uint64_t zero = 0;   // the token goes on, the decision's outcome is 0
  uint64_t one = 0;    // the same with outcome 1
  uint64_t other = 0;  // the token has ended; nothing is known of the outcome
};

// For one text. Memory is the caller's.
class ByteOdds {
 public:
  using Token = Vocabulary::Token;

  [[nodiscard]] static size_t memory_bytes(const LanguageModel& model) {
    const size_t classes = model.engine().cut().classes();
    const size_t sums = 2 * classes + 1 + model.vocabulary().size();
    return sums * sizeof(uint64_t) + classes + model.largest_class() * sizeof(uint32_t) + 8;
  }

  // memory: memory_bytes(), aligned for uint64_t; it and the model outlive this. scratch: of the
  // engine, for one step.
  ByteOdds(const LanguageModel& model, uint8_t* memory, uint8_t* scratch);

  // What the network says of the token that comes next: features and counts as of
  // Engine::advance() and class_counts(); features last until the next call. At the start of a
  // text, and whenever end_byte() asks for it.
  void set_network(const int8_t* features, const uint32_t* counts);

  // Before the decisions of a byte.
  void begin_byte();
  // Of the next decision.
  [[nodiscard]] Masses masses();
  // Its outcome, which others held likely by share / 2^24.
  void took(uint32_t outcome, uint32_t share);
  // After the decisions of a byte. next(token): a token is known; the network takes it, and
  // set_network() is called with what comes of it before next() returns.
  template <class Next>
  void end_byte(uint8_t byte, Next next) {
    pending_[pending_size_++] = byte;
    if (inside_) {
      const int forced = cursor_.forced();
      if (forced == 1) return;  // not a token
      ended_size_ = pending_size_;
      ended_ = static_cast<Token>(cursor_.range().low);
      if (forced < 0) return;
    }
    // The token is known, and perhaps bytes of the next ones.
    std::array<uint8_t, kTokenBytesMax + 1> rest;
    size_t size = 0;
    for (size_t i = ended_size_; i < pending_size_; ++i) rest[size++] = pending_[i];
    const Token token = ended_;
    begin_token();
    next(token);
    for (size_t i = 0; i < size; ++i) {
      begin_byte();
      follow(rest[i]);
      end_byte(rest[i], next);
    }
  }

  // After begin_byte(): whether a token may have ended right before this byte, and which one.
  [[nodiscard]] bool may_have_ended() const { return ended_here_; }
  [[nodiscard]] Token ended() const { return ended_; }
  // After a decision: whether the token may still go on.
  [[nodiscard]] bool goes_on() const { return inside_; }
  // Back to where a token begins.
  void begin_token();

 private:
  static constexpr int kMassBits = 40;
  static constexpr int kShareBits = 23;

  void follow(uint8_t byte);
  // Of the tokens of a range, which is a subtree of decisions.
  [[nodiscard]] uint64_t mass(TokenRange range);
  [[nodiscard]] uint64_t class_mass(uint32_t first, uint32_t end) const {
    return (class_sum_[end] - class_sum_[first]) * class_scale_ >> (63 - kMassBits);
  }
  void find_tokens(uint32_t c);

  const LanguageModel& model_;
  uint64_t* class_sum_;  // [classes + 1] counts before
  uint64_t* token_sum_;  // [tokens + classes] the same in each class, one more than its tokens
  uint32_t* count_;      // [tokens of the largest class]
  uint8_t* known_;       // [classes] token_sum_ is of this network's step
  uint8_t* scratch_;
  const int8_t* features_ = nullptr;
  uint64_t class_scale_ = 0;  // 2^63 / the sum of all

  Vocabulary::Cursor cursor_;
  bool inside_ = true;  // the token may still go on
  bool ended_here_ = false;
  std::array<uint8_t, kTokenBytesMax + 1> pending_{};
  size_t pending_size_ = 0;
  size_t ended_size_ = 0;  // bytes of pending_ that are the longest token so far
  Token ended_ = 0;        // ... and that token
  uint64_t other_ = 0;     // mass of its end there
};

}  // namespace pith::model
