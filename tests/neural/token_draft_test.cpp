// Steps made for drafted tokens: they change no result, whoever drafts, and drafts are what they
// are meant to be.
#include "container/network/token_draft.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "container/methods/networks.h"
#include "container/network/history_draft.h"
#include "container/network/network_track.h"
#include "container/network/text_draft.h"
#include "corpora/generate.h"
#include "model/engine/aligned_vector.h"
#include "model/vocab/longest_token.h"
#include "model/vocab/tokenizer.h"
#include "tests/neural/small_model.h"

namespace pith::container {
namespace {

using Bytes = std::vector<uint8_t>;
using Token = model::Vocabulary::Token;
using model::AlignedVector;
using model::LanguageModel;

const LanguageModel& built_in() {
  const LanguageModel* network = nullptr;
  EXPECT_TRUE(built_in_network(&network).ok());
  return *network;
}

std::vector<Token> tokens_of(const LanguageModel& network, const Bytes& text) {
  std::vector<Token> tokens(text.size());
  tokens.resize(model::Tokenizer(network.vocabulary()).encode(text, tokens));
  return tokens;
}

// Knows the text, and is wrong now and then: at the first token, or at a later one.
class FaultyDraft final : public TokenDraft {
 public:
  FaultyDraft(std::vector<Token> text, size_t vocabulary)
      : text_(std::move(text)), vocabulary_(vocabulary) {}

  size_t after(Token /*token*/, std::span<Token> drafts) const override {
    size_t count = random_() % (drafts.size() + 1);
    count = std::min(count, text_.size() - std::min(text_.size(), place_ + 1));
    for (size_t i = 0; i < count; ++i) {
      const bool wrong = random_() % 3 == 0;
      drafts[i] = wrong ? static_cast<Token>(random_() % vocabulary_) : text_[place_ + 1 + i];
    }
    return count;
  }
  void took(Token /*token*/) override { ++place_; }

 private:
  std::vector<Token> text_;
  size_t vocabulary_;
  size_t place_ = 0;
  mutable std::mt19937_64 random_{7};
};

// Two tracks, as a run through a text has them.
class Tracks {
 public:
  Tracks(const LanguageModel& network, size_t steps, TokenDraft* draft)
      : draft_(draft),
        memory_(2 * NetworkTrack::memory_bytes(network, steps), 0xA5),
        scratch_(NetworkTrack::scratch_bytes(network, steps), 0xA5),
        tracks_{NetworkTrack(network, steps, draft, memory_.data(), scratch_.data()),
                NetworkTrack(network, steps, draft, memory_.data() + memory_.size() / 2,
                             scratch_.data())} {
    tracks_[0].start();
  }

  void take(Token token) {
    tracks_[now_].follow(tracks_[now_], token);
    took(token);
  }
  void guess(Token token) { tracks_[1 - now_].follow(tracks_[now_], token); }
  void guessed_right(Token token) {
    now_ = 1 - now_;
    took(token);
  }

  // What is said of the first decisions of the next token.
  std::vector<uint64_t> opinion() {
    std::vector<uint64_t> result;
    model::ByteOdds& odds = tracks_[now_].odds();
    odds.begin_token();
    odds.begin_byte();
    for (const uint32_t outcome : {0u, 0u, 1u}) {
      const model::Masses masses = odds.masses();
      result.insert(result.end(), {masses.zero, masses.one, masses.other});
      odds.took(outcome, 1u << 23);
    }
    return result;
  }

 private:
  void took(Token token) {
    if (draft_ != nullptr) draft_->took(token);
  }

