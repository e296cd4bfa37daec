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

}  // namespace
