// pith-corpus: writes generated test texts.
//
//     pith-corpus --list
//     pith-corpus prose --size 1000000 --seed 7 > prose.txt
//     pith-corpus --all DIR --size 20000       one file a kind
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include "corpora/generate.h"

namespace {

using pith::corpus::Kind;

int list_kinds() {
  for (const Kind& kind : pith::corpus::kinds()) {
    std::printf("%-14.*s %.*s\n", static_cast<int>(kind.name.size()), kind.name.data(),
                static_cast<int>(kind.what.size()), kind.what.data());
  }
  return 0;
}

int fail(const std::string& subject, const char* text) {
  std::fprintf(stderr, "pith-corpus: %s: %s\n", subject.c_str(), text);
  return 1;
}

int write_all(const std::filesystem::path& folder, size_t size, uint64_t seed) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(folder.string(), "cannot make this folder");
  for (const Kind& kind : pith::corpus::kinds()) {
    const std::vector<uint8_t> bytes = pith::corpus::generate(kind, size, seed);
    const std::filesystem::path path = folder / kind.name;
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) return fail(path.string(), "cannot write this file");
  }
  return 0;
}

int write_one(const std::string& name, size_t size, uint64_t seed) {
  const Kind* kind = pith::corpus::find_kind(name);
  if (kind == nullptr) return fail(name, "no such kind; --list shows them all");
  const std::vector<uint8_t> bytes = pith::corpus::generate(*kind, size, seed);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size();
  return written && std::fflush(stdout) == 0 ? 0 : fail("standard output", "cannot write");
}

int run(int argc, char** argv) {
  CLI::App app(
      "Writes generated test texts: the same bytes everywhere for the same kind, size and seed.");
  std::string kind;
  std::string folder;
  size_t size = 100'000;
  uint64_t seed = 1;
  bool list = false;
  app.add_option("KIND", kind, "kind of text, written to standard output");
  app.add_option("--all", folder, "write every kind into this folder, named after its kind");
  app.add_option("--size", size, "bytes")->capture_default_str();
  app.add_option("--seed", seed, "another number gives another text")->capture_default_str();
  app.add_flag("--list", list, "list the kinds");
  CLI11_PARSE(app, argc, argv);

  if (list) return list_kinds();
  if (!folder.empty()) return write_all(folder, size, seed);
  if (kind.empty()) return fail("no kind given", "--list shows them all");
  return write_one(kind, size, seed);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {  // out of memory, for one
    std::fprintf(stderr, "pith-corpus: %s\n", error.what());
    return 1;
  }
}
