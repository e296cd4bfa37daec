// What runs a target where it was not built with libFuzzer: first its seeds, then mutations of
// them, the same ones every time.
//
//   fuzz_TARGET SEEDS ROUNDS SIZE    SEEDS: a folder; SIZE: the most bytes a mutation may have
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

extern "C" {
int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
[[gnu::weak]] size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                             unsigned seed);
size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);
}

namespace {

using Bytes = std::vector<uint8_t>;

std::mt19937& source() {
  static std::mt19937 random(1);
  return random;
}

size_t below(size_t n) { return n == 0 ? 0 : source()() % n; }

uint8_t any_byte() {
  constexpr uint8_t kOdd[] = {0, 1, 0x7F, 0x80, 0xFF};
  return below(2) == 0 ? kOdd[below(std::size(kOdd))] : static_cast<uint8_t>(below(256));
}

// One small change of size bytes at data; what it makes of them has at most max_size.
size_t change(uint8_t* data, size_t size, size_t max_size) {
  const size_t at = below(size + 1);
  switch (below(5)) {
    case 0:  // a bit
      if (at < size) data[at] ^= static_cast<uint8_t>(1u << below(8));
      return size;
    case 1:  // a byte
      if (at < size) data[at] = any_byte();
      return size;
    case 2: {  // some go
      const size_t count = below(std::min<size_t>(size - at, 16) + 1);
      std::copy(data + at + count, data + size, data + at);
      return size - count;
    }
    case 3: {  // some come
      const size_t count = below(std::min<size_t>(max_size - size, 16) + 1);
      std::copy_backward(data + at, data + size, data + size + count);
      std::generate_n(data + at, count, any_byte);
      return size + count;
    }
    default: {  // some are those of another place
      const size_t count = below(std::min<size_t>(size - at, 64) + 1);
      const Bytes piece(data + at, data + at + count);
      std::copy(piece.begin(), piece.end(), data + below(size - count + 1));
      return size;
    }
  }
}

Bytes mutation_of(const Bytes& seed, size_t most) {
  Bytes input(seed.begin(), seed.begin() + static_cast<ptrdiff_t>(std::min(seed.size(), most)));
  const size_t size = input.size();
  input.resize(most);
  const size_t mutated =
      LLVMFuzzerCustomMutator != nullptr
          ? LLVMFuzzerCustomMutator(input.data(), size, most, static_cast<unsigned>(source()()))
          : LLVMFuzzerMutate(input.data(), size, most);
  input.resize(mutated);
  return input;
}

void run(Bytes input) {
  input.shrink_to_fit();  // so that the sanitizer sees what is read beyond the end
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size) {
  for (size_t changes = 1 + below(4); changes > 0; --changes) size = change(data, size, max_size);
  return size;
}

int main(int count, char** arguments) {
  if (count != 4) {
    std::fputs("usage: fuzz_TARGET SEEDS ROUNDS SIZE\n", stderr);
    return EXIT_FAILURE;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(arguments[1])) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Bytes> seeds;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  if (seeds.empty()) {
    std::fprintf(stderr, "fuzz: %s: no seeds\n", arguments[1]);
    return EXIT_FAILURE;
  }
  const size_t rounds = std::strtoul(arguments[2], nullptr, 10);
  const size_t most = std::strtoul(arguments[3], nullptr, 10);
  for (size_t i = 0; i < std::min(rounds, seeds.size()); ++i) run(seeds[i]);
  for (size_t i = 0; i < rounds; ++i) run(mutation_of(seeds[below(seeds.size())], most));
  return EXIT_SUCCESS;
}
