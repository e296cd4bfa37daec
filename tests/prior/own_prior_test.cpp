// Priors of the user's own through the C interface: frames name them, and nothing else decodes
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "container/priors/built_in_priors.h"
#include "container/priors/prior.h"
#include "corpora/generate.h"
#include "ngram/start.h"
#include "pith/pith.h"

namespace pith::container {
namespace {

using Bytes = std::vector<uint8_t>;

struct Free {
  void operator()(pith_prior* p) const { pith_prior_free(p); }
  void operator()(pith_encoder* p) const { pith_encoder_free(p); }
  void operator()(pith_decoder* p) const { pith_decoder_free(p); }
  void operator()(pith_reader* p) const { pith_reader_free(p); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

// A prior for text that knows of no context and starts with even chances.
struct OwnPrior {
  explicit OwnPrior(uint8_t which) {
    ngram::PackedPrior packed;
    packed.codes.resize(ngram::PriorTable::kCodes);
    packed.lines.assign(4 * ngram::PriorTable::kLineSize, which);
    PriorStarts starts;
    for (size_t level = 0; level < ngram::kNgramLevels; ++level) {
      starts[level][0].assign(ngram::start_words(ngram::kLevels[level]), 0);
    }
    file = serialise_prior(packed, starts);
    prior.reset(pith_prior_new(file.data(), file.size(), nullptr, nullptr, nullptr));
  }
  [[nodiscard]] uint64_t id() const { return pith_prior_id(prior.get()); }

  Bytes file;
  Owned<pith_prior> prior;
};

Bytes text() { return corpus::generate("prose", 5000, 1); }

Bytes compressed(const Bytes& raw, const pith_prior* prior, uint64_t built_in = 1) {
  const Owned<pith_encoder> encoder(pith_encoder_new(nullptr));
  EXPECT_EQ(pith_encoder_set(encoder.get(), PITH_PARAM_BLOCK_SIZE, 2048), PITH_OK);
  EXPECT_EQ(pith_encoder_set(encoder.get(), PITH_PARAM_VERIFY, 1), PITH_OK);
  EXPECT_EQ(pith_encoder_set(encoder.get(), PITH_PARAM_BUILT_IN_PRIORS, built_in), PITH_OK);
  EXPECT_EQ(pith_encoder_set_prior(encoder.get(), prior), PITH_OK);
  Bytes coded(pith_bound(raw.size()) + 1000);
  pith_in in = {raw.data(), raw.size(), 0};
  pith_out out = {coded.data(), coded.size(), 0};
  EXPECT_EQ(pith_encoder_run(encoder.get(), &out, &in, PITH_FINISH), PITH_END);
  // The frame is being written, and then finished: no other prior now.
  EXPECT_EQ(pith_encoder_set_prior(encoder.get(), nullptr), PITH_ERR_STATE);
  coded.resize(out.pos);
  return coded;
}

struct Decoded {
  int status = PITH_OK;
  pith_error error{};
  Bytes raw;
};

Decoded decoded(const Bytes& coded, size_t size, const pith_prior* prior) {
  const Owned<pith_decoder> decoder(pith_decoder_new(nullptr));
  EXPECT_EQ(pith_decoder_set_prior(decoder.get(), prior), PITH_OK);
  Decoded result;
  result.raw.resize(size);
  pith_in in = {coded.data(), coded.size(), 0};
  pith_out out = {result.raw.data(), size, 0};
  result.status = pith_decoder_run(decoder.get(), &out, &in, PITH_FINISH);
  // Too late, and what went wrong before is still told.
  EXPECT_EQ(pith_decoder_set_prior(decoder.get(), prior), PITH_ERR_STATE);
  pith_decoder_error(decoder.get(), &result.error);
  result.raw.resize(out.pos);
  return result;
}

std::string hex(uint64_t id) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016llx", static_cast<unsigned long long>(id));
  return digits;
}

TEST(OwnPrior, FramesNameItAndNeedIt) {
  const OwnPrior own(1);
  const OwnPrior other(2);
  ASSERT_NE(own.prior, nullptr);
  ASSERT_NE(own.id(), other.id());
  const Bytes raw = text();
  const Bytes coded = compressed(raw, own.prior.get());
  pith_info info{};
  ASSERT_EQ(pith_probe(&info, coded.data(), coded.size()), PITH_OK);
  EXPECT_EQ(info.prior_id, own.id());
  const Decoded right = decoded(coded, raw.size(), own.prior.get());
  EXPECT_EQ(right.status, PITH_END);
  EXPECT_EQ(right.raw, raw);

  const Decoded without = decoded(coded, raw.size(), nullptr);
  EXPECT_EQ(without.status, PITH_ERR_PRIOR);
  EXPECT_EQ(without.error.needed, own.id());
  EXPECT_EQ(without.error.text, "made with the prior " + hex(own.id()) + ", and none was given");
  const Decoded with_other = decoded(coded, raw.size(), other.prior.get());
  EXPECT_EQ(with_other.status, PITH_ERR_PRIOR);
  EXPECT_EQ(with_other.error.needed, own.id());
  EXPECT_EQ(with_other.error.text,
            "made with the prior " + hex(own.id()) + ", not with " + hex(other.id()));
  EXPECT_TRUE(without.raw.empty() && with_other.raw.empty());
}

int64_t read_memory(void* opaque, void* dst, size_t size, uint64_t offset) {
  const auto* bytes = static_cast<const Bytes*>(opaque);
  const size_t count = std::min<size_t>(size, bytes->size() - static_cast<size_t>(offset));
  std::memcpy(dst, bytes->data() + offset, count);
  return static_cast<int64_t>(count);
}

// Of the first block; 0: none.
uint64_t prior_of_a_block(Bytes* coded) {
  const pith_source source = {read_memory, coded, coded->size()};
  const Owned<pith_reader> reader(pith_reader_open(&source, nullptr, nullptr, nullptr));
  pith_block_info block{};
  EXPECT_EQ(pith_reader_block_info(reader.get(), 0, &block), PITH_OK);
  return block.prior_id;
}

TEST(OwnPrior, ReadersTakeItAtAnyTime) {
  const OwnPrior own(1);
  const OwnPrior other(2);
  const Bytes raw = text();
  Bytes coded = compressed(raw, own.prior.get());
  EXPECT_EQ(prior_of_a_block(&coded), own.id());
  const pith_source source = {read_memory, &coded, coded.size()};
  const Owned<pith_reader> reader(pith_reader_open(&source, nullptr, nullptr, nullptr));
  ASSERT_NE(reader, nullptr);
  Bytes part(500);
  size_t done = 0;
  for (const pith_prior* wrong : {static_cast<const pith_prior*>(nullptr),
                                  static_cast<const pith_prior*>(other.prior.get())}) {
    ASSERT_EQ(pith_reader_set_prior(reader.get(), wrong), PITH_OK);
    EXPECT_EQ(pith_reader_read(reader.get(), part.data(), part.size(), 1900, &done),
              PITH_ERR_PRIOR);
    pith_error error{};
    pith_reader_error(reader.get(), &error);
    EXPECT_EQ(error.needed, own.id());
    EXPECT_EQ(done, 0u);
  }
  ASSERT_EQ(pith_reader_set_prior(reader.get(), own.prior.get()), PITH_OK);
  ASSERT_EQ(pith_reader_read(reader.get(), part.data(), part.size(), 1900, &done), PITH_OK);
  EXPECT_TRUE(std::equal(part.begin(), part.end(), raw.begin() + 1900));
}

TEST(OwnPrior, RecoveryNeedsIt) {
  const OwnPrior own(1);
  const Bytes raw = text();
  Bytes coded = compressed(raw, own.prior.get());
  const pith_source source = {read_memory, &coded, coded.size()};
  Bytes found;
  const pith_recover_sink sink = {
      [](void* opaque, uint64_t, uint64_t, const void* data, size_t size) {
        const auto* bytes = static_cast<const uint8_t*>(data);
        auto* all = static_cast<Bytes*>(opaque);
        all->insert(all->end(), bytes, bytes + size);
        return 0;
      },
      [](void*, const pith_lost*) { return 0; }, &found};
  EXPECT_EQ(pith_recover(&source, &sink, nullptr, nullptr, nullptr, 0, nullptr), PITH_ERR_PRIOR);
  EXPECT_TRUE(found.empty());
  EXPECT_EQ(pith_recover(&source, &sink, own.prior.get(), nullptr, nullptr, 0, nullptr), PITH_OK);
  EXPECT_EQ(found, raw);
}

TEST(BuiltInPriors, CanBeForbiddenAndHaveNames) {
  const Bytes raw = text();
  Bytes with = compressed(raw, nullptr);
  Bytes without = compressed(raw, nullptr, /*built_in=*/0);
  EXPECT_LT(with.size(), without.size());
  EXPECT_EQ(prior_of_a_block(&without), 0u);
  EXPECT_STREQ(pith_prior_name(prior_of_a_block(&with)), "prose");
  EXPECT_EQ(decoded(with, raw.size(), nullptr).raw, raw);
  EXPECT_EQ(decoded(without, raw.size(), nullptr).raw, raw);
  const char* const names[] = {"prose", "wiki", "code"};
  for (uint8_t number = 1; number <= kBuiltInPriors; ++number) {
    EXPECT_STREQ(pith_prior_name(built_in_prior(number).id()), names[number - 1]);
  }
  EXPECT_EQ(pith_prior_name(0), nullptr);
  EXPECT_EQ(pith_prior_name(built_in_prior(1).id() + 1), nullptr);
}

// ---- What is refused

int status_of(const Bytes& file) {
  int status = PITH_OK;
  pith_error error{};
  const Owned<pith_prior> prior(pith_prior_new(file.data(), file.size(), nullptr, &status, &error));
  EXPECT_EQ(prior == nullptr, status < 0);
  EXPECT_EQ(error.status, status);
  return status;
}

TEST(OwnPrior, DamageNoDataAndNoMemoryAreErrors) {
  Bytes file = OwnPrior(1).file;
  EXPECT_EQ(status_of(file), PITH_OK);
  file.back() ^= 1;
  EXPECT_EQ(status_of(file), PITH_ERR_CHECKSUM);
  file.back() ^= 1;
  int status = PITH_OK;
  EXPECT_EQ(pith_prior_new(nullptr, 10, nullptr, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_PARAM);
  const pith_allocator none = {[](void*, size_t) -> void* { return nullptr; }, [](void*, void*) {},
                               nullptr};
  EXPECT_EQ(pith_prior_new(file.data(), file.size(), &none, &status, nullptr), nullptr);
  EXPECT_EQ(status, PITH_ERR_MEMORY);
  EXPECT_EQ(pith_prior_id(nullptr), 0u);
  pith_prior_free(nullptr);
}

TEST(OwnPrior, TrainingNeedsSamplesAndRoom) {
  Bytes room(PITH_PRIOR_SIZE_MIN);
  size_t size = room.size();
  pith_error error{};
  pith_training training{};
  const uint64_t sample = 100;
  EXPECT_EQ(pith_train_prior(room.data(), &size, nullptr, nullptr, &error), PITH_ERR_PARAM);
  EXPECT_EQ(pith_train_prior(nullptr, &size, &training, nullptr, &error), PITH_ERR_PARAM);
  EXPECT_EQ(pith_train_prior(room.data(), nullptr, &training, nullptr, &error), PITH_ERR_PARAM);
  training.samples_size = 100;  // and no samples
  EXPECT_EQ(pith_train_prior(room.data(), &size, &training, nullptr, &error), PITH_ERR_PARAM);
  training.samples = room.data();
  training.count = 1;  // and no sizes
  EXPECT_EQ(pith_train_prior(room.data(), &size, &training, nullptr, &error), PITH_ERR_PARAM);
  EXPECT_EQ(size, room.size()) << "not looked at before the arguments are right";
  training.sizes = &sample;
  EXPECT_EQ(pith_train_prior(room.data(), &size, &training, nullptr, &error), PITH_ERR_PARAM);
  EXPECT_EQ(size, 0u);
  EXPECT_STREQ(error.text, "too few samples for a prior: at least 64 KiB are needed");
}

}  // namespace
}  // namespace pith::container
