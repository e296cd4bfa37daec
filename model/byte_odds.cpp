#include "model/byte_odds.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace pith::model {

ByteOdds::ByteOdds(const LanguageModel& model, uint8_t* memory, uint8_t* scratch)
    : model_(model),
      class_sum_(reinterpret_cast<uint64_t*>(memory)),
      token_sum_(class_sum_ + model.engine().cut().classes() + 1),
      count_(reinterpret_cast<uint32_t*>(token_sum_ + model.vocabulary().size() +
                                         model.engine().cut().classes())),
      known_(reinterpret_cast<uint8_t*>(count_ + model.largest_class())),
      scratch_(scratch),
      cursor_(model.vocabulary().cursor()) {}

void ByteOdds::set_network(const int8_t* features, const uint32_t* counts) {
  features_ = features;
  const uint32_t classes = model_.engine().cut().classes();
  class_sum_[0] = 0;
  for (uint32_t c = 0; c < classes; ++c) class_sum_[c + 1] = class_sum_[c] + counts[c];
  assert(class_sum_[classes] != 0);  // of counts that are at least 1
  class_scale_ = (uint64_t{1} << 63) / class_sum_[classes];
  std::memset(known_, 0, classes);
}

void ByteOdds::begin_token() {
  cursor_ = model_.vocabulary().cursor();
  inside_ = true;
  pending_size_ = ended_size_ = 0;
  other_ = 0;
}

void ByteOdds::begin_byte() {
  ended_here_ = false;
  if (pending_size_ == 0) return;
  if (cursor_.forced() < 0) {
    other_ = mass(cursor_.range(0));
    ended_here_ = true;
  }
  cursor_.step(1);
}

Masses ByteOdds::masses() {
  Masses result;
  result.other = other_;
  if (!inside_) return result;
  const int forced = cursor_.forced();
  if (forced != 1) result.zero = mass(forced < 0 ? cursor_.range(0) : cursor_.range());
  if (forced != 0) result.one = mass(forced < 0 ? cursor_.range(1) : cursor_.range());
  return result;
}

void ByteOdds::took(uint32_t outcome, uint32_t share) {
  other_ = (other_ * share) >> 24;
  if (!inside_) return;
  const int forced = cursor_.forced();
  inside_ = forced < 0 || static_cast<uint32_t>(forced) == outcome;
  if (inside_) cursor_.step(outcome);
}

// The decisions of a byte that was there before the token it belongs to began.
void ByteOdds::follow(uint8_t byte) {
  const codec::ByteCode& code = codec::kTextByteCode;
  for (uint32_t depth = 0; depth < code.length[byte]; ++depth) {
    took(uint32_t{code.code[byte]} >> (15 - depth) & 1, 1u << 23);
  }
}

uint64_t ByteOdds::mass(TokenRange range) {
  const uint32_t first = model_.class_of(range.low);
  const uint32_t last = model_.class_of(range.high - 1);
  const ClassCut& cut = model_.engine().cut();
  uint64_t result = class_mass(first, last + 1);
  if (range.low != cut.begin[first] || range.high != cut.begin[last + 1]) {
    if (known_[first] == 0) find_tokens(first);
    const uint64_t* sum = token_sum_ + first;
    const uint64_t share =
        (sum[range.high] - sum[range.low]) * ((uint64_t{1} << 63) / sum[cut.begin[first + 1]]) >>
        (63 - kShareBits);
    result = result * share >> kShareBits;
  }
  return std::max<uint64_t>(result, 1);
}

void ByteOdds::find_tokens(uint32_t c) {
  const ClassCut& cut = model_.engine().cut();
  model_.engine().token_counts(features_, c, scratch_, count_);
  uint64_t* sum = token_sum_ + cut.begin[c] + c;
  sum[0] = 0;
  for (uint32_t i = 0; i < cut.size(c); ++i) sum[i + 1] = sum[i] + count_[i];
  known_[c] = 1;
}

}  // namespace pith::model
