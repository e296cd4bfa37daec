// What the user asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/messages.h"
#include "cli/option_table.h"

namespace pith::cli {

enum class Mode { kCompress, kDecompress, kTest, kList, kBenchmark, kTrain };

// Such as "compress", for --json.
[[nodiscard]] const char* mode_name(Mode mode);

struct Range {
  uint64_t offset = 0;  // raw bytes
  uint64_t length = 0;  // raw bytes; UINT64_MAX: up to the end
};

struct Options {
  Mode mode = Mode::kCompress;
  std::vector<std::string> files;

  bool to_stdout = false;
  std::string output;      // empty: names are derived
  std::string output_dir;  // empty: beside the source
  bool force = false;
  bool remove_source = false;
  std::string suffix;  // empty: the usual ones
  std::optional<bool> sparse;
  bool copy_attributes = true;
  bool sync = true;

  std::optional<int> level;           // 1..9; nothing: the library's default
  std::vector<int> benchmark_levels;  // in the order given; empty: all that differ
  uint64_t block_size = 0;            // bytes, 0: the level's own
  std::string prior;                  // a file; empty: none
  bool built_in_priors = true;
  std::string model;                      // a name or a file; empty: the built-in one
  uint64_t max_size = uint64_t{4} << 20;  // of a prior to be made, bytes

  unsigned threads = 0;              // 0: one per processor
  std::optional<uint64_t> memlimit;  // bytes, 0: none; nothing: lower the threads only
  bool adjust = true;

  bool verify = false;
  bool recover = false;
  uint64_t max_output = UINT64_MAX;
  bool ignore_trailing = false;
  std::optional<Range> range;

  bool recursive = false;
  std::string files_from;  // empty: none
  bool files_from_zero = false;
  std::optional<uint64_t> size_hint;
  bool exclude_compressed = false;

  std::optional<bool> progress;
  bool json = false;
};

// Reads the command line, the environment (PITH_LEVEL, PITH_THREADS, PITH_MEMLIMIT) and the name
// the program was called by, and sets the verbosity of messages. Returns an exit status when there
// is nothing left to do: after a usage error (reported), or when a help, version or information
// text was asked for and printed.
[[nodiscard]] std::optional<ExitStatus> parse_options(int argc, char** argv, Options* options,
                                                      Messages* messages);

}  // namespace pith::cli
