// <pith/pith.hpp>: the C++ face does what the C interface does, and its errors say the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <pith/pith.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

std::string sample(size_t size) {
  std::string text;
  for (size_t i = 0; text.size() < size; ++i) text += "line " + std::to_string(i * i) + " of it\n";
  text.resize(size);
  return text;
}

std::string_view view(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Everything a coder gives for an input that is handed in `step` bytes at a time.
template <typename Coder>
pith::Result<std::vector<std::byte>> run(Coder& coder, pith::ConstBytes all, size_t step) {
  std::vector<std::byte> given;
  std::array<std::byte, 333> room{};
  for (size_t at = 0;;) {
    const size_t n = std::min(step, all.size() - at);
    pith::Input in(all.span().subspan(at, n));
    at += n;
    const bool last = at == all.size();
    for (;;) {
      pith::Output out(room);
      pith::Result<pith::State> state = coder.run(out, in, last ? PITH_FINISH : PITH_RUN);
      if (!state) return state.error();
      given.insert(given.end(), out.written().begin(), out.written().end());
      if (*state == pith::State::kEnd) return given;
      if (!last && in.left() == 0 && out.left() > 0) break;
    }
  }
}

TEST(Wrapper, OneShotRoundTrip) {
  for (size_t size : {0u, 1u, 1000u, 300000u}) {
    const std::string text = sample(size);
    const auto packed = pith::compress(text, 1);
    ASSERT_TRUE(packed);
    EXPECT_LE(packed->size(), pith::bound(size));
    const auto back = pith::decompress(*packed);
    ASSERT_TRUE(back);
    EXPECT_EQ(view(*back), text);
    std::string room(size, '\0');
    const auto written = pith::decompress_into(room, *packed);
    ASSERT_TRUE(written);
    EXPECT_EQ(*written, size);
    EXPECT_EQ(room, text);
  }
}

TEST(Wrapper, TakesEveryKindOfBytes) {
  const std::string_view text = "the same bytes";
  const std::vector<unsigned char> vector(text.begin(), text.end());
  const auto a = pith::compress(text, 1);
  const auto b = pith::compress(vector, 1);
  const auto c = pith::compress(std::as_bytes(std::span<const char>(text)), 1);
  ASSERT_TRUE(a && b && c);
  EXPECT_EQ(*a, *b);
  EXPECT_EQ(*a, *c);
}

TEST(Wrapper, ErrorsAreValues) {
  const auto bad_level = pith::compress(std::string_view("x"), 10);
  ASSERT_FALSE(bad_level);
  EXPECT_EQ(bad_level.error().status(), PITH_ERR_PARAM);
  EXPECT_STREQ(bad_level.error().name(), "PITH_ERR_PARAM");
  EXPECT_STRNE(bad_level.error().message(), "");

  const auto foreign = pith::decompress(std::string_view("this is not pith data"));
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().status(), PITH_ERR_FORMAT);

  const std::string text = sample(5000);
  auto packed = pith::compress(text, 1);
  ASSERT_TRUE(packed);
  std::array<std::byte, 10> small{};
  const auto no_room = pith::decompress_into(small, *packed);
  ASSERT_FALSE(no_room);
  EXPECT_EQ(no_room.error().status(), PITH_ERR_DST_TOO_SMALL);
  EXPECT_EQ(no_room.error().needed(), text.size());

  const auto limited = pith::decompress(*packed, 4999);
  ASSERT_FALSE(limited);
  EXPECT_EQ(limited.error().status(), PITH_ERR_OUTPUT_LIMIT);

  packed->at(packed->size() / 2) ^= std::byte{1};
  const auto damaged = pith::decompress(*packed);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().status(), PITH_ERR_CHECKSUM);
  EXPECT_EQ(damaged.error().block(), 0u);
}

TEST(Wrapper, StreamsInPiecesOfAnySize) {
  const std::string text = sample(20000);
  auto encoder = pith::Encoder::create();
  auto decoder = pith::Decoder::create();
  ASSERT_TRUE(encoder && decoder);
  ASSERT_TRUE(encoder->set(PITH_PARAM_LEVEL, 1));
  ASSERT_TRUE(encoder->set(PITH_PARAM_BLOCK_SIZE, 4096));
  EXPECT_FALSE(encoder->set(PITH_PARAM_LEVEL, 99));
  EXPECT_GT(encoder->memory(), 0u);
  std::vector<std::byte> first;
  for (size_t step : {7u, 1000u, 100000u}) {
    auto packed = run(*encoder, text, step);
    ASSERT_TRUE(packed);
    if (first.empty()) first = *packed;
    EXPECT_EQ(*packed, first);
    const auto back = run(*decoder, *packed, step);
    ASSERT_TRUE(back);
    EXPECT_EQ(view(*back), text);
    ASSERT_TRUE(encoder->reset());
    ASSERT_TRUE(decoder->reset());
  }
}

