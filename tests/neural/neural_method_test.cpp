// Texts there and back through a network and n-grams, with the network of pith and with random
// ones.
#include "container/methods/neural_method.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "container/base/checksum.h"
#include "container/methods/networks.h"
#include "container/priors/built_in_priors.h"
#include "corpora/generate.h"
#include "model/engine/engine.h"
#include "model/integer_model.h"
#include "ngram/network_shape.h"
#include "tests/neural/small_model.h"

namespace pith::container {
namespace {

using Bytes = std::vector<uint8_t>;
using ngram::ContentKind;

const model::LanguageModel& network() {
  const model::LanguageModel* built_in = nullptr;
  EXPECT_TRUE(built_in_network(&built_in).ok());
  return *built_in;
}

class Memory {
 public:
  explicit Memory(size_t size) : bytes_(size + 64, 0xA5) {}
  std::span<uint8_t> get() {
    const size_t skip = (64 - reinterpret_cast<uintptr_t>(bytes_.data()) % 64) % 64;
    return std::span<uint8_t>(bytes_).subspan(skip, bytes_.size() - 64);
  }

 private:
  Bytes bytes_;
};

Bytes encoded(const NeuralConfig& config, const Bytes& raw) {
  Memory memory(neural_memory(config));
  Bytes coded(2 * raw.size() + 100);
  coded.resize(neural_encode(config, raw, coded, memory.get(), nullptr, nullptr));
  return coded;
}

bool decodes(const NeuralConfig& config, const Bytes& coded, Bytes* raw) {
  Memory memory(neural_memory(config));
  raw->assign(config.raw_size, 0);
  return neural_decode(config, coded, *raw, memory.get(), nullptr);
}

NeuralConfig config_of(const model::LanguageModel& network, const Bytes& raw,
                       const Prior* prior = nullptr, size_t shape = 0) {
  return {shape, &network, ContentKind::kText, static_cast<uint32_t>(raw.size()), prior};
}

void expect_comes_back(const NeuralConfig& config, const Bytes& raw, const char* what) {
  const Bytes coded = encoded(config, raw);
  ASSERT_NE(coded.size(), 0u) << what;
  Bytes back;
  ASSERT_TRUE(decodes(config, coded, &back)) << what;
  EXPECT_EQ(back, raw) << what;
}

Bytes with_cr_lf(const Bytes& text) {
  Bytes out;
  for (const uint8_t byte : text) {
    if (byte == '\n') out.push_back('\r');
    out.push_back(byte);
  }
  return out;
}

std::vector<std::pair<const char*, Bytes>> odd_texts() {
  std::mt19937_64 random(1);
  Bytes noise(5000);
  for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
  const Bytes prose = corpus::generate("prose", 20000, 1);
  Bytes mixed = with_cr_lf(prose);
  for (size_t i = 0; i < mixed.size(); i += 3000) mixed[i] = '\n';
  Bytes long_line = prose;
  for (uint8_t& byte : long_line) byte = byte == '\n' ? ' ' : byte;
  Bytes zeros(3000, 0);
  return {{"a byte", {'x'}},
          {"a byte above 127", {0xE9}},
          {"noise", noise},
          {"prose", prose},
          {"CR LF", with_cr_lf(prose)},
          {"CR LF and lone LFs", mixed},
          {"only CR LF", with_cr_lf(Bytes(500, '\n'))},
          {"one line", long_line},
          {"zeros", zeros},
          {"letters of two bytes", corpus::generate("cyrillic", 10000, 2)},
          {"a log", corpus::generate("log-access", 20000, 3)}};
}

TEST(NeuralMethod, OddTextsComeBack) {
  for (const auto& [what, raw] : odd_texts())
    expect_comes_back(config_of(network(), raw), raw, what);
}

TEST(NeuralMethod, TextsComeBackWithPriors) {
  const Bytes raw = corpus::generate("prose", 20000, 4);
  for (uint8_t number = 1; number <= kBuiltInPriors; ++number) {
    const Prior& prior = built_in_prior(number);
    if (!prior.serves(ContentKind::kText)) continue;
    expect_comes_back(config_of(network(), raw, &prior), raw, "with a prior");
  }
}

// Weights of no meaning make large files, not wrong ones.
TEST(NeuralMethod, TextsComeBackThroughRandomNetworks) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const auto random = test::small_model(seed);
    for (const auto& [what, raw] : odd_texts()) {
      ASSERT_NO_FATAL_FAILURE(expect_comes_back(config_of(*random, raw), raw, what));
    }
  }
}