  TokenDraft* draft_;
  AlignedVector<uint8_t> memory_;
  AlignedVector<uint8_t> scratch_;
  std::array<NetworkTrack, 2> tracks_;
  size_t now_ = 0;
};

// Along the text, with right and wrong guesses on the way.
std::vector<std::vector<uint64_t>> opinions(const LanguageModel& network,
                                            const std::vector<Token>& text, size_t steps,
                                            TokenDraft* draft) {
  Tracks tracks(network, steps, draft);
  std::mt19937_64 random(3);
  std::vector<std::vector<uint64_t>> result;
  for (const Token token : text) {
    switch (random() % 4) {
      case 0:
        tracks.take(token);
        break;
      case 1:
        tracks.guess(static_cast<Token>(random() % network.vocabulary().size()));
        tracks.take(token);
        break;
      default:
        tracks.guess(token);
        tracks.guessed_right(token);
    }
    result.push_back(tracks.opinion());
  }
  return result;
}

void expect_drafts_change_nothing(const LanguageModel& network, const Bytes& text) {
  const std::vector<Token> tokens = tokens_of(network, text);
  const auto expected = opinions(network, tokens, 1, nullptr);
  for (const size_t steps : {size_t{2}, size_t{3}, NetworkTrack::kMostSteps}) {
    FaultyDraft faulty(tokens, network.vocabulary().size());
    EXPECT_EQ(opinions(network, tokens, steps, &faulty), expected) << steps << " steps, faulty";
    TextDraft right(network.vocabulary(), text);
    EXPECT_EQ(opinions(network, tokens, steps, &right), expected) << steps << " steps, right";
  }
  AlignedVector<uint8_t> memory(HistoryDraft::kMemory, 0xA5);
  HistoryDraft history(memory.data());
  EXPECT_EQ(opinions(network, tokens, 2, &history), expected) << "from history";
}

TEST(TokenDraft, ChangesNothing) {
  expect_drafts_change_nothing(built_in(), corpus::generate("prose", 1500, 1));
  const auto made = test::small_model(1);
  ASSERT_NE(made, nullptr);
  expect_drafts_change_nothing(*made, corpus::generate("prose", 1500, 2));
}

TEST(TokenDraft, LongestTokenIsTheTokenizers) {
  const model::Vocabulary& vocabulary = built_in().vocabulary();
  const model::Tokenizer tokenizer(vocabulary);
  std::mt19937_64 random(5);
  Bytes noise(2000);
  for (uint8_t& byte : noise) byte = static_cast<uint8_t>(random());
  for (const Bytes& text : {noise, corpus::generate("prose", 5000, 3),
                            corpus::generate("log-access", 5000, 4), Bytes(100, ' ')}) {
    const std::span<const uint8_t> all(text);
    for (size_t at = 0; at < text.size(); ++at) {
      ASSERT_EQ(model::longest_token(vocabulary, all.subspan(at)),
                tokenizer.longest(text.data() + at, text.data() + text.size()).token)
          << at;
    }
  }
}

TEST(TokenDraft, AnEncodersIsTheText) {
  const LanguageModel& network = built_in();
  const Bytes text = corpus::generate("prose", 3000, 5);
  const std::vector<Token> tokens = tokens_of(network, text);
  TextDraft draft(network.vocabulary(), text);
  std::vector<Token> found(7);
  for (size_t i = 0; i < tokens.size(); ++i) {
    EXPECT_EQ(draft.after(static_cast<Token>(tokens[i] ^ 1), found), 0u);
    const size_t count = draft.after(tokens[i], found);
    ASSERT_EQ(count, std::min(found.size(), tokens.size() - i - 1));
    EXPECT_TRUE(std::equal(found.begin(), found.begin() + static_cast<ptrdiff_t>(count),
                           tokens.begin() + static_cast<ptrdiff_t>(i) + 1));
    draft.took(tokens[i]);
  }
  EXPECT_EQ(draft.after(0, found), 0u);
}

// Of `rounds` times the same random tokens, and as many that are never the same.
TEST(TokenDraft, ADecodersLearnsWhatComesAgain) {
  AlignedVector<uint8_t> memory(HistoryDraft::kMemory, 0xA5);
  HistoryDraft draft(memory.data());
  std::mt19937_64 random(6);
  std::vector<Token> cycle(200);
  for (Token& token : cycle) token = static_cast<Token>(random() % 8192);
  const auto run = [&](size_t count, auto token_at) {
    size_t drafted = 0;
    size_t right = 0;
    for (size_t i = 0; i < count; ++i) {
      Token found = 0;
      const size_t drafts = draft.after(token_at(i), std::span(&found, 1));
      drafted += drafts;
      right += drafts == 1 && found == token_at(i + 1) ? 1 : 0;
      draft.took(token_at(i));
    }
    return std::pair(drafted, right);
  };
  const auto [drafted, right] = run(2000, [&](size_t i) { return cycle[i % cycle.size()]; });
  EXPECT_GE(right, 1600u);
  EXPECT_GE(right * 10, drafted * 9);
  std::vector<Token> noise(2001);
  for (Token& token : noise) token = static_cast<Token>(random() % 8192);
  EXPECT_LE(run(2000, [&](size_t i) { return noise[i]; }).first, 200u);
}

}  // namespace
}  // namespace pith::container