TEST(Wrapper, MovedObjectsGoOn) {
  auto made = pith::Encoder::create();
  ASSERT_TRUE(made);
  bool called = false;
  ASSERT_TRUE(made->on_progress([&called](const pith_progress_info&) {
    called = true;
    return true;
  }));
  pith::Encoder encoder = *std::move(made);
  pith::Encoder other = std::move(encoder);
  const auto packed = run(other, sample(100000), 1000);
  ASSERT_TRUE(packed);
  EXPECT_TRUE(called);
}

TEST(Wrapper, ProgressCancelsAndExceptionsStayInside) {
  for (const bool throws : {false, true}) {
    auto encoder = pith::Encoder::create();
    ASSERT_TRUE(encoder);
    ASSERT_TRUE(encoder->on_progress([throws](const pith_progress_info&) -> bool {
      if (throws) throw std::runtime_error("not to be seen");
      return false;
    }));
    const auto packed = run(*encoder, sample(100000), 100000);
    ASSERT_FALSE(packed);
    EXPECT_EQ(packed.error().status(), PITH_ERR_CANCELLED);
  }
}

TEST(Wrapper, ReadsRanges) {
  const std::string text = sample(30000);
  const auto packed = pith::compress(text, 1);
  ASSERT_TRUE(packed);
  auto opened = pith::Reader::open(pith::Source::memory(*packed));
  ASSERT_TRUE(opened);
  pith::Reader reader = *std::move(opened);
  EXPECT_EQ(reader.size(), text.size());
  EXPECT_EQ(reader.frames(), 1u);
  EXPECT_EQ(reader.blocks(), 1u);
  const auto frame = reader.frame_info(0);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->raw_size, text.size());
  const auto block = reader.block_info(0);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->raw_size, text.size());
  EXPECT_FALSE(reader.block_info(1));
  std::string range(100, '\0');
  const auto n = reader.read(range, 29950);
  ASSERT_TRUE(n);
  EXPECT_EQ(range.substr(0, *n), text.substr(29950));
}

TEST(Wrapper, SourcesThatFailOrThrow) {
  for (const bool throws : {false, true}) {
    pith::Source source;
    source.size = 1000;
    source.read_at = [throws](std::span<std::byte>, uint64_t) -> int64_t {
      if (throws) throw std::runtime_error("not to be seen");
      return -ENOENT;
    };
    const auto reader = pith::Reader::open(source);
    ASSERT_FALSE(reader);
    EXPECT_EQ(reader.error().status(), PITH_ERR_IO);
    EXPECT_EQ(reader.error().sys_errno(), throws ? EIO : ENOENT);
  }
}

TEST(Wrapper, Recovers) {
  const std::string text = sample(3000);
  auto packed = pith::compress(text, 1);
  const auto second = pith::compress(text, 1);
  ASSERT_TRUE(packed && second);
  packed->insert(packed->end(), second->begin(), second->end());
  std::string found;
  std::vector<pith_lost> losses;
  const pith::RecoverSink sink{[&](uint64_t, uint64_t, std::span<const std::byte> data) {
                                 found.append(reinterpret_cast<const char*>(data.data()),
                                              data.size());
                                 return true;
                               },
                               [&](const pith_lost& lost) {
                                 losses.push_back(lost);
                                 return true;
                               }};
  auto whole = pith::recover(pith::Source::memory(*packed), sink);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(*whole);
  EXPECT_EQ(found, text + text);
  found.clear();
  packed->at(second->size() / 2) ^= std::byte{1};
  auto damaged = pith::recover(pith::Source::memory(*packed), sink);
  ASSERT_TRUE(damaged);
  EXPECT_FALSE(*damaged);
  EXPECT_EQ(found, text);
  ASSERT_EQ(losses.size(), 1u);
  EXPECT_EQ(losses[0].raw_size, text.size());
  EXPECT_FALSE(pith::recover(pith::Source::memory(text), sink));
}

TEST(Wrapper, Probes) {
  const auto packed = pith::compress(sample(100), 2);
  ASSERT_TRUE(packed);
  const auto info = pith::probe(*packed);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->level, 2);
  EXPECT_EQ(info->raw_size, 100u);
  EXPECT_FALSE(pith::probe(std::string_view("x")));
}

