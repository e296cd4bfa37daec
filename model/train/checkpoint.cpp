#include "model/train/checkpoint.h"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <sstream>
#include <string>
#include <string_view>

namespace pith::train {
namespace {

static_assert(std::endian::native == std::endian::little, "checkpoints are copied as they are");

constexpr char kMagic[] = "PITHRUN1";
constexpr size_t kMagicSize = 8;
constexpr size_t kPrefix = kMagicSize + sizeof(uint64_t);
constexpr size_t kHashSize = sizeof(uint64_t);

constexpr size_t padded(size_t size) { return (size + 7) / 8 * 8; }

// Calls visit(name, type, vector of numbers) for each array, in the order of the file.
template <class Run, class Visit>
void visit_arrays(Run& run, const Visit& visit) {
  visit("vocabulary", "u8", run.vocabulary);
  visit("weights", "f32", run.weights);
  visit("average", "f32", run.average);
  visit("first", "f32", run.moments.first);
  visit("second", "f32", run.moments.second);
  visit("steps", "f32", run.steps);
  visit("sampler", "u64", run.sampler);
  visit("streams", "f32", run.streams);
  visit("curve", "f32", run.curve);
}

constexpr size_t element_size(std::string_view type) {
  return type == "u8" ? 1 : type == "f32" ? 4 : 8;
}

std::string header_text(const TrainingRun& run) {
  std::ostringstream text;
  text.precision(17);
  text << model::config_text(run.config) << train_config_text(run.train) << "class_begin";
  for (const uint32_t begin : run.cut.begin) text << ' ' << begin;
  text << "\nclass_rows " << run.class_rows << "\ncounted_steps " << run.moments.steps
       << "\ntokens " << run.tokens << "\nbytes " << run.bytes << "\nseconds " << run.seconds
       << '\n';
  visit_arrays(run, [&](const char* name, const char* type, const auto& values) {
    const size_t bytes = values.size() * sizeof values[0];
    text << "array " << name << ' ' << type << ' ' << bytes / element_size(type) << '\n';
  });
  std::string result = text.str();
  result.append(padded(result.size()) - result.size(), '\n');
  return result;
}

// The lines that are not of the configuration. Returns false if one cannot be read.
struct Header {
  std::vector<uint32_t> class_begin;
  double class_rows = 0;
  uint64_t steps = 0, tokens = 0, bytes = 0;
  double seconds = 0;
  struct Array {
    std::string name, type;
    uint64_t count = 0;
  };
  std::vector<Array> arrays;

