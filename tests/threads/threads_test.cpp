// Different objects may be used by different threads at once, each with workers of its own. Most
// telling in a build with -DPITH_SANITIZE=thread.
#include <gtest/gtest.h>

#include <algorithm>
#include <pith/pith.hpp>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr unsigned kUsers = 3;    // threads of the application
constexpr unsigned kWorkers = 3;  // of each object
constexpr uint64_t kBlockSize = 2048;

// Blocks of text, of long repeats and of noise in turn: all methods.
std::string sample(uint64_t seed) {
  std::mt19937_64 random(seed);
  std::string text;
  while (text.size() < 12000) {
    for (int i = 0; i < 200; ++i) text += "word" + std::to_string(random() % 30) + ' ';
    text.append(3000, 'a');
    for (int i = 0; i < 3000; ++i) text.push_back(static_cast<char>(random()));
  }
  return text;
}

template <typename Coder>
bool run(Coder& coder, pith::ConstBytes all, std::vector<std::byte>* given) {
  given->resize(200000);
  pith::Input in(all);
  pith::Output out(*given);
  for (;;) {
    const pith::Result<pith::State> state = coder.run(out, in, PITH_FINISH);
    if (!state) return false;
    if (*state == pith::State::kEnd) break;
  }
  given->resize(out.pos);
  return true;
}

bool compress(const std::string& text, unsigned workers, std::vector<std::byte>* packed) {
  pith::Result<pith::Encoder> encoder = pith::Encoder::create();
  return encoder && encoder->set(PITH_PARAM_LEVEL, 1) &&
         encoder->set(PITH_PARAM_BLOCK_SIZE, kBlockSize) &&
         encoder->set(PITH_PARAM_THREADS, workers) && run(*encoder, text, packed);
}

// Everything one user does; true if all of it came out right.
bool use(const std::string& text, const std::vector<std::byte>& expected) {
  const auto same = [&text](std::span<const std::byte> bytes, size_t offset) {
    return std::equal(bytes.begin(), bytes.end(), text.begin() + static_cast<ptrdiff_t>(offset),
                      [](std::byte a, char b) { return a == static_cast<std::byte>(b); });
  };
  std::vector<std::byte> packed;
  if (!compress(text, kWorkers, &packed) || packed != expected) return false;

  std::vector<std::byte> raw;
  pith::Result<pith::Decoder> decoder = pith::Decoder::create();
  if (!decoder || !decoder->set(PITH_PARAM_THREADS, kWorkers) || !run(*decoder, packed, &raw) ||
      raw.size() != text.size() || !same(raw, 0)) {
    return false;
  }

  pith::Result<pith::Reader> reader = pith::Reader::open(pith::Source::memory(packed));
  if (!reader || !reader->set(PITH_PARAM_THREADS, kWorkers)) return false;
  for (size_t offset = 0; offset + 5000 <= text.size(); offset += 3001) {
    raw.resize(5000);
    const pith::Result<size_t> n = reader->read(raw, offset);
    if (!n || *n != raw.size() || !same(raw, offset)) return false;
  }

  uint64_t found = 0;
  const pith::Result<bool> whole = pith::recover(
      pith::Source::memory(packed), {[&](uint64_t, uint64_t, std::span<const std::byte> data) {
                                       found += data.size();
                                       return true;
                                     },
                                     [](const pith_lost&) { return true; }});
  return whole && *whole && found == text.size();
}

TEST(Threads, ObjectsAreIndependent) {
  const std::string text = sample(1);
  std::vector<std::byte> expected;
  ASSERT_TRUE(compress(text, 1, &expected));
  std::vector<int> right(kUsers, 0);
  std::vector<std::thread> users;
  for (unsigned i = 0; i < kUsers; ++i) {
    users.emplace_back([&, i] { right[i] = use(text, expected) ? 1 : 0; });
  }
  for (std::thread& user : users) user.join();
  EXPECT_EQ(right, std::vector<int>(kUsers, 1));
}

TEST(Threads, ObjectsFreedWithWorkInFlight) {
  const std::string text = sample(2);
  for (int round = 0; round < 6; ++round) {
    pith::Result<pith::Encoder> encoder = pith::Encoder::create();
    ASSERT_TRUE(encoder);
    ASSERT_TRUE(encoder->set(PITH_PARAM_LEVEL, 1));
    ASSERT_TRUE(encoder->set(PITH_PARAM_BLOCK_SIZE, kBlockSize));
    ASSERT_TRUE(encoder->set(PITH_PARAM_THREADS, kWorkers));
    pith::Input in(text);
    std::vector<std::byte> room(static_cast<size_t>(round) * 500);
    pith::Output out(room);
    ASSERT_TRUE(encoder->run(out, in, PITH_RUN));
    if (round % 2 == 0) {
      ASSERT_TRUE(encoder->reset());
      std::vector<std::byte> packed;
      ASSERT_TRUE(run(*encoder, text, &packed));
    }
  }
}

}  // namespace
