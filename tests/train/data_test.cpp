// From texts to batches: packing, and the order in which streams read.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "model/network_config.h"
#include "model/train/sampler.h"
#include "tests/train/small_text.h"

namespace pith::train {
namespace {

using namespace std::string_literals;

std::string text_of(const model::Vocabulary& vocabulary, std::span<const uint16_t> tokens) {
  std::string text;
  for (const uint16_t token : tokens) {
    const auto bytes = vocabulary.bytes(token);
    text.append(bytes.begin(), bytes.end());
  }
  return text;
}

TEST(PackedTextTest, KeepsDocumentsAndTheirFiles) {
  const model::Vocabulary vocabulary = small_vocabulary();
  const SmallText text(vocabulary, {"the cat\0\0\0saw"s, ""s, "\0the dog\0"s});
  const PackedText& view = text.view();
  EXPECT_EQ(view.key, 7u);
  EXPECT_EQ(view.names, (std::vector<std::string>{"a", "b", "c"}));
  ASSERT_EQ(view.documents.size(), 3u);
  const auto document = [&](size_t i) {
    return text_of(vocabulary,
                   view.tokens.subspan(view.documents[i].begin, view.documents[i].count));
  };
  EXPECT_EQ(document(0), "the cat");
  EXPECT_EQ(document(1), "saw");
  EXPECT_EQ(document(2), "the dog");
  EXPECT_EQ(view.documents[1].file, 0u);
  EXPECT_EQ(view.documents[2].file, 2u);
}

TEST(PackedTextTest, LineEndsAreFoldedDocumentByDocument) {
  const model::Vocabulary vocabulary = small_vocabulary();
  std::string crlf, lf;
  for (int i = 0; i < 50; ++i) {
    crlf += "the cat\r\n";
    lf += "the cat\n";
  }
  const SmallText text(vocabulary, {crlf + "\0a\r\nb\nc\nd\n\0a\rb"s});
  EXPECT_EQ(text_of(vocabulary, text.view().tokens), lf + "a\r\nb\nc\nd\na\rb");
}

TEST(PackedTextTest, RefusesWhatIsNotWhole) {
  const model::Vocabulary vocabulary = small_vocabulary();
  TextPacker packer(vocabulary);
  const std::string words = "the cat saw";
  packer.add("words", {reinterpret_cast<const uint8_t*>(words.data()), words.size()});
  const std::vector<uint8_t> packed = packer.finish(1);
  PackedText view;
  ASSERT_TRUE(view_packed_text(packed, vocabulary.size(), &view));
  for (size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(view_packed_text(std::span(packed).first(size), vocabulary.size(), &view)) << size;
  }
  EXPECT_FALSE(view_packed_text(packed, 100, &view)) << "tokens of a larger vocabulary";
  for (const size_t count : {2, 3, 4}) {  // files, documents, tokens
    std::vector<uint8_t> wrong = packed;
    wrong[8 * count + 6] = 0xFF;
    EXPECT_FALSE(view_packed_text(wrong, vocabulary.size(), &view)) << count;
  }
}

// Reads batches until every file was read about `rounds` times; checks what each step must be.
TEST(SamplerTest, StreamsReadSegmentsFromStartToEnd) {
  const model::Vocabulary vocabulary = small_vocabulary();
  const SmallText text(vocabulary, {"abcdefghij\0klm"s, "0123456789"s});
  Sampler sampler(text.view(), std::vector<double>{1, 1}, 4, 3, 1);
  Batch batch;
  batch.resize(3, 5);
  std::vector<std::string> reading(3);
  std::map<std::string, int> seen;
  for (int pass = 0; pass < 40; ++pass) {
    sampler.fill(0, &batch);
    for (size_t i = 0; i < batch.size(); ++i) {
      std::string& stream = reading[i / 5];
      if (batch.since[i] == 0 && !stream.empty()) {
        ++seen[stream];
        stream.clear();
      }
      ASSERT_EQ(batch.since[i], stream.size());
      const auto before = [&](size_t back) {
        return stream.size() < back ? std::string(1, '\0') : stream.substr(stream.size() - back, 1);
      };
      EXPECT_EQ(text_of(vocabulary, std::span(&batch.input[i], 1)), before(1));
      EXPECT_EQ(text_of(vocabulary, std::span(&batch.input2[i], 1)), before(2));
      EXPECT_EQ(text_of(vocabulary, std::span(&batch.input3[i], 1)), before(3));
      stream += text_of(vocabulary, std::span(&batch.target[i], 1));
    }
  }
  // Ten tokens in at most four each are three segments of three or four.
  const std::map<std::string, int> expected = {{"abc", 0}, {"def", 0}, {"ghij", 0}, {"klm", 0},
                                               {"012", 0}, {"345", 0}, {"6789", 0}};
  ASSERT_EQ(seen.size(), expected.size());
  for (const auto& [segment, count] : seen) {
    EXPECT_TRUE(expected.contains(segment)) << segment;
    EXPECT_GE(count, 40 * 15 / 2 / 13 - 3) << segment;
  }
}

TEST(SamplerTest, FilesAreReadByTheirWeights) {
  const model::Vocabulary vocabulary = small_vocabulary();
  const SmallText text(vocabulary, {easy_text(50, 1), easy_text(10, 2), easy_text(10, 3)});
  Sampler sampler(text.view(), std::vector<double>{1, 3, 0}, 16, 4, 1);
  Batch batch;
  batch.resize(4, 64);
  for (int pass = 0; pass < 30; ++pass) sampler.fill(0, &batch);
  const auto first = static_cast<double>(sampler.tokens_read(0));
  const auto second = static_cast<double>(sampler.tokens_read(1));
  EXPECT_NEAR(second / first, 3, 0.1);
  EXPECT_EQ(sampler.tokens_read(2), 0u);
}

TEST(SamplerTest, GoesOnFromItsState) {
  const model::Vocabulary vocabulary = small_vocabulary();
  const SmallText text(vocabulary, {easy_text(20, 1), easy_text(9, 2)});
  const std::vector<double> weights = {1, 2};
  Sampler sampler(text.view(), weights, 16, 4, 1);
  Batch batch;
  batch.resize(4, 50);
  for (int pass = 0; pass < 7; ++pass) sampler.fill(0, &batch);
  Sampler other(text.view(), weights, 16, 4, 1);
  ASSERT_TRUE(other.restore(sampler.state()));
  Batch same = batch;
  for (int pass = 0; pass < 9; ++pass) {
    sampler.fill(0, &batch);
    other.fill(0, &same);
    EXPECT_EQ(batch.target, same.target);
    EXPECT_EQ(batch.since, same.since);
  }
  Sampler fewer(text.view(), weights, 16, 3, 1);
  EXPECT_FALSE(fewer.restore(sampler.state()));
  std::vector<uint64_t> wrong = sampler.state();
  wrong.back() = ~uint64_t{0};
  EXPECT_FALSE(other.restore(wrong));
}

}  // namespace
}  // namespace pith::train
