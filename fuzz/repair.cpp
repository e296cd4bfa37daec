#include "fuzz/repair.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "container/base/checksum.h"
#include "container/base/varint.h"
#include "container/format/format.h"
#include "model/vocab/vocabulary.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace pith::fuzz {
namespace {

using namespace container;
using Span = std::span<uint8_t>;

void put(Span at, uint64_t value, size_t width) {
  for (size_t i = 0; i < width; ++i) at[i] = static_cast<uint8_t>(value >> (8 * i));
}

// The low 32 bits of the hash of all before `end`, there.
void put_check(Span bytes, size_t end) {
  if (bytes.size() - end >= 4) put(bytes.subspan(end), check32(bytes.first(end)), 4);
}

void repair_frame_header(Span bytes) {
  ByteReader reader(bytes);
  std::span<const uint8_t> skipped;
  uint8_t flags = 0;
  uint64_t number = 0;
  if (!reader.take(kMagic.size() + 1, &skipped).ok() || !reader.u8(&flags).ok() ||
      !reader.take(1, &skipped).ok() || !reader.varint(&number).ok() ||
      !reader.varint(&number).ok()) {
    return;
  }
  for (const int bit : {1, 2}) {
    if ((flags & bit) != 0 && !reader.take(8, &skipped).ok()) return;
  }
  put_check(bytes, reader.pos());
}

void repair_block(Span bytes) {
  ByteReader reader(bytes);
  std::span<const uint8_t> skipped;
  uint8_t method = 0;
  uint64_t raw_offset = 0;
  uint64_t raw_size = 0;
  uint64_t coded_size = 0;
  if (!reader.take(kMarkerSize, &skipped).ok() || !reader.u8(&method).ok() ||
      !reader.take(1, &skipped).ok() || !reader.varint(&raw_offset).ok() ||
      !reader.varint(&raw_size).ok() || !reader.varint(&coded_size).ok()) {
    return;
  }
  const size_t hash_at = reader.pos();
  if (!reader.take(8, &skipped).ok()) return;
  const size_t check_at = reader.pos();
  const bool stored = (method & 15) == static_cast<uint8_t>(Method::kStored);
  if (!reader.take(stored ? 4 : 8, &skipped).ok()) return;
  const Span payload =
      bytes.subspan(reader.pos(), std::min<uint64_t>(coded_size, reader.remaining()));
  if (stored) {
    put(bytes.subspan(hash_at), hash64(payload), 8);
    put_check(bytes, check_at);
  } else {
    put(bytes.subspan(check_at), check32(payload), 4);
    put_check(bytes, check_at + 4);
  }
}

void repair_footer(Span bytes) {
  ByteReader reader(bytes);
  std::span<const uint8_t> skipped;
  uint64_t number = 0;
  uint64_t blocks = 0;
  if (!reader.take(kMarkerSize, &skipped).ok() || !reader.varint(&number).ok() ||
      !reader.varint(&blocks).ok()) {
    return;
  }
  IndexEntry first;
  for (uint64_t i = 0; i < blocks; ++i) {
    IndexEntry entry;
    if (!reader.varint(&entry.coded_total).ok() || !reader.varint(&entry.raw_size).ok()) return;
    if (i == 0) first = entry;
  }
  if (has_content_hash(blocks, first) && !reader.take(sizeof(Hash128), &skipped).ok()) return;
  const size_t end = reader.pos();
  put_check(bytes, end);
  if (bytes.size() - end >= 8) put(bytes.subspan(end + 4), end + 4, 4);
}

bool begins_with(Span bytes, std::span<const uint8_t> signature) {
  return bytes.size() >= signature.size() &&
         std::equal(signature.begin(), signature.end(), bytes.begin());
}

// The hash that ends a file, over all before it.
void repair_last_hash(Span file) {
  if (file.size() < 8) return;
  put(file.last(8), hash64(file.first(file.size() - 8)), 8);
}

}  // namespace

void repair_archive(Span file) {
  for (size_t at = 0; at < file.size(); ++at) {
    const Span rest = file.subspan(at);
    if (begins_with(rest, kMagic)) repair_frame_header(rest);
    if (begins_with(rest, kBlockMarker)) repair_block(rest);
    if (begins_with(rest, kFooterMarker)) repair_footer(rest);
  }
}

void repair_prior(Span file) {
  constexpr size_t kHashAt = 48;
  constexpr size_t kHeaderSize = kHashAt + sizeof(Hash128);
  if (file.size() < kHeaderSize) return;
  Hasher128 hasher;
  hasher.update(file.first(kHashAt));
  hasher.update(file.subspan(kHeaderSize));
  const Hash128 hash = hasher.digest();
  std::copy(hash.begin(), hash.end(), file.begin() + kHashAt);
}

void repair_model(Span file) { repair_last_hash(file); }

void repair_checkpoint(Span file) { repair_last_hash(file); }

// Its hash is one of tokens: they are read as far as that goes.
void repair_vocabulary(Span file) {
  constexpr size_t kCountAt = 9;
  constexpr size_t kEntriesAt = kCountAt + 4;
  std::vector<std::string> tokens;
  size_t at = kEntriesAt;
  while (file.size() >= at + 8 + 3) {
    const std::string_view before = tokens.empty() ? std::string_view() : tokens.back();
    const size_t shared = std::min<size_t>(file[at], before.size());
    const size_t added = file[at + 1];
    if (file.size() - at - 2 < added + 8) break;
    std::string token(before.substr(0, shared));
    token.append(reinterpret_cast<const char*>(&file[at + 2]), added);
    tokens.push_back(std::move(token));
    at += 2 + added;
  }
  if (file.size() != at + 8) return;
  put(file.subspan(kCountAt), tokens.size(), 4);
  model::Vocabulary vocabulary;
  if (model::Vocabulary::create(tokens, &vocabulary).ok()) {
    put(file.last(8), vocabulary.hash(), 8);
  }
}

size_t mutate(uint8_t* data, size_t size, size_t max_size, unsigned seed, Repair repair) {
  const size_t mutated = LLVMFuzzerMutate(data, size, max_size);
  if (seed % 8 != 0) repair({data, mutated});
  return mutated;
}

}  // namespace pith::fuzz
