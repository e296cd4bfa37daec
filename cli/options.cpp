#include "cli/options.h"

#include <fmt/format.h>
#include <pith/pith.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string_view>

#include "cli/command_line.h"
#include "cli/help.h"
#include "cli/info.h"
#include "cli/sizes.h"
#include "cli/standard_output.h"

namespace pith::cli {
namespace {

constexpr unsigned kMaxThreads = 4096;

// What of the command line is not kept in Options.
struct Parsing {
  Options* options = nullptr;
  std::string error;  // not empty: the first usage error
  bool explicit_no_verify = false;
  std::optional<OptionId> print;  // a text to print instead of working
};

std::optional<unsigned> parse_threads(std::string_view text) {
  const std::optional<uint64_t> number = parse_number(text);
  if (!number || *number > kMaxThreads) return std::nullopt;
  return static_cast<unsigned>(*number);
}

std::optional<int> parse_level(std::string_view text) {
  const std::optional<uint64_t> number = parse_number(text);
  if (!number || *number < PITH_LEVEL_MIN || *number > PITH_LEVEL_MAX) return std::nullopt;
  return static_cast<int>(*number);
}

std::optional<Range> parse_range(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::optional<uint64_t> offset = parse_size(text.substr(0, colon));
  const std::string_view length_text = text.substr(colon + 1);
  const std::optional<uint64_t> length =
      length_text.empty() ? std::numeric_limits<uint64_t>::max() : parse_size(length_text);
  if (!offset || !length) return std::nullopt;
  return Range{*offset, *length};
}

// The value of an option, or a usage error that says what would be right.
template <typename T>
T required(std::optional<T> value, const OptionUse& use, std::string_view name,
           std::string_view expected, Parsing* parsing) {
  if (!value && parsing->error.empty()) {
    parsing->error = fmt::format("{}: \"{}\" is not {}", name, printable(use.value), expected);
  }
  return value.value_or(T{});
}

void set_level(Options* options, int level) {
  options->level = level;
  options->benchmark_levels.push_back(level);
}

uint64_t block_size(const OptionUse& use, Parsing* parsing) {
  const uint64_t size = required(parse_size(use.value), use, "-B", "a size (such as 4M)", parsing);
  if (parsing->error.empty() && (size < PITH_BLOCK_SIZE_MIN || size > PITH_BLOCK_SIZE_MAX)) {
    parsing->error =
        fmt::format("-B: {} is not between {} and {}", use.value, format_size(PITH_BLOCK_SIZE_MIN),
                    format_size(PITH_BLOCK_SIZE_MAX));
  }
  return size;
}

uint64_t max_size(const OptionUse& use, Parsing* parsing) {
  const uint64_t size =
      required(parse_size(use.value), use, "--max-size", "a size (such as 4M)", parsing);
  if (parsing->error.empty() && (size < PITH_PRIOR_SIZE_MIN || size > PITH_PRIOR_SIZE_MAX)) {
    parsing->error =
        fmt::format("--max-size: {} is not between {} and {}", use.value,
                    format_size(PITH_PRIOR_SIZE_MIN), format_size(PITH_PRIOR_SIZE_MAX));
  }
  return size;
}

std::string suffix(const OptionUse& use, Parsing* parsing) {
  if (parsing->error.empty() && (use.value.empty() || use.value.find('/') != std::string::npos)) {
    parsing->error = fmt::format(
        "-S: \"{}\" is not a suffix: it must not be empty or contain \"/\"", printable(use.value));
  }
  return use.value;
}

std::string not_empty(const OptionUse& use, std::string_view name, Parsing* parsing) {
  if (parsing->error.empty() && use.value.empty()) {
    parsing->error = fmt::format("{} needs a name that is not empty", name);
  }
  return use.value;
}

void apply(const OptionUse& use, Parsing* parsing) {
  Options& o = *parsing->options;
  switch (use.id) {
    case OptionId::kCompress:
      o.mode = Mode::kCompress;
      break;
    case OptionId::kDecompress:
      o.mode = Mode::kDecompress;
      break;
    case OptionId::kTest:
      o.mode = Mode::kTest;
      break;
    case OptionId::kList:
      o.mode = Mode::kList;
      break;
    case OptionId::kBenchmark:
      o.mode = Mode::kBenchmark;
      break;
    case OptionId::kTrain:
      o.mode = Mode::kTrain;
      break;
    case OptionId::kStdout:
      o.to_stdout = true;
      break;
    case OptionId::kOutput:
      o.output = not_empty(use, "-o", parsing);
      break;
    case OptionId::kOutputDir:
      o.output_dir = not_empty(use, "--output-dir", parsing);
      break;
    case OptionId::kForce:
      o.force = true;
      break;
    case OptionId::kKeep:
      o.remove_source = false;
      break;
    case OptionId::kRemove:
      o.remove_source = true;
      break;
    case OptionId::kSuffix:
      o.suffix = suffix(use, parsing);
      break;
    case OptionId::kSparse:
      o.sparse = !use.negated;
      break;
    case OptionId::kNoCopyAttrs:
      o.copy_attributes = false;
      break;
    case OptionId::kNoSync:
      o.sync = false;
      break;
    case OptionId::kLevel:
      set_level(&o, use.value[0] - '0');
      break;
    case OptionId::kFast:
      set_level(&o, PITH_LEVEL_MIN);
      break;
    case OptionId::kBest:
      set_level(&o, PITH_LEVEL_MAX);
      break;
    case OptionId::kBlockSize:
      o.block_size = block_size(use, parsing);
      break;
    case OptionId::kPrior:
      o.prior = not_empty(use, "-D", parsing);
      break;
    case OptionId::kNoPrior:
      o.built_in_priors = false;
      break;
    case OptionId::kModel:
      o.model = not_empty(use, "--model", parsing);
      break;
    case OptionId::kMaxSize:
      o.max_size = max_size(use, parsing);
      break;
    case OptionId::kThreads:
      o.threads =
          required(parse_threads(use.value), use, "-T", "a number of threads (0 to 4096)", parsing);
      break;
    case OptionId::kMemlimit:
      o.memlimit = required(parse_memory(use.value, physical_memory()), use, "-M",
                            "a size (such as 500M) or a percentage (1% to 100%)", parsing);
      break;
    case OptionId::kNoAdjust:
      o.adjust = false;
      break;
    case OptionId::kVerify:
      o.verify = !use.negated;
      parsing->explicit_no_verify = use.negated;
      break;
    case OptionId::kRecover:
      o.recover = true;
      break;
    case OptionId::kMaxOutput:
      o.max_output =
          required(parse_size(use.value), use, "--max-output", "a size (such as 1G)", parsing);
      break;
    case OptionId::kIgnoreTrailing:
      o.ignore_trailing = true;
      break;
    case OptionId::kRange:
      o.range = required(parse_range(use.value), use, "--range", "OFFSET:LENGTH", parsing);
      break;
    case OptionId::kRecursive:
      o.recursive = true;
      break;
    case OptionId::kFilesFrom:
    case OptionId::kFiles0From:
      o.files_from = not_empty(use, "--files-from", parsing);
      o.files_from_zero = use.id == OptionId::kFiles0From;
      break;
    case OptionId::kSizeHint:
      o.size_hint =
          required(parse_size(use.value), use, "--size-hint", "a size (such as 20M)", parsing);
      break;
    case OptionId::kExcludeCompressed:
      o.exclude_compressed = true;
      break;
    case OptionId::kQuiet:
    case OptionId::kVerbose:
      break;  // counted by verbosity()
    case OptionId::kProgress:
      o.progress = !use.negated;
      break;
    case OptionId::kJson:
      o.json = true;
      break;
    case OptionId::kHelp:
    case OptionId::kLongHelp:
    case OptionId::kVersion:
    case OptionId::kInfo:
      if (!parsing->print) parsing->print = use.id;
      break;
  }
}

int verbosity(const CommandLine& line) {
  int sum = 0;
  for (const OptionUse& use : line.options) {
    if (use.id == OptionId::kQuiet) --sum;
    if (use.id == OptionId::kVerbose) ++sum;
  }
  return sum;
}

void apply_program_name(std::string_view path, Options* options) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name == "unpith") {
    options->mode = Mode::kDecompress;
  } else if (name == "pithcat") {
    options->mode = Mode::kDecompress;
    options->to_stdout = true;
    options->force = true;
  }
}