// Documents of a small language of their own.
std::string documents(size_t count, std::vector<uint64_t>* sizes) {
  std::string all;
  for (size_t i = 0; i < count; ++i) {
    std::string one;
    for (size_t k = 0; k < 200; ++k) {
      const size_t n = i * 7919 + k * k * 31;
      one += "sensor " + std::to_string(n % 97) + " of station " + std::to_string(n % 7) +
             " reports a value of " + std::to_string(n % 1013) + " today\n";
    }
    all += one;
    sizes->push_back(one.size());
  }
  return all;
}

TEST(Wrapper, TrainsAndUsesPriors) {
  std::vector<uint64_t> sizes;
  const std::string samples = documents(40, &sizes);
  pith::TrainingOptions options;
  options.max_size = PITH_PRIOR_SIZE_MIN;
  double told = 0;
  options.progress = [&](double done) {
    told = done;
    return true;
  };
  const auto trained = pith::train_prior(samples, sizes, options);
  ASSERT_TRUE(trained) << trained.error().message();
  EXPECT_GT(told, 0);
  EXPECT_LE(trained->file.size(), options.max_size);
  EXPECT_LT(trained->report.held_with_prior[0], trained->report.held_without_prior[0]);
  const auto prior = pith::Prior::read(trained->file);
  ASSERT_TRUE(prior);
  EXPECT_NE(prior->id(), 0u);
  EXPECT_TRUE(pith::prior_name(prior->id()).empty());

  const std::string text = samples.substr(0, 3000);
  auto encoder = pith::Encoder::create();
  ASSERT_TRUE(encoder);
  ASSERT_TRUE(encoder->set_prior(&*prior));
  const auto packed = run(*encoder, text, text.size());
  ASSERT_TRUE(packed);
  ASSERT_TRUE(encoder->reset());
  ASSERT_TRUE(encoder->set_prior(nullptr));
  ASSERT_TRUE(encoder->set(PITH_PARAM_BUILT_IN_PRIORS, 0));
  const auto plain = run(*encoder, text, text.size());
  ASSERT_TRUE(plain);
  EXPECT_LT(packed->size(), plain->size());

  auto decoder = pith::Decoder::create();
  ASSERT_TRUE(decoder);
  const auto without = run(*decoder, *packed, packed->size());
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().status(), PITH_ERR_PRIOR);
  EXPECT_EQ(without.error().needed(), prior->id());
  ASSERT_TRUE(decoder->reset());
  ASSERT_TRUE(decoder->set_prior(&*prior));
  const auto back = run(*decoder, *packed, packed->size());
  ASSERT_TRUE(back);
  EXPECT_EQ(view(*back), text);

  auto reader = pith::Reader::open(pith::Source::memory(*packed));
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->block_info(0)->prior_id, prior->id());
  std::string part(100, '\0');
  EXPECT_FALSE(reader->read(part, 50));
  ASSERT_TRUE(reader->set_prior(&*prior));
  ASSERT_TRUE(reader->read(part, 50));
  EXPECT_EQ(part, text.substr(50, 100));

  std::string found;
  pith::RecoverSink sink;
  sink.on_data = [&](uint64_t, uint64_t, std::span<const std::byte> data) {
    found.append(reinterpret_cast<const char*>(data.data()), data.size());
    return true;
  };
  const auto whole = pith::recover(pith::Source::memory(*packed), sink, 0, nullptr, &*prior);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(*whole);
  EXPECT_EQ(found, text);
}

TEST(Wrapper, TrainingThatCannotBe) {
  const std::vector<uint64_t> sizes = {100};
  const auto small = pith::train_prior(sample(100), sizes);
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().status(), PITH_ERR_PARAM);
  std::vector<uint64_t> many;
  const std::string samples = documents(40, &many);
  pith::TrainingOptions options;
  options.progress = [](double) -> bool { throw std::runtime_error("stays inside"); };
  const auto stopped = pith::train_prior(samples, many, options);
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().status(), PITH_ERR_CANCELLED);
  EXPECT_EQ(pith::Prior::read(samples).error().status(), PITH_ERR_FORMAT);
}

TEST(Wrapper, NamesWhatABlockWasCodedWith) {
  const std::string text =
      "It was the best of times, it was the worst of times, and the people "
      "of the town said so to one another.\n";
  const auto packed = pith::compress(text, 2);
  ASSERT_TRUE(packed);
  auto reader = pith::Reader::open(pith::Source::memory(*packed));
  ASSERT_TRUE(reader);
  const auto block = reader->block_info(0);
  ASSERT_TRUE(block);
  EXPECT_EQ(pith::prior_name(block->prior_id), "prose");
  EXPECT_EQ(block->model_id, 0u);
  EXPECT_TRUE(pith::model_name(1).empty());
  EXPECT_TRUE(pith::prior_name(1).empty());
}

}  // namespace
