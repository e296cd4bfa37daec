#include "ngram/start_tables.h"

#include <array>
#include <cstdlib>
#include <mutex>
#include <span>
#include <vector>

#include "ngram/start_packing.h"

// models/start.bin (docs/format.md, section 6.10), put here by the assembler.
extern "C" const unsigned char pith_start_tables[];      // NOLINT(readability-identifier-naming)
extern "C" const unsigned char pith_start_tables_end[];  // NOLINT(readability-identifier-naming)
#if defined(__APPLE__)
#define PITH_SYMBOL(name) "_" name
#define PITH_SECTION ".const_data"
#define PITH_HIDDEN ".private_extern "
#else
#define PITH_SYMBOL(name) name
#define PITH_SECTION ".section .rodata"
#define PITH_HIDDEN ".hidden "
#endif
asm(PITH_SECTION
    "\n"
    ".globl " PITH_SYMBOL("pith_start_tables") "\n"
    PITH_HIDDEN PITH_SYMBOL("pith_start_tables") "\n"
    ".globl " PITH_SYMBOL("pith_start_tables_end") "\n"
    PITH_HIDDEN PITH_SYMBOL("pith_start_tables_end") "\n"
    ".balign 16\n" PITH_SYMBOL("pith_start_tables") ":\n"
    ".incbin \"" PITH_START_TABLES_FILE "\"\n" PITH_SYMBOL("pith_start_tables_end") ":\n"
    ".text\n");

namespace pith::ngram {
namespace {

constexpr size_t kSets = kNgramLevels * kKinds;

struct Unpacked {
  std::once_flag once;
  std::vector<uint16_t> words;
  Start start;
};

uint32_t number(const uint8_t* at) {
  return at[0] | uint32_t{at[1]} << 8 | uint32_t{at[2]} << 16 | uint32_t{at[3]} << 24;
}

// The file: for each set the u32 size of its zstd frame; then the frames. Sets are ordered by
// level, then kind.
void unpack(size_t set, Unpacked& into) {
  const uint8_t* frame = pith_start_tables + 4 * kSets;
  for (size_t i = 0; i < set; ++i) frame += number(pith_start_tables + 4 * i);
  const LevelShape& shape = kLevels[set / kKinds];
  const std::span<const uint8_t> packed(frame, number(pith_start_tables + 4 * set));
  if (!unpack_start(shape, packed, &into.words)) std::abort();  // not the file this was built for
  into.start = start_of(shape, into.words.data());
}

}  // namespace

const Start& start_table(size_t level, ContentKind kind) {
  static std::array<Unpacked, kSets> sets;
  const auto k = static_cast<size_t>(kind);
  const size_t set = level * kKinds + (k < kKinds ? k : kKinds - 1);
  Unpacked& unpacked = sets[set];
  std::call_once(unpacked.once, [&] { unpack(set, unpacked); });
  return unpacked.start;
}

}  // namespace pith::ngram