template <typename T, typename Parse>
void apply_variable(const char* variable, Parse parse, std::string_view expected, T* target,
                    Messages* messages) {
  const char* text = std::getenv(variable);
  if (text == nullptr || *text == '\0') return;
  if (const auto value = parse(text)) {
    *target = *value;
  } else {
    messages->note("", fmt::format("environment variable {}: \"{}\" is not {}; it is ignored",
                                   variable, printable(text), expected));
  }
}

void apply_environment(Options* options, Messages* messages) {
  apply_variable("PITH_LEVEL", parse_level, "a level from 1 to 9", &options->level, messages);
  apply_variable("PITH_THREADS", parse_threads, "a number of threads (0 to 4096)",
                 &options->threads, messages);
  apply_variable(
      "PITH_MEMLIMIT", [](const char* text) { return parse_memory(text, physical_memory()); },
      "a size or a percentage", &options->memlimit, messages);
}

bool has_model(const Options& o) {
  pith_level_info info = {};
  return pith_level(o.level.value_or(PITH_LEVEL_DEFAULT), &info) >= 0 && info.model_id != 0;
}

// What does not go together. Empty if all is well.
std::string contradiction(const Options& o) {
  const bool decoding = o.mode == Mode::kDecompress || o.mode == Mode::kTest;
  const bool writing = o.mode == Mode::kCompress || o.mode == Mode::kDecompress;
  if (writing && !o.output.empty() &&
      (o.files.size() > 1 || o.recursive || !o.files_from.empty())) {
    return "-o takes one input only; use --output-dir for several";
  }
  if (o.mode == Mode::kTrain && (o.output.empty() || o.to_stdout)) {
    return "--train needs -o and the name of a file for the prior";
  }
  if (o.mode == Mode::kTrain && !o.prior.empty()) return "--train and -D exclude each other";
  if (o.mode == Mode::kTrain && !o.model.empty()) return "--train and --model exclude each other";
  if (o.mode == Mode::kCompress && !o.model.empty() && !has_model(o)) {
    return "--model needs a level of 5 to 9";
  }
  if (!o.prior.empty() && !o.built_in_priors) return "-D and --no-prior exclude each other";
  if (!o.output.empty() && !o.output_dir.empty()) return "-o and --output-dir exclude each other";
  if (o.range && (o.mode != Mode::kDecompress || (!o.to_stdout && o.output.empty()))) {
    return "--range needs -d and -c (or -o)";
  }
  if (o.recover && !decoding) return "--recover needs -d or -t";
  if (o.recover && o.range) return "--recover and --range exclude each other";
  const bool reads_stdin = std::find(o.files.begin(), o.files.end(), "-") != o.files.end();
  if (reads_stdin && o.files_from == "-") {
    return "standard input cannot be both an input and a list of inputs";
  }
  if (o.json && writing && (o.to_stdout || (reads_stdin && o.output.empty()))) {
    return "--json and data cannot both go to standard output";
  }
  return {};
}

