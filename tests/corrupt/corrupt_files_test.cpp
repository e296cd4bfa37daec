// Every file of the corpus has the status it is described with, however it is read.
#include "corrupt_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace pith::test {
namespace {

TEST(CorruptFiles, HaveTheirStatusForAnyCutAndThreads) {
  for (const CorruptFile& file : corrupt_files()) {
    SCOPED_TRACE(file.name);
    for (const unsigned threads : {1u, 3u}) {
      for (const Cuts& cuts : {Cuts::of(1), Cuts::of(64), Cuts::none()}) {
        const Result result = decode(file.bytes, {.threads = threads, .in = cuts});
        EXPECT_STREQ(pith_status_name(result.status), pith_status_name(file.status))
            << result.error.text;
        EXPECT_EQ(result.bytes, file.raw);
      }
    }
  }
}

TEST(CorruptFiles, AreNamedForWhatTheyAre) {
  const std::set<int> unsupported = {PITH_ERR_VERSION, PITH_ERR_PRIOR, PITH_ERR_MODEL};
  std::set<std::string> names;
  for (const CorruptFile& file : corrupt_files()) {
    EXPECT_TRUE(names.insert(file.name).second) << file.name;
    const char* const expected = file.status == PITH_END             ? "good-"
                                 : unsupported.contains(file.status) ? "unsupported-"
                                                                     : "bad-";
    EXPECT_TRUE(file.name.starts_with(expected)) << file.name;
  }
}

// A reader sees footers first, and may find another fault than a decoder does. What it cannot see,
// because it hashes no whole frame, is only a wrong content hash.
TEST(CorruptFiles, AreSeenByAReader) {
  for (CorruptFile& file : corrupt_files()) {
    SCOPED_TRACE(file.name);
    const pith_source source = {[](void* opaque, void* dst, size_t size, uint64_t offset) {
                                  const auto* bytes = static_cast<const Bytes*>(opaque);
                                  const size_t left =
                                      bytes->size() - std::min<size_t>(offset, bytes->size());
                                  size = std::min(size, left);
                                  if (size != 0) std::memcpy(dst, bytes->data() + offset, size);
                                  return static_cast<int64_t>(size);
                                },
                                &file.bytes, file.bytes.size()};
    int status = PITH_OK;
    pith_reader* const reader = pith_reader_open(&source, nullptr, &status, nullptr);
    Bytes got(20'000);
    size_t done = 0;
    if (reader != nullptr) {
      status = pith_reader_read(reader, got.data(), got.size(), 0, &done);
      pith_reader_free(reader);
    }
    got.resize(done);
    const bool is_beginning =
        got.size() <= file.raw.size() && std::equal(got.begin(), got.end(), file.raw.begin());
    if (file.status == PITH_END || file.name == "bad-footer-hash") {
      EXPECT_EQ(status, PITH_OK);
      EXPECT_EQ(got, file.raw);
    } else {
      EXPECT_LT(status, PITH_OK);
      EXPECT_TRUE(is_beginning);
    }
  }
}

}  // namespace
}  // namespace pith::test