  [[nodiscard]] bool take(const model::ConfigLine& line, bool* known) {
    std::istringstream value(line.value);
    *known = true;
    if (line.name == "class_begin") {
      for (uint32_t begin = 0; value >> begin;) class_begin.push_back(begin);
      return value.eof();
    }
    if (line.name == "class_rows") return static_cast<bool>(value >> class_rows);
    if (line.name == "counted_steps") return static_cast<bool>(value >> steps);
    if (line.name == "tokens") return static_cast<bool>(value >> tokens);
    if (line.name == "bytes") return static_cast<bool>(value >> bytes);
    if (line.name == "seconds") return static_cast<bool>(value >> seconds);
    if (line.name == "array") {
      arrays.emplace_back();
      Array& array = arrays.back();
      return static_cast<bool>(value >> array.name >> array.type >> array.count);
    }
    *known = false;
    return true;
  }
};

bool is_cut(const std::vector<uint32_t>& begin, uint32_t vocabulary) {
  return begin.size() >= 2 && begin.size() <= size_t{vocabulary} + 1 && begin.front() == 0 &&
         begin.back() == vocabulary &&
         std::adjacent_find(begin.begin(), begin.end(), std::greater_equal<>()) == begin.end();
}

// Fills run from the header. Returns null or what is wrong.
const char* read_header(std::string_view text, TrainingRun* run, Header* header) {
  std::vector<model::ConfigLine> lines;
  if (!model::parse_config(text, &run->config, &lines).empty()) return "not a valid configuration";
  std::vector<model::ConfigLine> rest;
  for (const model::ConfigLine& line : lines) {
    bool known = false;
    if (!header->take(line, &known)) return "a line of the header cannot be read";
    if (!known) rest.push_back(line);
  }
  if (!parse_train_config(rest, &run->train).empty() || !check_train_config(run->train).empty() ||
      !model::check_config(run->config).empty()) {
    return "not a valid configuration";
  }
  if (!is_cut(header->class_begin, run->config.vocabulary)) return "classes that are no cut";
  if (!(header->seconds >= 0) || !std::isfinite(header->seconds)) return "no valid time";
  run->cut.begin = header->class_begin;
  run->class_rows = header->class_rows;
  run->moments.steps = header->steps;
  run->tokens = header->tokens;
  run->bytes = header->bytes;
  run->seconds = header->seconds;
  return nullptr;
}

const char* check_sizes(const TrainingRun& run) {
  const size_t total = run.layout().total;
  for (const auto* values : {&run.weights, &run.average, &run.moments.first, &run.moments.second}) {
    if (values->size() != total) return "parameters that do not fit the configuration";
  }
  if (!run.steps.empty() && run.steps.size() != 2 * run.config.blocks.size()) {
    return "steps of activations that do not fit the configuration";
  }
  for (const float step : run.steps) {
    if (!(step > 0) || !std::isfinite(step)) return "a step of an activation that is none";
  }
  return nullptr;
}

}  // namespace

bool is_checkpoint(std::span<const uint8_t> file) {
  return file.size() >= kMagicSize && std::memcmp(file.data(), kMagic, kMagicSize) == 0;
}

std::vector<uint8_t> write_checkpoint(const TrainingRun& run) {
  const std::string header = header_text(run);
  size_t size = kPrefix + header.size() + kHashSize;
  visit_arrays(run, [&](const char*, const char*, const auto& values) {
    size += padded(values.size() * sizeof values[0]);
  });
  std::vector<uint8_t> file(size);
  const uint64_t header_size = header.size();
  std::memcpy(file.data(), kMagic, kMagicSize);
  std::memcpy(file.data() + kMagicSize, &header_size, sizeof header_size);
  std::memcpy(file.data() + kPrefix, header.data(), header.size());
  size_t at = kPrefix + header.size();
  visit_arrays(run, [&](const char*, const char*, const auto& values) {
    const size_t bytes = values.size() * sizeof values[0];
    if (bytes != 0) std::memcpy(file.data() + at, values.data(), bytes);
    at += padded(bytes);
  });
  const uint64_t hash = XXH3_64bits(file.data(), at);
  std::memcpy(file.data() + at, &hash, sizeof hash);
  return file;
}

model::FileError read_checkpoint(std::span<const uint8_t> file, TrainingRun* run) {
  if (!is_checkpoint(file)) return {"not a checkpoint of a training run", 0};
  uint64_t header_size = 0;
  if (file.size() < kPrefix + kHashSize) return {"cut short", file.size()};
  std::memcpy(&header_size, file.data() + kMagicSize, sizeof header_size);
  const size_t content = file.size() - kHashSize;
  if (header_size > content - kPrefix) return {"cut short", file.size()};
  uint64_t hash = 0;
  std::memcpy(&hash, file.data() + content, sizeof hash);
  if (hash != XXH3_64bits(file.data(), content)) return {"damaged: wrong checksum", content};
  const std::string_view text(reinterpret_cast<const char*>(file.data()) + kPrefix, header_size);
  TrainingRun result;
  Header header;
  if (const char* wrong = read_header(text, &result, &header); wrong != nullptr) {
    return {wrong, kPrefix};
  }
  size_t at = kPrefix + header_size;
  size_t next = 0;
  model::FileError error;
  visit_arrays(result, [&](const char* name, const char* type, auto& values) {
    if (!error.ok()) return;
    const size_t unit = sizeof values[0];
    if (next == header.arrays.size() || header.arrays[next].name != name ||
        header.arrays[next].type != type) {
      error = {"unexpected arrays", kPrefix};
      return;
    }
    const uint64_t count = header.arrays[next++].count;
    const size_t left = at <= content ? content - at : 0;
    if (count > left / element_size(type) || count * element_size(type) % unit != 0) {
      error = {"an array that is cut short", at};
      return;
    }
    const size_t bytes = count * element_size(type);
    values.resize(bytes / unit);
    if (bytes != 0) std::memcpy(values.data(), file.data() + at, bytes);
    at += padded(bytes);
  });
  if (!error.ok()) return error;
  if (at != content || next != header.arrays.size()) return {"unexpected content", at};
  if (const char* wrong = check_sizes(result); wrong != nullptr) return {wrong, kPrefix};
  *run = std::move(result);
  return {};
}

}  // namespace pith::train
