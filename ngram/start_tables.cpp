#include "ngram/start_tables.h"

#include <array>
#include <cstdlib>
#include <span>
#include <vector>

#include "codec/embedded_file.h"
#include "codec/once.h"
#include "ngram/network_predictor.h"
#include "ngram/start_packing.h"

// docs/format.md, section 6.10.
PITH_EMBED(pith_start_tables, PITH_START_TABLES_DIR "/start.bin");
PITH_EMBED(pith_network_start_tables, PITH_START_TABLES_DIR "/network-start.bin");

namespace pith::ngram {
namespace {

uint32_t number(const uint8_t* at) {
  return at[0] | uint32_t{at[1]} << 8 | uint32_t{at[2]} << 16 | uint32_t{at[3]} << 24;
}

// A file of kSets sets: the u32 size of each one's zstd frame, then the frames.
template <size_t kSets>
class StartFile {
 public:
  explicit StartFile(const uint8_t* file) : file_(file) {}

  // words: that the set has.
  const uint16_t* set(size_t index, size_t words) {
    Unpacked& into = sets_[index];
    into.once.run([&] {
      const uint8_t* frame = file_ + 4 * kSets;
      for (size_t i = 0; i < index; ++i) frame += number(file_ + 4 * i);
      const std::span<const uint8_t> packed(frame, number(file_ + 4 * index));
      // Else it is not the file this was built for.
      if (!unpack_start(packed, words, &into.words)) std::abort();
    });
    return into.words.data();
  }

 private:
  struct Unpacked {
    codec::Once once;
    std::vector<uint16_t> words;
  };

  const uint8_t* file_;
  std::array<Unpacked, kSets> sets_;
};

}  // namespace

Start start_table(size_t level, ContentKind kind) {
  static StartFile<kNgramLevels * kKinds> file(pith_start_tables);
  const auto k = static_cast<size_t>(kind);
  const size_t set = level * kKinds + (k < kKinds ? k : kKinds - 1);
  return start_of(kLevels[level], file.set(set, start_words(kLevels[level])));
}

const int16_t* network_start(size_t shape, ContentKind kind, bool with_prior) {
  static StartFile<4 * kNetworkShapes> file(pith_network_start_tables);
  const size_t k = 2 * shape + (kind == ContentKind::kStructured ? 1 : 0);
  // Signed and unsigned 16 bits may stand for each other.
  return reinterpret_cast<const int16_t*>(
      file.set(2 * k + (with_prior ? 1 : 0), network_start_words(shape)));
}

}  // namespace pith::ngram