// A network that remembers much makes fewer steps at once: headers declare one room for all of
// them.
TEST(NeuralMethod, NetworksThatRememberMuchKeepToTheRoom) {
  const Bytes raw = corpus::generate("prose", 3000, 10);
  size_t before = 0;
  for (const uint32_t window : {16u, 1024u, 4096u}) {
    const auto made = test::small_model(1, {1, 128, window});
    ASSERT_NE(made, nullptr);
    EXPECT_GT(made->engine().state_bytes(), before);
    before = made->engine().state_bytes();
    EXPECT_TRUE(fits_network_room(*made)) << window;
    for (size_t shape = 0; shape < ngram::kNetworkShapes; ++shape) {
      const NeuralConfig config = config_of(*made, raw, nullptr, shape);
      EXPECT_LE(neural_memory(config), neural_memory_declared(shape, config.raw_size)) << window;
      ASSERT_NO_FATAL_FAILURE(expect_comes_back(config, raw, "a large window"));
    }
  }
  const auto over = test::small_model(1, {3, 128, 4096});
  ASSERT_NE(over, nullptr);
  EXPECT_FALSE(fits_network_room(*over));
}

TEST(NeuralMethod, EveryInstructionSetGivesTheSameBytes) {
  const Bytes raw = with_cr_lf(corpus::generate("prose", 4000, 5));
  const std::string ngram_kernel = ngram_kernel_name();
  const std::string engine_kernel = model::engine_kernel_name();
  for (size_t shape = 0; shape < ngram::kNetworkShapes; ++shape) {
    const NeuralConfig config = config_of(network(), raw, nullptr, shape);
    const Bytes wanted = encoded(config, raw);
    for (const char* ngrams : ngram_kernel_names()) {
      for (const char* engine : model::engine_kernel_names()) {
        ASSERT_TRUE(ngram_force_kernel(ngrams));
        ASSERT_TRUE(model::engine_force_kernel(engine));
        EXPECT_EQ(encoded(config, raw), wanted) << ngrams << " " << engine;
        Bytes back;
        EXPECT_TRUE(decodes(config, wanted, &back));
        EXPECT_EQ(back, raw) << ngrams << " " << engine;
      }
    }
    ASSERT_TRUE(ngram_force_kernel(ngram_kernel.c_str()));
    ASSERT_TRUE(model::engine_force_kernel(engine_kernel.c_str()));
  }
  ASSERT_TRUE(ngram_force_kernel(ngram_kernel.c_str()));
  ASSERT_TRUE(model::engine_force_kernel(engine_kernel.c_str()));
}

// Whatever the bytes are, decoding ends and harms nothing (sanitizers watch).
TEST(NeuralMethod, AnyBytesAreSafeToDecode) {
  const Bytes raw = with_cr_lf(corpus::generate("prose", 1500, 6));
  const NeuralConfig config = config_of(network(), raw);
  const Bytes coded = encoded(config, raw);
  std::mt19937_64 random(7);
  Bytes back;
  for (int round = 0; round < 60; ++round) {
    Bytes damaged = coded;
    if (round % 3 == 0) damaged.resize(random() % damaged.size());
    for (uint64_t n = random() % 4; n > 0 && !damaged.empty(); --n) {
      const size_t at = round % 2 == 0 ? random() % damaged.size() : random() % 12;
      if (at < damaged.size()) damaged[at] = static_cast<uint8_t>(random());
    }
    if (decodes(config, damaged, &back) && damaged != coded) {
      EXPECT_TRUE(back != raw || damaged.size() <= coded.size());
    }
  }
  EXPECT_FALSE(decodes(config, {}, &back));
  EXPECT_FALSE(decodes(config, {0xFF, 1, 2, 3}, &back));  // unknown flags
}

