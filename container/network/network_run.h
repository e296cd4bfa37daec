// A network's run through a text: what it says of the decisions of each byte, and its steps from
// token to token.
//
// Where a token has probably ended, the network looks ahead: a second track takes that token and
// says what follows, and becomes the first one if so it is. Encoder and decoder guess alike.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/byte_code.h"
#include "container/network/network_track.h"
#include "container/network/token_draft.h"
#include "model/byte_alphabet.h"
#include "model/language_model.h"
#include "model/walk.h"
#include "ngram/network_view.h"

namespace pith::container {

// For one text. Memory is the caller's.
class NetworkRun {
 public:
  // steps: how many the network may make at once, 1 to NetworkTrack::kMostSteps.
  [[nodiscard]] static size_t memory_bytes(const model::LanguageModel& network, size_t steps);

  // guess_from: the network looks ahead where it holds the end of a token as likely as one in so
  // many. draft: what steps at once may be for; null for none. memory: memory_bytes(), aligned to
  // 64. It, the draft and the network outlive this.
  NetworkRun(const model::LanguageModel& network, uint32_t guess_from, size_t steps,
             TokenDraft* draft, uint8_t* memory);

  // Codes text, all of it. keep_on(bytes done): false to stop. False if it was stopped.
  template <class Predictor, class Coder, class KeepOn>
  bool encode(Predictor& predictor, Coder& coder, std::span<const uint8_t> text, KeepOn keep_on) {
    for (size_t i = 0; i < text.size(); ++i) {
      code_byte(predictor, coder, text[i]);
      predictor.append();
      end_byte(text[i]);
      if (i % kReportEvery == 0 && !keep_on(i)) return false;
    }
    return true;
  }

  // The inverse.
  template <class Predictor, class Coder, class KeepOn>
  bool decode(Predictor& predictor, Coder& coder, std::span<uint8_t> text, KeepOn keep_on) {
    for (size_t i = 0; i < text.size(); ++i) {
      text[i] = code_byte(predictor, coder, 0);
      predictor.append();
      end_byte(text[i]);
      if (i % kReportEvery == 0 && !keep_on(i)) return false;
    }
    return keep_on(text.size());
  }

 private:
  static constexpr size_t kReportEvery = 256;  // bytes

  // byte: what to encode, any value when decoding.
  template <class Predictor, class Coder>
  uint8_t code_byte(Predictor& predictor, Coder& coder, uint8_t byte) {
    begin_byte();
    model::ByteAlphabet::Cursor cursor(codec::kTextByteCode);
    while (!cursor.done()) {
      const uint32_t p = predictor.predict(view());
      const uint32_t bit = coder.code(cursor.towards(byte), p);
      took(bit, predictor.ngram_share(bit));
      predictor.update(bit);
      cursor.step(bit);
    }
    return cursor.token();
  }

  void begin_byte();
  // Of the next decision of the byte.
  [[nodiscard]] ngram::NetworkView view();
  // Its outcome, which the n-grams held likely by share / 2^24.
  void took(uint32_t bit, uint32_t share);
  void end_byte(uint8_t byte);

  // Guessing costs a step of the network where the token goes on after all.
  uint32_t guess_from_;
  TokenDraft* draft_;
  std::array<NetworkTrack, 2> tracks_;
  size_t now_ = 0;            // the track of the tokens that are known
  bool guessing_ = false;     // the other is one token ahead
  uint64_t guessed_one_ = 0;  // the share it gives the outcome 1 of the decision in work
};

}  // namespace pith::container
