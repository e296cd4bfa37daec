#include "model/integer_model.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace pith::model {
namespace {

constexpr uint8_t kMagic[8] = {0x89, 'P', 'I', 'T', 'H', 'N', 'E', 'T'};
constexpr uint32_t kVersion = 1;
constexpr size_t kHashSize = 8;
constexpr size_t kHeadUnit = 8;
constexpr size_t kVocabularyFileMax = size_t{1} << 24;

class Writer {
 public:
  void bytes(std::span<const uint8_t> data) { out_.insert(out_.end(), data.begin(), data.end()); }
  void number(uint64_t value, int size) {
    for (int i = 0; i < size; ++i) out_.push_back(static_cast<uint8_t>(value >> 8 * i));
  }
  void scale(Scale scale) {
    number(scale.mantissa, 2);
    number(scale.shift, 1);
  }
  [[nodiscard]] std::vector<uint8_t> finish() {
    number(XXH3_64bits(out_.data(), out_.size()), kHashSize);
    return std::move(out_);
  }

 private:
  std::vector<uint8_t> out_;
};

// Reads from the front. After the first error nothing more is read, and all numbers are 0.
class Reader {
 public:
  explicit Reader(std::span<const uint8_t> data) : data_(data) {}

  [[nodiscard]] std::span<const uint8_t> bytes(uint64_t size) {
    if (!error_.ok()) return {};
    if (size > data_.size() - at_) {
      fail("cut short");
      return {};
    }
    at_ += size;
    return data_.subspan(at_ - size, size);
  }
  [[nodiscard]] uint64_t number(size_t size) {
    uint64_t value = 0;
    const auto from = bytes(size);
    for (size_t i = 0; i < from.size(); ++i) value |= uint64_t{from[i]} << 8 * i;
    return value;
  }
  [[nodiscard]] Scale scale() {
    const Scale scale = {static_cast<uint16_t>(number(2)), static_cast<uint8_t>(number(1))};
    if (error_.ok() && (scale.mantissa < kMantissaMin || scale.mantissa > kMantissaMax ||
                        scale.shift > kShiftMax)) {
      fail("a scale out of range");
    }
    return scale;
  }
  void fail(const char* text) {
    if (error_.ok()) error_ = {text, at_};
  }
  [[nodiscard]] const FileError& error() const { return error_; }
  [[nodiscard]] bool at_end() const { return at_ == data_.size(); }

 private:
  std::span<const uint8_t> data_;
  size_t at_ = 0;
  FileError error_;
};

std::string head_of(const NetworkConfig& config) {
  std::string head = config_text(config);
  head.append((kHeadUnit - head.size() % kHeadUnit) % kHeadUnit, '\n');
  return head;
}

size_t scales_of(const Layout& layout, size_t parameter) {
  if (layout.parameters[parameter].kind == ParameterKind::kVector) return 0;
  return has_one_scale(layout, parameter) ? 1 : layout.parameters[parameter].rows;
}

void read_config(Reader* reader, NetworkConfig* config) {
  const auto head = reader->bytes(reader->number(4));
  const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
  if (!reader->error().ok()) return;
  if (!parse_config(text, config).empty() || !check_config(*config).empty() ||
      head_of(*config) != text) {
    reader->fail("not a valid configuration");
  }
}

void read_cut(Reader* reader, const NetworkConfig& config, ClassCut* cut) {
  const uint64_t classes = reader->number(4);
  if (classes < 1 || classes > config.vocabulary) return reader->fail("no valid number of classes");
  for (uint64_t i = 0; i < classes; ++i)
    cut->begin.push_back(static_cast<uint32_t>(reader->number(2)));
  cut->begin.push_back(static_cast<uint32_t>(reader->number(2)) + 1);
  const bool rising = std::adjacent_find(cut->begin.begin(), cut->begin.end(),
                                         std::greater_equal<>()) == cut->begin.end();
  if (cut->begin.front() != 0 || cut->begin.back() != config.vocabulary || !rising) {
    reader->fail("classes that do not follow each other");
  }
}

void read_parameter(Reader* reader, const Layout& layout, size_t index,
                    IntegerParameter* parameter) {
  const size_t size = layout.parameters[index].size();
  if (layout.parameters[index].kind == ParameterKind::kVector) {
    const auto from = reader->bytes(size * sizeof(int32_t));
    for (size_t i = 0; i + 4 <= from.size(); i += 4) {
      const uint32_t number = uint32_t{from[i]} | uint32_t{from[i + 1]} << 8 |
                              uint32_t{from[i + 2]} << 16 | uint32_t{from[i + 3]} << 24;
      parameter->numbers.push_back(static_cast<int32_t>(number));
    }
    return;
  }
  for (size_t i = scales_of(layout, index); i > 0 && reader->error().ok(); --i) {
    parameter->scales.push_back(reader->scale());
  }
  const auto from = reader->bytes(size);
  if (!reader->error().ok()) return;
  parameter->weights =
      SharedWeights(std::span(reinterpret_cast<const int8_t*>(from.data()), from.size()));
  if (std::memchr(from.data(), 0x80, from.size()) != nullptr) reader->fail("a weight of -128");
}

}  // namespace