TEST(NeuralMethod, NeverWritesBeyondTheRoomItHas) {
  const Bytes raw = corpus::generate("prose", 3000, 8);
  const NeuralConfig config = config_of(network(), raw);
  const size_t size = encoded(config, raw).size();
  Memory memory(neural_memory(config));
  for (const size_t room : {size_t{0}, size_t{1}, size_t{20}, size / 2, size - 1}) {
    Bytes coded(room + 16, 0x5A);
    EXPECT_EQ(
        neural_encode(config, raw, std::span(coded).first(room), memory.get(), nullptr, nullptr),
        0u);
    EXPECT_EQ(Bytes(coded.end() - 16, coded.end()), Bytes(16, 0x5A)) << room;
  }
}

TEST(NeuralMethod, CancelStopsBothWays) {
  const Bytes raw = corpus::generate("prose", 3000, 9);
  const NeuralConfig config = config_of(network(), raw);
  const Bytes coded = encoded(config, raw);
  Memory memory(neural_memory(config));
  BlockControl control;
  control.cancel = true;
  Bytes out(raw.size() + 100);
  EXPECT_EQ(neural_encode(config, raw, out, memory.get(), &control, nullptr), 0u);
  out.resize(raw.size());
  EXPECT_FALSE(neural_decode(config, coded, out, memory.get(), &control));
}

TEST(LanguageModel, RefusesFilesThatAreCutShort) {
  const Bytes file = test::small_model_file(1);
  std::unique_ptr<const model::LanguageModel> made;
  ASSERT_TRUE(model::LanguageModel::read(file, &made).ok());
  // In every parameter, some of which then have no byte at all; as they are and with a right hash.
  for (size_t size = 0; size < file.size(); size += size < 200 ? 1 : 97) {
    Bytes cut(file.begin(), file.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_FALSE(model::LanguageModel::read(cut, &made).ok()) << size;
    const uint64_t hash = hash64(cut);
    for (int i = 0; i < 8; ++i) cut.push_back(static_cast<uint8_t>(hash >> 8 * i));
    EXPECT_FALSE(model::LanguageModel::read(cut, &made).ok()) << size << ", right hash";
  }
}

TEST(LanguageModel, RefusesClassesThatNoWalkHas) {
  Bytes file = test::small_model_file(1);
  model::IntegerModel numbers;
  ASSERT_TRUE(model::read_model(file, &numbers).ok());
  const model::ClassCut good = numbers.cut;
  ++numbers.cut.begin[1];
  std::unique_ptr<const model::LanguageModel> made;
  EXPECT_FALSE(model::LanguageModel::read(model::write_model(numbers), &made).ok());
  numbers.cut = good;
  EXPECT_TRUE(model::LanguageModel::read(model::write_model(numbers), &made).ok());
}

TEST(Networks, OnlyThoseAtHandAreFound) {
  const model::LanguageModel* found = nullptr;
  EXPECT_TRUE(find_network(0, nullptr, &found).ok());
  EXPECT_EQ(found, nullptr);
  EXPECT_TRUE(find_network(kSmallNetwork, nullptr, &found).ok());
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->id(), kSmallNetwork);
  EXPECT_EQ(find_network(kSmallNetwork + 1, nullptr, &found).code, PITH_ERR_MODEL);

  const auto own = test::small_model(1);
  ASSERT_NE(own, nullptr);
  EXPECT_TRUE(find_network(own->id(), own.get(), &found).ok());
  EXPECT_EQ(found, own.get());
  EXPECT_TRUE(find_network(kSmallNetwork, own.get(), &found).ok());
  EXPECT_EQ(found->id(), kSmallNetwork);
  const Status other = find_network(own->id() + 1, own.get(), &found);
  EXPECT_EQ(other.code, PITH_ERR_MODEL);
  EXPECT_EQ(other.needed, own->id() + 1);
  EXPECT_EQ(other.given, own->id());
}

}  // namespace
}  // namespace pith::container