// Effects of options on each other, once all are known.
void settle(const Parsing& parsing, Messages* messages) {
  Options& o = *parsing.options;
  const bool writing = o.mode == Mode::kCompress || o.mode == Mode::kDecompress;
  if (o.output == "-") {
    o.output.clear();
    o.to_stdout = true;
  }
  if (o.files.empty() && o.files_from.empty()) o.files.emplace_back("-");
  if (!writing) o.remove_source = false;
  if (o.mode == Mode::kTrain) o.copy_attributes = false;  // there is no one source
  if (o.to_stdout && o.remove_source) {
    o.remove_source = false;
    messages->note("", "--rm has no effect with output to standard output: source files are kept");
  }
  if (o.remove_source) {
    if (parsing.explicit_no_verify) {
      messages->note("", "--no-verify has no effect with --rm: what is written is always verified");
    }
    o.verify = true;
  }
}

std::string text_of(OptionId id, const Options& options) {
  if (id == OptionId::kHelp) return short_help();
  if (id == OptionId::kLongHelp) return long_help();
  if (id == OptionId::kVersion) return version_text();
  return options.json ? info_json() : info_text();
}

}  // namespace

const char* mode_name(Mode mode) {
  switch (mode) {
    case Mode::kCompress:
      return "compress";
    case Mode::kDecompress:
      return "decompress";
    case Mode::kTest:
      return "test";
    case Mode::kList:
      return "list";
    case Mode::kBenchmark:
      return "benchmark";
    case Mode::kTrain:
      return "train";
  }
  return "";
}

std::optional<ExitStatus> parse_options(int argc, char** argv, Options* options,
                                        Messages* messages) {
  const CommandLine line = split_command_line(argc, argv);
  Parsing parsing;
  parsing.options = options;
  parsing.error = line.error;
  if (argc > 0) apply_program_name(argv[0], options);
  messages->set_verbosity(verbosity(line));
  apply_environment(options, messages);
  for (const OptionUse& use : line.options) apply(use, &parsing);
  options->files = line.files;
  if (parsing.error.empty() && parsing.print) {
    print_standard_output(text_of(*parsing.print, *options), messages);
    return messages->status();
  }
  settle(parsing, messages);
  if (parsing.error.empty()) parsing.error = contradiction(*options);
  if (!parsing.error.empty()) {
    messages->error("", parsing.error + "; try pith -h");
    return ExitStatus::kError;
  }
  return std::nullopt;
}

}  // namespace pith::cli
