// Archives that were made once are read, and made again, byte for byte, by every instruction set.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "archive_list.h"
#include "container/methods/ngram_kernel.h"
#include "model/engine/engine.h"
#include "stream.h"

namespace pith::test {
namespace {

Bytes kept(const Archive& archive) {
  std::ifstream file(PITH_ARCHIVES_DIR "/" + file_name(archive), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Archives, AreRead) {
  for (const Archive& archive : kArchives) {
    const Result back = decode(kept(archive), {});
    EXPECT_EQ(back.status, PITH_END) << file_name(archive);
    EXPECT_EQ(back.bytes, text_of(archive)) << file_name(archive);
  }
}

// Not before a format changes on purpose may this fail; then make_archives makes them anew, and
// docs/format.md says what changed.
TEST(Archives, AreMadeAgain) {
  for (const Archive& archive : kArchives) {
    EXPECT_EQ(encoded(text_of(archive), {.level = archive.level}), kept(archive))
        << file_name(archive);
  }
}

// n-grams and networks have kernels of their own; those of a name, or the plain ones, together.
TEST(Archives, AreReadByEveryInstructionSet) {
  for (const char* name : model::engine_kernel_names()) {
    ASSERT_TRUE(model::engine_force_kernel(name));
    if (!container::ngram_force_kernel(name)) {
      ASSERT_TRUE(container::ngram_force_kernel("scalar"));
    }
    for (const Archive& archive : kArchives) {
      EXPECT_EQ(decode(kept(archive), {}).bytes, text_of(archive))
          << file_name(archive) << ", " << name;
    }
  }
  const char* const fastest = model::engine_kernel_names().back();
  EXPECT_TRUE(model::engine_force_kernel(fastest));
}

}  // namespace
}  // namespace pith::test
