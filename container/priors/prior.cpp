#include "container/priors/prior.h"

#include <zstd.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <utility>

#include "container/base/checksum.h"
#include "ngram/start_packing.h"

namespace pith::container {
namespace {

using ngram::kNgramLevels;
using ngram::PriorTable;

constexpr std::array<uint8_t, 8> kPriorMagic = {0x89, 'p', 'r', 'i', 'o', 0x0D, 0x0A, 0x1A};
constexpr uint32_t kPriorVersion = 1;
constexpr int kZstdLevel = 19;  // of starting values
constexpr size_t kHashAt = 48;
constexpr size_t kHeaderSize = 64;
constexpr size_t kCodesSize = PriorTable::kCodes * sizeof(PriorTable::Code);
constexpr size_t kLinesAt = kHeaderSize + kCodesSize;
static_assert(kLinesAt % PriorTable::kLineSize == 0);

uint32_t read_u32(std::span<const uint8_t> in, size_t at) {
  uint32_t x = 0;
  for (size_t i = 0; i < 4; ++i) x |= static_cast<uint32_t>(in[at + i]) << (8 * i);
  return x;
}

void write_u32(std::span<uint8_t> out, size_t at, uint32_t x) {
  for (size_t i = 0; i < 4; ++i) out[at + i] = static_cast<uint8_t>(x >> (8 * i));
}

// Of everything but the hash itself.
Hash128 hash_of(std::span<const uint8_t> file) {
  Hasher128 hasher;
  hasher.update(file.first(kHashAt));
  hasher.update(file.subspan(kHeaderSize));
  return hasher.digest();
}

}  // namespace

bool Prior::serves(ngram::ContentKind kind) const {
  const auto k = static_cast<size_t>(kind);
  return k < kPriorKinds && !starts_[0][k].coded.empty();
}

bool Prior::unpack(size_t level, StartingValues* values) {
  const ngram::LevelShape& shape = ngram::kLevels[level];
  if (!ngram::unpack_start(values->coded, ngram::start_words(shape), &values->words)) return false;
  values->start = ngram::start_of(shape, values->words.data());
  return true;
}

const ngram::Start& Prior::start(size_t level, ngram::ContentKind kind) const {
  StartingValues& values = starts_[level][static_cast<size_t>(kind)];
  values.once.run([&] {
    if (!unpack(level, &values)) std::abort();  // was proved when the prior was read, or is our own
  });
  return values.start;
}

Status Prior::map(std::span<const uint8_t> file, std::unique_ptr<Prior>* prior) {
  const size_t known = std::min(file.size(), kPriorMagic.size());
  PITH_CHECK(std::equal(kPriorMagic.begin(), kPriorMagic.begin() + static_cast<ptrdiff_t>(known),
                        file.begin()),
             PITH_ERR_FORMAT, "not a prior");
  PITH_CHECK(file.size() >= kLinesAt, PITH_ERR_TRUNCATED, "the prior ends too early");
  PITH_CHECK(read_u32(file, 8) == kPriorVersion, PITH_ERR_VERSION,
             "the prior was made by another version of pith");
  const uint32_t lines = read_u32(file, 12);
  PITH_CHECK(lines >= 1, PITH_ERR_CORRUPT, "the prior has an empty table");
  std::unique_ptr<Prior> made(new Prior);
  uint64_t at = kLinesAt + uint64_t{lines} * PriorTable::kLineSize;
  for (size_t i = 0; i < kNgramLevels * kPriorKinds; ++i) {
    const uint32_t size = read_u32(file, 16 + 4 * i);
    PITH_CHECK(at + size <= file.size(), PITH_ERR_TRUNCATED, "the prior ends too early");
    made->starts_[i / kPriorKinds][i % kPriorKinds].coded = file.subspan(at, size);
    at += size;
  }
  PITH_CHECK(at == file.size(), PITH_ERR_CORRUPT, "foreign bytes follow the prior");
  for (size_t i = 0; i < 8; ++i) made->id_ = made->id_ << 8 | file[kHashAt + i];
  const auto codes = file.subspan(kHeaderSize, kCodesSize);
  made->table_ = PriorTable(reinterpret_cast<const PriorTable::Code*>(codes.data()),
                            file.data() + kLinesAt, lines);
  *prior = std::move(made);
  return {};
}

Status Prior::read(std::span<const uint8_t> file, std::unique_ptr<Prior>* prior) {
  std::unique_ptr<Prior> made;
  PITH_TRY(map(file, &made));
  const Hash128 hash = hash_of(file);
  PITH_CHECK(std::equal(hash.begin(), hash.end(), file.begin() + kHashAt), PITH_ERR_CHECKSUM,
             "the prior is damaged");
  PITH_CHECK(made->id_ != 0, PITH_ERR_CORRUPT, "the prior has no name");
  for (size_t level = 0; level < kNgramLevels; ++level) {
    for (size_t kind = 0; kind < kPriorKinds; ++kind) {
      StartingValues& values = made->starts_[level][kind];
      PITH_CHECK(values.coded.empty() == made->starts_[0][kind].coded.empty(), PITH_ERR_CORRUPT,
                 "the prior serves some levels only");
      if (values.coded.empty()) continue;
      bool whole = false;
      values.once.run([&] { whole = unpack(level, &values); });
      PITH_CHECK(whole, PITH_ERR_CORRUPT, "the prior's starting values cannot be decoded");
    }
  }
  *prior = std::move(made);
  return {};
}

Status check_frame_prior(uint64_t wanted, const Prior* given) {
  if (wanted == 0 || (given != nullptr && given->id() == wanted)) return {};
  Status status = Status::error(PITH_ERR_PRIOR, nullptr);
  status.needed = wanted;
  status.given = given != nullptr ? given->id() : 0;
  return status;
}

std::vector<uint8_t> serialise_prior(const ngram::PackedPrior& packed, const PriorStarts& starts) {
  std::vector<uint8_t> file(kLinesAt);
  std::copy(kPriorMagic.begin(), kPriorMagic.end(), file.begin());
  write_u32(file, 8, kPriorVersion);
  write_u32(file, 12, static_cast<uint32_t>(packed.lines.size() / PriorTable::kLineSize));
  for (size_t i = 0; i < packed.codes.size(); ++i) {
    const PriorTable::Code& code = packed.codes[i];
    const std::array<uint8_t, 3> bytes = {code.byte, code.first, code.later};
    std::copy(bytes.begin(), bytes.end(),
              file.begin() + static_cast<ptrdiff_t>(kHeaderSize + 3 * i));
  }
  file.insert(file.end(), packed.lines.begin(), packed.lines.end());
  for (size_t i = 0; i < kNgramLevels * kPriorKinds; ++i) {
    const std::vector<uint16_t>& words = starts[i / kPriorKinds][i % kPriorKinds];
    if (words.empty()) continue;
    std::vector<uint8_t> raw;
    raw.reserve(2 * words.size());
    for (const uint16_t word : words) {
      raw.push_back(static_cast<uint8_t>(word));
      raw.push_back(static_cast<uint8_t>(word >> 8));
    }
    std::vector<uint8_t> coded(ZSTD_compressBound(raw.size()));
    const size_t size =
        ZSTD_compress(coded.data(), coded.size(), raw.data(), raw.size(), kZstdLevel);
    if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // there is room for any result
    coded.resize(size);
    write_u32(file, 16 + 4 * i, static_cast<uint32_t>(size));
    file.insert(file.end(), coded.begin(), coded.end());
  }
  const Hash128 hash = hash_of(file);
  std::copy(hash.begin(), hash.end(), file.begin() + kHashAt);
  return file;
}

}  // namespace pith::container
