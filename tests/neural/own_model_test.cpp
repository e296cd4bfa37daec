// Models of the user's own through the C interface: frames name them, and nothing else decodes
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "pith/pith.h"
#include "tests/neural/changed_model.h"
#include "tests/neural/small_model.h"

namespace pith::container {
namespace {

using Bytes = std::vector<uint8_t>;

struct Free {
  void operator()(pith_model* p) const { pith_model_free(p); }
  void operator()(pith_encoder* p) const { pith_encoder_free(p); }
  void operator()(pith_decoder* p) const { pith_decoder_free(p); }
  void operator()(pith_reader* p) const { pith_reader_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

struct OwnModel {
  explicit OwnModel(uint64_t seed)
      : file(test::changed_model_file(seed)),
        model(pith_model_new(file.data(), file.size(), nullptr, nullptr, nullptr)) {}
  Bytes file;
  Owned<pith_model> model;
};

// English that the network codes better than n-grams do.
Bytes letters(size_t size) {
  const std::string letter =
      "My dear friend, I have received your letter of the third, and I thank you for all the kind "
      "words that you wrote about my brother. He was glad to hear that the house is finished at "
      "last, and that the garden will be ready before the summer. We have had a long winter here, "
      "and nobody could remember so much snow in the streets. The children went to school on foot "
      "every morning, because the road to the village was closed for three weeks. I hope that you "
      "will come to see us in the spring, when the trees along the river are in flower.\n";
  Bytes text;
  while (text.size() < size) text.insert(text.end(), letter.begin(), letter.end());
  text.resize(size);
  return text;
}

Bytes compressed(const Bytes& raw, const pith_model* model, uint64_t block_size = 0) {
  const Owned<pith_encoder> encoder(pith_encoder_new(nullptr));
  EXPECT_EQ(pith_encoder_set(encoder.get(), PITH_PARAM_LEVEL, 5), PITH_OK);
  EXPECT_EQ(pith_encoder_set(encoder.get(), PITH_PARAM_BLOCK_SIZE, block_size), PITH_OK);
  EXPECT_EQ(pith_encoder_set(encoder.get(), PITH_PARAM_VERIFY, 1), PITH_OK);
  EXPECT_EQ(pith_encoder_set_model(encoder.get(), model), PITH_OK);
  Bytes coded(pith_bound(raw.size()));
  pith_in in = {raw.data(), raw.size(), 0};
  pith_out out = {coded.data(), coded.size(), 0};
  EXPECT_EQ(pith_encoder_run(encoder.get(), &out, &in, PITH_FINISH), PITH_END);
  coded.resize(out.pos);
  return coded;
}

struct Decoded {
  int status = PITH_OK;
  pith_error error{};
  Bytes raw;
};

Decoded decoded(const Bytes& coded, size_t size, const pith_model* model) {
  const Owned<pith_decoder> decoder(pith_decoder_new(nullptr));
  EXPECT_EQ(pith_decoder_set_model(decoder.get(), model), PITH_OK);
  Decoded result;
  result.raw.resize(size);
  pith_in in = {coded.data(), coded.size(), 0};
  pith_out out = {result.raw.data(), size, 0};
  result.status = pith_decoder_run(decoder.get(), &out, &in, PITH_FINISH);
  pith_decoder_error(decoder.get(), &result.error);
  result.raw.resize(out.pos);
  return result;
}

TEST(OwnModel, FramesNameItAndNeedIt) {
  const OwnModel own(1);
  const OwnModel other(2);
  ASSERT_NE(own.model, nullptr);
  const uint64_t id = pith_model_id(own.model.get());
  uint64_t at_end = 0;
  for (size_t i = 8; i > 0; --i) at_end = at_end << 8 | own.file[own.file.size() - 9 + i];
  EXPECT_EQ(id, at_end);
  EXPECT_NE(id, pith_model_id(other.model.get()));

  const Bytes raw = letters(550);
  const Bytes coded = compressed(raw, own.model.get());
  pith_info info{};
  ASSERT_EQ(pith_probe(&info, coded.data(), coded.size()), PITH_OK);
  EXPECT_EQ(info.model_id, id);
  const Decoded right = decoded(coded, raw.size(), own.model.get());
  EXPECT_EQ(right.status, PITH_END);
  EXPECT_EQ(right.raw, raw);
  for (const pith_model* wrong : {static_cast<const pith_model*>(nullptr),
                                  static_cast<const pith_model*>(other.model.get())}) {
    const Decoded result = decoded(coded, raw.size(), wrong);
    EXPECT_EQ(result.status, PITH_ERR_MODEL);
    EXPECT_EQ(result.error.needed, id);
    EXPECT_EQ(result.raw.size(), 0u);
  }
  // The built-in one is always there.
  const Bytes built_in = compressed(raw, nullptr);
  EXPECT_EQ(decoded(built_in, raw.size(), own.model.get()).raw, raw);
}

TEST(OwnModel, IsNotNamedBelowLevelFive) {
  const OwnModel own(1);
  const Owned<pith_encoder> encoder(pith_encoder_new(nullptr));
  ASSERT_EQ(pith_encoder_set_model(encoder.get(), own.model.get()), PITH_OK);
  const Bytes raw = letters(1000);
  Bytes coded(pith_bound(raw.size()));
  pith_in in = {raw.data(), raw.size(), 0};
  pith_out out = {coded.data(), coded.size(), 0};
  ASSERT_EQ(pith_encoder_run(encoder.get(), &out, &in, PITH_FINISH), PITH_END);
  EXPECT_EQ(pith_encoder_set_model(encoder.get(), nullptr), PITH_ERR_STATE);
  coded.resize(out.pos);
  EXPECT_EQ(decoded(coded, raw.size(), nullptr).raw, raw);
}

// Two frames with a model each: what was found missing is given, and nothing is lost.
TEST(OwnModel, DecodersGoOnWithWhatWasMissing) {
  const OwnModel first(1);
  const OwnModel second(2);
  const Bytes raw = letters(2500);
  Bytes coded = compressed(raw, first.model.get(), 1024);
  const Bytes more = compressed(raw, second.model.get());
  coded.insert(coded.end(), more.begin(), more.end());
  for (const size_t cut : {size_t{1}, coded.size()}) {
    for (const uint64_t threads : {1u, 3u}) {
      const Owned<pith_decoder> decoder(pith_decoder_new(nullptr));
      ASSERT_EQ(pith_decoder_set(decoder.get(), PITH_PARAM_THREADS, threads), PITH_OK);
      Bytes out_bytes(2 * raw.size());
      pith_out out = {out_bytes.data(), out_bytes.size(), 0};
      std::vector<uint64_t> missing;
      pith_in in = {coded.data(), 0, 0};
      int status = PITH_OK;
      while (status != PITH_END) {
        if (status == PITH_OK && in.pos == in.size) in.size = std::min(coded.size(), in.size + cut);
        status = pith_decoder_run(decoder.get(), &out, &in,
                                  in.size == coded.size() ? PITH_FINISH : PITH_RUN);
        if (status >= 0) continue;
        ASSERT_EQ(status, PITH_ERR_MODEL);
        pith_error error{};
        pith_decoder_error(decoder.get(), &error);
        missing.push_back(error.needed);
        ASSERT_LE(missing.size(), 2u);
        EXPECT_EQ(out.pos, (missing.size() - 1) * raw.size()) << "what comes before is given out";
        const OwnModel& model = missing.size() == 1 ? first : second;
        ASSERT_EQ(pith_decoder_set_model(decoder.get(), model.model.get()), PITH_OK);
      }
      EXPECT_EQ(missing, (std::vector<uint64_t>{pith_model_id(first.model.get()),
                                                pith_model_id(second.model.get())}));
      ASSERT_EQ(out.pos, 2 * raw.size());
      EXPECT_TRUE(std::equal(raw.begin(), raw.end(), out_bytes.begin()));
      EXPECT_TRUE(std::equal(raw.begin(), raw.end(),
                             out_bytes.begin() + static_cast<ptrdiff_t>(raw.size())));
    }
  }
}

int64_t read_memory(void* opaque, void* dst, size_t size, uint64_t offset) {
  const auto* bytes = static_cast<const Bytes*>(opaque);
  const size_t count = std::min<size_t>(size, bytes->size() - static_cast<size_t>(offset));
  std::memcpy(dst, bytes->data() + offset, count);
  return static_cast<int64_t>(count);
}

TEST(OwnModel, ReadersTakeItAtAnyTime) {
  const OwnModel own(1);
  const Bytes raw = letters(2500);
  Bytes coded = compressed(raw, own.model.get(), 1024);
  const pith_source source = {read_memory, &coded, coded.size()};
  const Owned<pith_reader> reader(pith_reader_open(&source, nullptr, nullptr, nullptr));
  ASSERT_NE(reader, nullptr);
  pith_block_info block{};
  ASSERT_EQ(pith_reader_block_info(reader.get(), 0, &block), PITH_OK);
  EXPECT_EQ(block.model_id, pith_model_id(own.model.get()));
  Bytes part(500);
  size_t done = 0;
  EXPECT_EQ(pith_reader_read(reader.get(), part.data(), part.size(), 900, &done), PITH_ERR_MODEL);
  pith_error error{};
  pith_reader_error(reader.get(), &error);
  EXPECT_EQ(error.needed, pith_model_id(own.model.get()));
  ASSERT_EQ(pith_reader_set_model(reader.get(), own.model.get()), PITH_OK);
  ASSERT_EQ(pith_reader_read(reader.get(), part.data(), part.size(), 900, &done), PITH_OK);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), raw.begin() + 900));
}

int recovered(Bytes* coded, const pith_model* model, Bytes* raw) {
  const pith_source source = {read_memory, coded, coded->size()};
  const pith_recover_sink sink = {
      [](void* opaque, uint64_t, uint64_t, const void* data, size_t size) {
        const auto* bytes = static_cast<const uint8_t*>(data);
        auto* all = static_cast<Bytes*>(opaque);
        all->insert(all->end(), bytes, bytes + size);
        return 0;
      },
      [](void*, const pith_lost*) { return 0; }, raw};
  raw->clear();
  return pith_recover(&source, &sink, nullptr, model, nullptr, 0, nullptr);
}

TEST(OwnModel, RecoveryTakesItAndTriesItWhereTheHeaderIsLost) {
  const OwnModel own(1);
  const Bytes raw = letters(2500);
  Bytes coded = compressed(raw, own.model.get(), 1024);
  Bytes found;
  EXPECT_EQ(recovered(&coded, own.model.get(), &found), PITH_OK);
  EXPECT_EQ(found, raw);
  EXPECT_EQ(recovered(&coded, nullptr, &found), PITH_ERR_MODEL);
  EXPECT_TRUE(found.empty());
  Bytes built_in = compressed(raw, nullptr, 1024);
  for (Bytes* one : {&coded, &built_in}) {
    (*one)[9] ^= 0x80;  // in the frame's header
    (void)recovered(one, own.model.get(), &found);
    EXPECT_EQ(found, raw);
  }
}

// ---- What is refused

int status_of(std::span<const uint8_t> file) {
  int status = PITH_OK;
  pith_error error{};
  const Owned<pith_model> model(pith_model_new(file.data(), file.size(), nullptr, &status, &error));
  EXPECT_EQ(model == nullptr, status < 0);
  EXPECT_EQ(error.status, status);
  return status;
}

TEST(OwnModel, EveryFlippedBitAndEveryTruncationIsSeen) {
  Bytes file = test::small_model_file(3);
  ASSERT_EQ(status_of(file), PITH_OK);
  for (size_t i = 0; i < file.size(); ++i) {
    const auto bit = static_cast<uint8_t>(1u << (i % 8));
    file[i] ^= bit;
    const int expected = i < 8 ? PITH_ERR_FORMAT : i < 12 ? PITH_ERR_VERSION : PITH_ERR_CORRUPT;
    ASSERT_EQ(status_of(file), expected) << i;
    file[i] ^= bit;
    ASSERT_EQ(status_of(std::span(file).first(i)), i < 8 ? PITH_ERR_FORMAT : PITH_ERR_CORRUPT) << i;
  }
}

TEST(OwnModel, OneThatRemembersMoreThanHeadersHaveRoomForIsRefused) {
  EXPECT_EQ(status_of(test::small_model_file(3, {2, 128, 4096})), PITH_OK);
  EXPECT_EQ(status_of(test::small_model_file(3, {3, 128, 4096})), PITH_ERR_FORMAT);
}

TEST(OwnModel, NoDataAndNoMemoryAreErrors) {
  int status = PITH_OK;
  EXPECT_EQ(pith_model_new(nullptr, 10, nullptr, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_PARAM);
  const Bytes file = test::small_model_file(3);
  const pith_allocator none = {[](void*, size_t) -> void* { return nullptr; }, [](void*, void*) {},
                               nullptr};
  EXPECT_EQ(pith_model_new(file.data(), file.size(), &none, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_MEMORY);
  EXPECT_EQ(pith_model_id(nullptr), 0u);
  pith_model_free(nullptr);
}

}  // namespace
}  // namespace pith::container
