// Small archives that are kept beside the tests: what pith wrote once, it reads for ever.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pith::test {

// A generated text (corpora/generate.h) and how it is coded. Its file is LEVEL-KIND.pith.
struct Archive {
  int level;
  std::string_view kind;
  size_t size;  // of the text, bytes
};

// Every level that codes in its own way, every kind of content, both sorts of line ends. None has a
// zstd block, which other versions of zstd may make otherwise.
inline constexpr Archive kArchives[] = {
    {1, "prose", 6000},      {2, "prose", 6000},      {3, "prose", 6000},
    {4, "prose", 6000},      {5, "prose", 6000},      {1, "log-access", 5000},
    {4, "log-access", 5000}, {5, "log-access", 5000}, {4, "code-c", 5000},
    {5, "code-c", 5000},     {4, "records", 5000},    {5, "html", 5000},
    {5, "prose-crlf", 6000}, {5, "cyrillic", 3000},   {5, "utf8-invalid", 3000},
    {1, "random", 500},      {4, "zeros", 100'000},   {5, "one-letter", 1},
    {7, "prose", 6000},      {7, "code-c", 5000},     {7, "prose-crlf", 3000},
    {7, "log-access", 5000},
};

[[nodiscard]] std::string file_name(const Archive& archive);
[[nodiscard]] std::vector<uint8_t> text_of(const Archive& archive);

}  // namespace pith::test
