// Writes what the targets start from: fuzz_seeds DIRECTORY makes DIRECTORY/TARGET/NAME, and
// DIRECTORY/options.dict of the options of the program. The same files every time.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "cli/option_table.h"
#include "container/format/format.h"
#include "corpora/generate.h"
#include "fuzz/coder.h"
#include "fuzz/neural_block.h"
#include "model/engine/random_model.h"
#include "model/integer_model.h"
#include "model/train/checkpoint.h"
#include "model/train/packed_text.h"
#include "model/vocab/vocabulary_file.h"

namespace pith::fuzz {
namespace {

namespace fs = std::filesystem;

class Seeds {
 public:
  explicit Seeds(fs::path directory) : directory_(std::move(directory)) {}

  void add(std::string_view target, const std::string& name, View bytes) const {
    fs::create_directories(directory_ / target);
    write(directory_ / target / name, bytes);
  }
  void add(std::string_view target, const std::string& name, std::string_view text) const {
    add(target, name, View(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
  }
  void add_archive(const std::string& name, View bytes) const {
    for (const char* target :
         {"decode_oneshot", "decode_stream", "probe_list", "reader", "recover"}) {
      add(target, name, bytes);
    }
  }
  void write(const fs::path& path, View bytes) const {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    require(file.good(), "a seed can be written");
  }
  [[nodiscard]] const fs::path& directory() const { return directory_; }

 private:
  fs::path directory_;
};

Bytes read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Bytes joined(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Bytes repeated(const Bytes& unit, size_t size) {
  Bytes bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = unit[i % unit.size()];
  return bytes;
}

// Those of every level, and small ones of every method, kind and shape. The built-in network takes
// seconds a text here, so of what was made with it there is one byte.
void archives(const Seeds& seeds) {
  for (const fs::directory_entry& entry : fs::directory_iterator(PITH_ARCHIVES_DIR)) {
    const std::string name = entry.path().filename();
    if (!name.ends_with(".pith") || (name[0] >= '5' && name != "5-one-letter.pith")) continue;
    seeds.add_archive(name, read_file(entry.path()));
  }
  const Bytes prose = corpus::generate("prose", 700, 1);
  for (const int level : {1, 2, 3, 4, 5, 7}) {
    seeds.add_archive("prose-" + std::to_string(level), encode(prose, {.level = level}));
    seeds.add_archive("own-prior-" + std::to_string(level),
                      encode(prose, {.level = level, .with_own_prior = true}));
  }
  for (const char* kind : {"code-c", "log-access", "records", "html", "prose-crlf", "random"}) {
    const Bytes text = corpus::generate(kind, 500, 2);
    for (const int level : {1, 4, 5, 7}) {
      seeds.add_archive(std::string(kind) + "-" + std::to_string(level),
                        encode(text, {.level = level, .with_built_in_priors = false}));
    }
  }
  for (const int level : {5, 7}) {
    seeds.add_archive("network-" + std::to_string(level),
                      neural_frame(View(prose).first(300), level));
  }
  const Bytes empty = encode({}, {});
  const Bytes repeats = encode(repeated(prose, 4000), {.level = 1, .block_size = 4000});
  seeds.add_archive("empty", empty);
  seeds.add_archive("repeats", repeats);
  seeds.add_archive("many-blocks", encode(prose, {.level = 1}, 100));
  seeds.add_archive("frames", joined(joined(repeats, empty), encode(prose, {.level = 2})));
  seeds.add_archive("trailing", joined(empty, prose));
}

// A text, or what one was coded as, after the choice of the shape.
void neural_methods(const Seeds& seeds) {
  for (const char* kind : {"prose", "prose-crlf", "utf8-invalid", "random", "zeros"}) {
    const Bytes text = corpus::generate(kind, 250, 5);
    for (const size_t shape : {0u, 1u}) {
      const std::string name = std::string(kind) + "-" + std::to_string(shape);
      const Bytes as_text = {static_cast<uint8_t>(shape)};
      const Bytes as_payload = {static_cast<uint8_t>(shape + 2)};
      seeds.add("neural_method", name, joined(as_text, text));
      seeds.add("neural_method", name + "-coded", joined(as_payload, neural_payload(text, shape)));
    }
  }
}

void structures(const Seeds& seeds) {
  using namespace container;
  const FrameHeader header = {3, 4096, 1000, 0, 0};
  const FrameHeader named = {9, PITH_BLOCK_SIZE_MAX, kMemoryKibMax, 1, UINT64_MAX};
  seeds.add("structures", "header", serialise(header).span());
  seeds.add("structures", "header-with-ids", serialise(named).span());
  for (const Method method : {Method::kStored, Method::kZstd, Method::kNgram, Method::kNeural}) {
    BlockHeader block;
    block.method = method;
    block.kind = ngram::ContentKind::kText;
    block.level = kNeuralLevel;
    block.raw_offset = 1'000'000;
    block.raw_size = 500;
    block.coded_size = method == Method::kStored ? 500 : 300;
    seeds.add("structures", "block-" + std::to_string(static_cast<int>(method)),
              serialise(block).span());
  }
  for (const size_t blocks : {0, 1, 2, 100}) {
    IndexWriter index(std::pmr::get_default_resource());
    for (size_t i = 0; i < blocks; ++i) require(index.add({300 + i, 500 * i + 1}).ok(), "index");
    const auto footer = index.footer(17, Hash128{1, 2, 3});
    seeds.add("structures", "footer-" + std::to_string(blocks), View(footer));
  }
}

void round_trips(const Seeds& seeds) {
  uint8_t number = 0;
  for (const corpus::Kind& kind : corpus::kinds()) {
    const uint8_t choices[] = {number, static_cast<uint8_t>(number * 7),
                               static_cast<uint8_t>(number * 37), 60};
    seeds.add("round_trip", std::string(kind.name),
              joined(Bytes(choices, choices + sizeof choices), corpus::generate(kind, 300, 3)));
    ++number;
  }
  seeds.add("round_trip", "repeats",
            joined({0, 255, 0}, repeated(corpus::generate("prose", 90, 4), 2900)));
}

model::Vocabulary some_vocabulary(std::vector<std::string> tokens) {
  for (int byte = 0; byte < 256; ++byte) tokens.emplace_back(1, static_cast<char>(byte));
  std::sort(tokens.begin(), tokens.end(), model::TokenOrder());
  model::Vocabulary vocabulary;
  require(model::Vocabulary::create(tokens, &vocabulary).ok(), "these tokens are a vocabulary");
  return vocabulary;
}

void networks(const Seeds& seeds) {
  const Bytes single = model::write_vocabulary(some_vocabulary({}));
  seeds.add("vocabulary_file", "single-bytes", single);
  seeds.add("vocabulary_file", "words",
            model::write_vocabulary(some_vocabulary({" the", " th", " there", "these", "\r\n",
                                                     "\n\n", "    ", "\xE3\x81\x82", "0000"})));
  for (const char* blocks : {"r", "a", "ra"}) {
    model::NetworkConfig config = {.vocabulary = 256,
                                   .width = 8,
                                   .blocks = blocks,
                                   .recurrence_width = 8,
                                   .feed_forward = 12,
                                   .heads = 2,
                                   .head_width = 4,
                                   .window = 4,
                                   .ngram_rows = 16,
                                   .ngram_width = 4,
                                   .classes = 1};
    model::IntegerModel numbers = model::random_model(config, 5);
    numbers.vocabulary = single;
    seeds.add("model_file", blocks, model::write_model(numbers));
  }
  std::mt19937_64 random(6);
  for (int i = 0; i < 30; ++i) {
    Bytes choices(20 + 5 * i);
    for (uint8_t& byte : choices) byte = static_cast<uint8_t>(random());
    choices[11] = static_cast<uint8_t>(i % 8);  // which of its sizes is the largest there may be
    seeds.add("engine", std::to_string(i), choices);
  }
}

void training(const Seeds& seeds) {
  train::TrainingRun run;
  run.config = {.vocabulary = 4,
                .width = 8,
                .blocks = "ra",
                .recurrence_width = 8,
                .feed_forward = 8,
                .heads = 1,
                .head_width = 4,
                .window = 4,
                .ngram_rows = 0,
                .classes = 2};
  run.cut.begin = {0, 1, 4};
  run.train.mix = {{"two words", 0.25f}, {"b", 1}};
  run.weights.assign(run.layout().total, 0.5f);
  run.average = run.moments.first = run.moments.second = run.weights;
  run.steps = {0.1f, 0.2f, 0.3f, 0.4f};
  run.sampler = {1, 2, 3};
  run.streams = {1.5f};
  run.curve = {{1, 2, 3, 4}};
  run.vocabulary = {1, 2, 3};
  run.tokens = 1000;
  run.seconds = 1.5;
  seeds.add("checkpoint_file", "run", train::write_checkpoint(run));
  seeds.add("config_file", "run",
            model::config_text(run.config) + train::train_config_text(run.train));
  seeds.add("config_file", "comment",
            "# a network\nblocks rra # three\n\twidth 64\r\nmix a b 0.5\n");

  const model::Vocabulary vocabulary = some_vocabulary({" the", "\n\n"});
  train::TextPacker packer(vocabulary);
  packer.add("a", corpus::generate("prose", 300, 7));
  packer.add("b c", joined(corpus::generate("prose-crlf", 200, 8), Bytes{0, 'x', 0, 0, 'y'}));
  seeds.add("packed_text", "two", packer.finish(12));
  seeds.add("packed_text", "none", train::TextPacker(vocabulary).finish(1));
}

void texts(const Seeds& seeds) {
  for (const char* kind : {"prose-crlf", "prose", "random"}) {
    const Bytes text = corpus::generate(kind, 400, 9);
    seeds.add("line_ends", kind, text);
    seeds.add("line_ends", std::string(kind) + "-list", joined({3, 20, 1, 0x80, 0x01}, text));
  }
  for (uint8_t what = 0; what < 4; ++what) {
    seeds.add("recover_damage", std::to_string(what),
              View(Bytes{what, 100, 1, 50, 0, 9, 0, 10, 0, 1, 0, 255, what, 0, 9, 200, 1, 1}));
  }
  seeds.add("prior_file", "small", own_prior_file());
}

// Lines of arguments, and all options as words to put in.
void command_lines(const Seeds& seeds) {
  using namespace std::string_view_literals;
  constexpr std::string_view kLines[] = {
      "pith\0-3kv\0file"sv,
      "unpith\0--range=10:5K\0-c\0a.pith"sv,
      "pithcat\0-q\0--\0-x"sv,
      "pith\0-d\0-o\0out\0-M40%\0-T4\0in.pith"sv,
      "pith\0--rm\0--no-verify\0-B1M\0--suffix\0.x\0a\0b"sv,
      "pith\0--train\0-o\0p\0--max-size=4M\0a"sv,
      "pith\0-b3\0-5\0--json\0--files-from=list"sv,
      "pith\0-t\0--recover\0--max-output\0"
      "1G\0-\0++"sv,
  };
  for (size_t i = 0; i < std::size(kLines); ++i) {
    seeds.add("command_line", std::to_string(i), kLines[i]);
  }
  std::string dictionary;
  for (const cli::OptionRow& row : cli::kOptions) {
    std::string_view rest = row.longs;
    while (!rest.empty()) {
      const std::string name(rest.substr(0, rest.find(',')));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      dictionary += "\"--" + name + "\"\n\"--no-" + name + "\"\n\"--" + name + "=\"\n";
    }
    for (const char letter : row.shorts) dictionary += std::string("\"-") + letter + "\"\n";
  }
  seeds.write(seeds.directory() / "options.dict",
              View(reinterpret_cast<const uint8_t*>(dictionary.data()), dictionary.size()));
}

}  // namespace
}  // namespace pith::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: fuzz_seeds DIRECTORY\n");
    return 1;
  }
  const pith::fuzz::Seeds seeds(argv[1]);
  pith::fuzz::archives(seeds);
  pith::fuzz::neural_methods(seeds);
  pith::fuzz::structures(seeds);
  pith::fuzz::round_trips(seeds);
  pith::fuzz::networks(seeds);
  pith::fuzz::training(seeds);
  pith::fuzz::texts(seeds);
  pith::fuzz::command_lines(seeds);
  return 0;
}
