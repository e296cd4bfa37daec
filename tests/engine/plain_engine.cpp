#include "tests/engine/plain_engine.h"

#include <algorithm>
#include <cmath>

namespace pith::model {
namespace {

using Numbers = PlainEngine::Numbers;

constexpr Scale kNormStep = {1 << 14, 18};
constexpr int64_t kOne = 1 << 15;

int64_t shifted(int64_t x, int bits) {
  return bits > 0 ? (x + (int64_t{1} << (bits - 1))) >> bits : x << -bits;
}
int64_t within(int64_t x, int64_t limit) { return std::clamp(x, -limit, limit); }

// m * 2^-k, as "multiplier" on the page.
struct Factor {
  int64_t m;
  int k;
  [[nodiscard]] int64_t times(int64_t x) const { return shifted(x * m, k); }
};

// The multiplier nearest to n * 2^e.
Factor multiplier(uint64_t n, int e) {
  if (n == 0) return {0, 12};
  while (n >= uint64_t{1} << 16) {
    // All but one of the bits that go are cut off; the last is rounded.
    n >>= 1;
    ++e;
  }
  if (n >= uint64_t{1} << 15) {
    n = (n + 1) >> 1;
    ++e;
    if (n == uint64_t{1} << 15) {
      n >>= 1;
      ++e;
    }
  }
  while (n < uint64_t{1} << 14) {
    n <<= 1;
    --e;
  }
  if (-e < 12) return {32767, 12};
  for (; - e > 41; ++e) n >>= 1;
  return {static_cast<int64_t>(n), -e};
}

// sign(n) of the multiplier nearest to |n| * 2^e / step.
Factor quotient(int64_t n, int e, Scale step) {
  const auto size = static_cast<uint64_t>(n < 0 ? -n : n);
  Factor factor = multiplier((size << 31) / step.mantissa, e - 31 + step.shift);
  if (n < 0) factor.m = -factor.m;
  return factor;
}

int64_t root(int64_t x) {
  int64_t r = 0;
  while ((r + 1) * (r + 1) <= x) ++r;
  return r;
}

// What brings x with `bits` fractional bits to a mean square of 1 with out_bits.
Factor norm_of(const Numbers& x, int bits, int out_bits) {
  uint64_t sum = 0;
  for (const int64_t v : x) sum += static_cast<uint64_t>(v * v);
  uint64_t u = sum / x.size() + (uint64_t{1} << (2 * bits - 10));
  int z = 0;
  for (; u < uint64_t{1} << 62; z += 2) u <<= 2;
  u >>= 32;
  const auto middle = static_cast<int64_t>(2 * (u >> 25) + 1);
  auto y = static_cast<uint64_t>(root((int64_t{1} << 36) / middle));
  for (int i = 0; i < 2; ++i) y = (y * ((uint64_t{3} << 30) - ((u * y * y) >> 30))) >> 31;
  return {static_cast<int64_t>(y), 46 - z / 2 - out_bits};
}

Numbers norm(const Numbers& x, int bits, int out_bits, int64_t limit) {
  const Factor factor = norm_of(x, bits, out_bits);
  Numbers result;
  for (const int64_t v : x) result.push_back(within(factor.times(v), limit));
  return result;
}

struct Power {
  int64_t m;
  int64_t n;
};

Power power(int64_t t) {
  const int64_t f = t % kOne;
  int64_t p = 224;
  for (const int64_t c : {-1741, 7843, -22710, 32768}) p = shifted(p * f, 15) + c;
  return {p, t / kOne};
}
int64_t unit(Power p) { return (2 * p.m / (int64_t{1} << p.n) + 1) / 2; }

int64_t reciprocal(int64_t e) {
  int64_t r = -7269;
  for (const int64_t c : {21807, -30894, 32711}) r = shifted(r * e, 15) + c;
  return r + shifted(r * (kOne - r - shifted(e * r, 15)), 15);
}

int64_t silu(int64_t g) {
  const int64_t e = unit(power((std::abs(g) * 47274) >> 11));
  const int64_t r = reciprocal(e);
  return shifted(g * (g > 0 ? r : shifted(e * r, 15)), 15);
}

int64_t moved(int64_t h, int64_t v, int64_t z) {
  const Power p = power((std::abs(z) * 23637) >> 11);
  const int64_t r = reciprocal(unit(p));
  const int64_t share = z > 0 ? shifted(p.m * r, 15) : r;
  return h + shifted((v - h) * share, static_cast<int>(15 + (z > 0 ? p.n : 0)));
}

int64_t capped(int64_t l) {
  const int64_t t = std::min<int64_t>(shifted(std::abs(l) * 25213, 18), 30 * kOne);
  const int64_t e = unit(power(t));
  const int64_t size = shifted(shifted((kOne - e) * reciprocal(e), 15) * 22160, 10);
  return l < 0 ? -size : size;
}

int64_t activation(int64_t x, Factor factor) { return within(factor.times(x >> 4), 127); }

// The nearest of 2^-14. None of the angles comes near a tie.
int64_t sine(uint32_t angle) {
  return std::lround(std::sin(angle * (std::acos(-1.0) / 2048)) * 16384);
}

// Of pair i of a head of width c, in 2^-32 turns a token.
uint32_t turn(uint64_t i, uint64_t half) {
  const uint64_t y = i * 57070290109 / half;
  uint64_t factor = uint64_t{1} << 30;
  uint64_t result = uint64_t{1} << 31;
  for (int bit = 31; bit >= 0; --bit) {
    factor = static_cast<uint64_t>(std::sqrt(static_cast<long double>(factor << 31)));
    if ((y >> bit) % 2 == 1) result = (result * factor + (1u << 30)) >> 31;
  }
  return static_cast<uint32_t>(((result >> (y >> 32)) * 683565276) >> 31);
}

}  // namespace

PlainEngine::PlainEngine(const IntegerModel& model) : model_(model), layout_(model.layout()) {
  blocks_.resize(layout_.blocks.size());
  for (Block& block : blocks_) block.hidden.assign(model.config.recurrence_width, 0);
  tokens_ = {kStartToken, kStartToken};
}

Numbers PlainEngine::product(size_t parameter, const Numbers& x, Scale step, int bits, size_t first,
                             size_t count) const {
  const IntegerParameter& from = model_.parameters[parameter];
  const size_t columns = x.size();
  int64_t most = 0;
  for (size_t row = first; row < first + count; ++row) {
    int64_t sum = 0;
    for (size_t c = 0; c < columns; ++c) sum += std::abs(int{from.weights[row * columns + c]});
    most = std::max(most, 127 * sum);
  }
  int a = 0;
  while (a < 16 && most << (a + 1) < int64_t{1} << 31) ++a;
  Numbers result;
  for (size_t row = first; row < first + count; ++row) {
    int64_t sum = 0;
    for (size_t c = 0; c < columns; ++c) sum += x[c] * from.weights[row * columns + c];
    const Scale scale = from.scales[row];
    const int exponent = bits + 32 - a - scale.shift - step.shift;
    const int64_t both = int64_t{scale.mantissa} * step.mantissa;
    result.push_back(shifted(sum * (exponent < -31 ? 0 : shifted(both, -exponent)), 32 - a));
  }
  return result;
}

Numbers PlainEngine::product(size_t parameter, const Numbers& x, Scale step, int bits) const {
  return product(parameter, x, step, bits, 0, layout_.parameters[parameter].rows);
}

Numbers PlainEngine::embedding() const {
  const NetworkConfig& config = model_.config;
  const uint32_t* last = tokens_.data() + tokens_.size() - 3;
  const IntegerParameter& table = model_.parameters[layout_.embedding];
  const Scale scale = table.scales[last[2]];
  const Factor factor = multiplier(scale.mantissa, 3 - scale.shift);
  Numbers x;
  for (size_t c = 0; c < config.width; ++c) {
    x.push_back(factor.times(int64_t{table.weights[last[2] * config.width + c]} << 11));
  }
  if (config.ngram_rows != 0) {
    const size_t w = config.ngram_width;
    const IntegerParameter& two = model_.parameters[layout_.ngram2];
    const IntegerParameter& three = model_.parameters[layout_.ngram3];
    const uint32_t row2 = ngram_row2(config.ngram_rows, last[1], last[2]);
    const uint32_t row3 = ngram_row3(config.ngram_rows, last[0], last[1], last[2]);
    Numbers both;
    for (size_t c = 0; c < w; ++c) both.push_back(two.weights[row2 * w + c]);
    for (size_t c = 0; c < w; ++c) both.push_back(three.weights[row3 * w + c]);
    const Numbers projected = product(layout_.ngram_project, both, two.scales[0], 14);
    for (size_t c = 0; c < x.size(); ++c) x[c] += projected[c];
  }
  for (int64_t& v : x) v = within(v, 1 << 24);
  return norm(x, 14, 12, int64_t{1} << 40);
}

Numbers PlainEngine::recurrence(size_t index, const Numbers& in) {
  const BlockLayout& at = layout_.blocks[index];
  const size_t e = model_.config.recurrence_width;
  Block& block = blocks_[index];
  Numbers now;
  for (size_t c = 0; c < 2 * e; ++c) now.push_back(within(in[c], 32767));
  block.inputs.insert(block.inputs.begin(), now);
  block.inputs.resize(std::min<size_t>(block.inputs.size(), kTaps));
  Numbers mixed;
  for (size_t c = 0; c < 2 * e; ++c) {
    int64_t sum = 0;
    for (size_t k = 0; k < block.inputs.size(); ++k) {
      const int64_t tap = model_.parameters[at.taps].numbers[k * 2 * e + c];
      sum += within(shifted(tap, 4), 16383) * block.inputs[k][c];
    }
    mixed.push_back(shifted(sum, 11));
  }
  Numbers out;
  for (size_t c = 0; c < e; ++c) {
    const int64_t bias = within(shifted(model_.parameters[at.bias].numbers[c], 4), 1 << 19);
    int64_t& h = block.hidden[c];
    h = moved(h, within(mixed[c], 1 << 18) << 6, within(mixed[e + c] + bias, 12 << 12));
    const int64_t gate = silu(within(in[2 * e + c], 32767));
    const Factor gain =
        quotient(model_.parameters[at.gain].numbers[c], -32, model_.steps[2 * index]);
    out.push_back(activation((h >> 9) * gate, gain));
  }
  return out;
}

Numbers PlainEngine::attention(size_t index, const Numbers& in) {
  const NetworkConfig& config = model_.config;
  const size_t width = config.head_width;
  const size_t half = width / 2;
  const auto place = static_cast<uint32_t>(tokens_.size() - 3);
  Numbers heads[3];  // queries, keys, values
  const size_t counts[3] = {config.heads, config.kv_heads, config.kv_heads};
  auto from = in.begin();
  for (size_t kind = 0; kind < 3; ++kind) {
    for (size_t head = 0; head < counts[kind]; ++head, from += static_cast<int>(width)) {
      Numbers x(from, from + static_cast<int>(width));
      for (int64_t& v : x) v = within(v, 1 << 24);
      Numbers n = norm(x, 14, kind == 2 ? 4 : 12, kind == 2 ? 127 : int64_t{1} << 40);
      for (size_t i = 0; kind != 2 && i < half; ++i) {
        const uint32_t angle = (place * turn(i, half)) >> 20;
        const int64_t s = sine(angle);
        const int64_t c = sine(angle + 1024);
        const int64_t low = n[i];
        n[i] = within(shifted(low * c - n[half + i] * s, 22), 127);
        n[half + i] = within(shifted(n[half + i] * c + low * s, 22), 127);
      }
      heads[kind].insert(heads[kind].end(), n.begin(), n.end());
    }
  }
  Block& block = blocks_[index];
  block.keys.push_back(heads[1]);
  block.values.push_back(heads[2]);
  if (block.keys.size() > config.window) {
    block.keys.erase(block.keys.begin());
    block.values.erase(block.values.begin());
  }
  int window_bits = 0;
  while (uint32_t{1} << window_bits < config.window) ++window_bits;
  const int weight_bits = std::min(15, 23 - window_bits);
  const int64_t score_factor = root(2234852926 / static_cast<int64_t>(width));
  Numbers out;
  for (size_t head = 0; head < config.heads; ++head) {
    const size_t shared = head / (config.heads / config.kv_heads) * width;
    Numbers scores;
    for (const Numbers& key : block.keys) {
      int64_t score = 0;
      for (size_t i = 0; i < width; ++i) score += heads[0][head * width + i] * key[shared + i];
      scores.push_back(score);
    }
    const int64_t most = *std::max_element(scores.begin(), scores.end());
    int64_t sum = 0;
    for (int64_t& score : scores) {
      const int64_t t = std::min(shifted((most - score) * 16 * score_factor, 12), 20 * kOne);
      Power weight = power(t);
      weight.n += 15 - weight_bits;
      score = unit(weight);
      sum += score;
    }
    const Scale step = model_.steps[2 * index];
    const Factor factor = multiplier(
        (uint64_t{1} << 62) / static_cast<uint64_t>(sum * step.mantissa), step.shift - 62);
    for (size_t i = 0; i < width; ++i) {
      int64_t blend = 0;
      for (size_t j = 0; j < scores.size(); ++j) blend += scores[j] * block.values[j][shared + i];
      out.push_back(activation(blend, factor));
    }
  }
  return out;
}

Numbers PlainEngine::step(uint32_t token) {
  tokens_.push_back(token);
  Numbers x = embedding();
  const auto add = [&](const Numbers& branch) {
    for (size_t c = 0; c < x.size(); ++c) x[c] = within(x[c] + branch[c], 1 << 24);
  };
  for (size_t i = 0; i < blocks_.size(); ++i) {
    const BlockLayout& at = layout_.blocks[i];
    const bool recurs = at.kind == BlockKind::kRecurrence;
    const Numbers in = product(at.in, norm(x, 12, 4, 127), kNormStep, recurs ? 11 : 14);
    const Numbers mixed = recurs ? recurrence(i, in) : attention(i, in);
    add(product(at.out, mixed, model_.steps[2 * i], 12));
    Numbers squared = product(at.up, norm(x, 12, 4, 127), kNormStep, 11);
    const Factor factor = quotient(1, -18, model_.steps[2 * i + 1]);
    for (int64_t& v : squared) {
      v = std::clamp<int64_t>(v, 0, 32767);
      v = activation(v * v, factor);
    }
    add(product(at.down, squared, model_.steps[2 * i + 1], 12));
  }
  return norm(x, 12, 4, 127);
}

Numbers PlainEngine::counts(size_t rows, size_t bias, const Numbers& features, size_t first,
                            size_t count) const {
  Numbers logits = product(rows, features, kNormStep, 16, first, count);
  for (size_t i = 0; i < count; ++i) {
    const int64_t more = model_.parameters[bias].numbers[first + i];
    logits[i] = capped(within(logits[i], 1 << 23) + within(more, 1 << 23));
  }
  const int64_t most = *std::max_element(logits.begin(), logits.end());
  for (int64_t& logit : logits) {
    Power p = power(std::min(most - logit, 30 * kOne));
    p.m *= 32;
    logit = std::max<int64_t>(unit(p), 1);
  }
  return logits;
}

Numbers PlainEngine::class_counts(const Numbers& features) const {
  return counts(layout_.class_rows, layout_.class_bias, features, 0, model_.cut.classes());
}

Numbers PlainEngine::token_counts(const Numbers& features, uint32_t class_index) const {
  return counts(layout_.token_rows, layout_.token_bias, features, model_.cut.begin[class_index],
                model_.cut.size(class_index));
}

}  // namespace pith::model
