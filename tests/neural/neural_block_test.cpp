// Blocks of the levels with a network: which method they get, and whole frames.
#include <gtest/gtest.h>

#include "container/coding/block_codec.h"
#include "container/methods/networks.h"
#include "corpora/generate.h"
#include "pith/pith.h"

namespace pith::container {
namespace {

using Bytes = std::vector<uint8_t>;

class NeuralBlock : public testing::Test {
 protected:
  size_t encode(const Bytes& raw, int level) {
    EncodeOptions options{.level = level, .verify = true};
    if (level >= 5) {
      EXPECT_TRUE(built_in_network(&options.network).ok());
    }
    EXPECT_TRUE(encode_block(raw, options, &coded_, &workspace_, nullptr, &block_).ok());
    return block_.payload.size();
  }

  HookResource resource_{nullptr};
  Buffer coded_{&resource_};
  BlockWorkspace workspace_{&resource_};
  EncodedBlock block_;
};

TEST_F(NeuralBlock, NothingIsLargerThanWithoutTheNetwork) {
  for (const char* kind : {"prose", "markdown", "log-access", "json", "csv", "code-c", "executable",
                           "cyrillic", "long-repeat"}) {
    const Bytes raw = corpus::generate(kind, 30000, 1);
    ASSERT_FALSE(raw.empty()) << kind;
    const size_t ngrams = encode(raw, 4);
    EXPECT_LE(encode(raw, 5), ngrams) << kind;
  }
}

// Beyond a mebibyte. Of this text n-grams need a few bytes, and a network beside them a few more:
// samples tell, and it has no part.
TEST_F(NeuralBlock, OfManyBytesASampleDecides) {
  const Bytes raw = corpus::generate("one-letter", (1 << 20) + 1, 1);
  const size_t ngrams = encode(raw, 4);
  EXPECT_EQ(encode(raw, 5), ngrams);
  EXPECT_EQ(block_.header.method, Method::kNgram);
  EXPECT_EQ(block_.header.level, 5);
}

TEST_F(NeuralBlock, IsOfOneOfTwoLevels) {
  const Bytes raw = corpus::generate("prose", 5000, 1);
  for (const auto& [level, wanted] : {std::pair{5, 5}, {6, 5}, {7, 7}, {8, 7}, {9, 7}}) {
    encode(raw, level);
    ASSERT_EQ(block_.header.method, Method::kNeural);
    EXPECT_EQ(block_.header.level, wanted);
  }
}

TEST_F(NeuralBlock, ABlockThatLacksItsNetworkSaysSo) {
  BlockHeader header{.method = Method::kNeural, .level = kNeuralLevel, .raw_size = 10};
  const Bytes payload(5, 1);
  header.coded_size = 5;
  header.payload_check = check32(payload);
  header.kind = ngram::ContentKind::kText;
  Buffer raw(&resource_);
  EXPECT_EQ(decode_block(header, payload, {}, &raw, &workspace_, nullptr).code, PITH_ERR_MODEL);
}

TEST(NeuralFrame, ComesBackAndNamesItsNetwork) {
  for (int level = 5; level <= 9; ++level) {
    const Bytes raw = corpus::generate("prose", 20000, static_cast<uint64_t>(level));
    Bytes coded(raw.size() + 1000);
    size_t size = coded.size();
    ASSERT_EQ(pith_compress(coded.data(), &size, raw.data(), raw.size(), level), PITH_OK);
    pith_info info;
    ASSERT_EQ(pith_probe(&info, coded.data(), size), PITH_OK);
    if (info.model_id != 0) {
      EXPECT_STREQ(pith_model_name(info.model_id), "small");
    }
    Bytes back(raw.size());
    size_t got = back.size();
    ASSERT_EQ(pith_decompress(back.data(), &got, coded.data(), size), PITH_OK);
    EXPECT_EQ(back, raw);
  }
  EXPECT_EQ(pith_model_name(1), nullptr);
}

}  // namespace
}  // namespace pith::container
