// Deterministic texts and binaries of our own for tests, benchmarks and the quick start.
//
// generate(kind, size, seed) gives the same bytes on every platform and compiler: integers only, no
// library distribution, no locale, no hash order. The texts are invented; none is taken from
// anywhere.
//
// Example:
//     for (const pith::corpus::Kind& kind : pith::corpus::kinds()) {
//       std::vector<uint8_t> bytes = pith::corpus::generate(kind, 10'000, 1);
//     }
//     std::vector<uint8_t> prose = pith::corpus::generate("prose", 1'000'000, 7);
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace pith::corpus {

class Random;
class Writer;

// What a kind's bytes are.
enum class Encoding {
  kUtf8,   // valid UTF-8 at every size (a cut character at the end is replaced by line feeds)
  kBytes,  // anything
};

struct Kind {
  std::string_view name;  // as used on the command line, e.g. "log-access"
  std::string_view what;  // one line for people
  Encoding encoding;
  void (*write)(Writer& out, Random& random);  // writes until out is full
};

// All kinds, in the order of the table in generate.cpp. Lives for ever.
[[nodiscard]] std::span<const Kind> kinds();

// The kind of that name, or null.
[[nodiscard]] const Kind* find_kind(std::string_view name);

// Exactly size bytes. Another seed gives other bytes wherever the kind has any freedom.
[[nodiscard]] std::vector<uint8_t> generate(const Kind& kind, size_t size, uint64_t seed);

// The same by name; an unknown name gives an empty vector.
[[nodiscard]] std::vector<uint8_t> generate(std::string_view kind, size_t size, uint64_t seed);

}  // namespace pith::corpus