bool has_one_scale(const Layout& layout, size_t parameter) {
  return layout.parameters[parameter].kind == ParameterKind::kEmbedding &&
         parameter != layout.embedding;
}

bool is_model_file(std::span<const uint8_t> file) {
  return file.size() >= sizeof kMagic && std::memcmp(file.data(), kMagic, sizeof kMagic) == 0;
}

bool has_known_version(std::span<const uint8_t> file) {
  return file.size() < sizeof kMagic + 4 ||
         Reader(file.subspan(sizeof kMagic)).number(4) == kVersion;
}

uint64_t model_hash(std::span<const uint8_t> file) {
  return Reader(file.last(kHashSize)).number(kHashSize);
}

std::vector<uint8_t> write_model(const IntegerModel& model) {
  Writer writer;
  writer.bytes(kMagic);
  writer.number(kVersion, 4);
  const std::string head = head_of(model.config);
  writer.number(head.size(), 4);
  writer.bytes({reinterpret_cast<const uint8_t*>(head.data()), head.size()});
  writer.number(model.cut.classes(), 4);
  for (uint32_t c = 0; c < model.cut.classes(); ++c) writer.number(model.cut.begin[c], 2);
  writer.number(model.cut.begin.back() - 1, 2);
  writer.number(model.vocabulary.size(), 4);
  writer.bytes(model.vocabulary);
  for (const Scale step : model.steps) writer.scale(step);
  for (const IntegerParameter& parameter : model.parameters) {
    for (const int32_t number : parameter.numbers) {
      writer.number(static_cast<uint32_t>(number), 4);
    }
    for (const Scale scale : parameter.scales) writer.scale(scale);
    writer.bytes(
        {reinterpret_cast<const uint8_t*>(parameter.weights.data()), parameter.weights.size()});
  }
  return writer.finish();
}

FileError read_model(std::span<const uint8_t> file, IntegerModel* model) {
  if (!is_model_file(file)) return {"not a model", 0};
  if (file.size() < sizeof kMagic + kHashSize) return {"cut short", file.size()};
  Reader reader(file.first(file.size() - kHashSize));
  static_cast<void>(reader.bytes(sizeof kMagic));
  if (reader.number(4) != kVersion) {
    reader.fail("a version that this program does not know");
    return reader.error();
  }
  // Before its numbers are believed. A file that was cut short ends with another hash too.
  if (XXH3_64bits(file.data(), file.size() - kHashSize) != model_hash(file)) {
    return {"damaged or cut short: wrong checksum", file.size() - kHashSize};
  }
  IntegerModel result;
  read_config(&reader, &result.config);
  if (!reader.error().ok()) return reader.error();
  read_cut(&reader, result.config, &result.cut);
  if (!reader.error().ok()) return reader.error();
  const uint64_t vocabulary = reader.number(4);
  if (vocabulary > kVocabularyFileMax) reader.fail("a vocabulary of an impossible size");
  const auto from = reader.bytes(vocabulary);
  result.vocabulary.assign(from.begin(), from.end());
  for (size_t i = 0; i < 2 * result.config.blocks.size(); ++i) {
    result.steps.push_back(reader.scale());
  }
  const Layout layout = result.layout();
  result.parameters.resize(layout.parameters.size());
  for (size_t i = 0; i < result.parameters.size() && reader.error().ok(); ++i) {
    read_parameter(&reader, layout, i, &result.parameters[i]);
  }
  if (!reader.at_end()) reader.fail("more content than the configuration asks for");
  if (!reader.error().ok()) return reader.error();
  *model = std::move(result);
  return {};
}

}  // namespace pith::model
