#include "allocation_calls.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

#include "corpora/generate.h"
#include "pith/pith.h"
#include "tests/neural/changed_model.h"

namespace pith::test {
namespace {

using Bytes = std::vector<uint8_t>;

// All that the calls need, made before anything fails.
struct Material {
  Bytes text = corpus::generate("prose", 3000, 1);
  Bytes json = corpus::generate("json", 3000, 1);
  Bytes samples = corpus::generate("json", 80'000, 2);
  Bytes repeats = Bytes(100'000, 'a');
  Bytes prior_file;
  Bytes model_file = changed_model_file(1);
  Bytes coded_text;    // level 1, blocks of 1 KiB
  Bytes coded_neural;  // level 5
  Bytes coded_best;    // level 7
  Bytes coded_zstd;    // level 1
  std::span<uint8_t> room;
};

Material* material = nullptr;

struct Parameters {
  uint64_t level = 1;
  uint64_t block_size = 0;
  uint64_t threads = 1;
  const pith_prior* prior = nullptr;
  const pith_model* model = nullptr;
};

// *size: of the result, in material->room.
int encode(const Bytes& raw, const Parameters& parameters, size_t* size) {
  pith_encoder* const encoder = pith_encoder_new(nullptr);
  if (encoder == nullptr) return PITH_ERR_MEMORY;
  (void)pith_encoder_set(encoder, PITH_PARAM_LEVEL, parameters.level);
  (void)pith_encoder_set(encoder, PITH_PARAM_BLOCK_SIZE, parameters.block_size);
  (void)pith_encoder_set(encoder, PITH_PARAM_THREADS, parameters.threads);
  (void)pith_encoder_set(encoder, PITH_PARAM_VERIFY, 1);
  (void)pith_encoder_set_prior(encoder, parameters.prior);
  (void)pith_encoder_set_model(encoder, parameters.model);
  pith_in in = {raw.data(), raw.size(), 0};
  pith_out out = {material->room.data(), material->room.size(), 0};
  const int status = pith_encoder_run(encoder, &out, &in, PITH_FINISH);
  *size = out.pos;
  pith_encoder_free(encoder);
  return status == PITH_END ? PITH_OK : status;
}

int encodes(const Bytes& raw, const Parameters& parameters) {
  size_t size = 0;
  return encode(raw, parameters, &size);
}

int decodes(const Bytes& coded, const Bytes& raw, uint64_t threads) {
  pith_decoder* const decoder = pith_decoder_new(nullptr);
  if (decoder == nullptr) return PITH_ERR_MEMORY;
  (void)pith_decoder_set(decoder, PITH_PARAM_THREADS, threads);
  pith_in in = {coded.data(), coded.size(), 0};
  pith_out out = {material->room.data(), material->room.size(), 0};
  const int status = pith_decoder_run(decoder, &out, &in, PITH_FINISH);
  pith_decoder_free(decoder);
  if (status != PITH_END) return status;
  const bool right =
      out.pos == raw.size() && std::equal(raw.begin(), raw.end(), material->room.begin());
  return right ? PITH_OK : PITH_ERR_VERIFY;
}

int64_t read_memory(void* opaque, void* dst, size_t size, uint64_t offset) {
  const auto* bytes = static_cast<const Bytes*>(opaque);
  const size_t count = std::min<size_t>(size, bytes->size() - static_cast<size_t>(offset));
  std::memcpy(dst, bytes->data() + offset, count);
  return static_cast<int64_t>(count);
}

int read_at_random() {
  const pith_source source = {read_memory, &material->coded_text, material->coded_text.size()};
  int status = PITH_OK;
  pith_reader* const reader = pith_reader_open(&source, nullptr, &status, nullptr);
  if (reader == nullptr) return status;
  size_t done = 0;
  status = pith_reader_read(reader, material->room.data(), 1000, 1500, &done);
  pith_reader_free(reader);
  return status;
}

int recovered() {
  const pith_source source = {read_memory, &material->coded_text, material->coded_text.size()};
  const pith_recover_sink sink = {[](void*, uint64_t, uint64_t, const void*, size_t) { return 0; },
                                  [](void*, const pith_lost*) { return 0; }, nullptr};
  return pith_recover(&source, &sink, nullptr, nullptr, nullptr, 0, nullptr);
}

int with_prior() {
  int status = PITH_OK;
  const Bytes& file = material->prior_file;
  pith_prior* const prior = pith_prior_new(file.data(), file.size(), nullptr, &status, nullptr);
  if (prior == nullptr) return status;
  status = encodes(material->json, {.level = 2, .prior = prior});
  pith_prior_free(prior);
  return status;
}

int with_model() {
  int status = PITH_OK;
  const Bytes& file = material->model_file;
  pith_model* const model = pith_model_new(file.data(), file.size(), nullptr, &status, nullptr);
  if (model == nullptr) return status;
  status = encodes(material->text, {.level = 5, .model = model});
  pith_model_free(model);
  return status;
}

int trained() {
  const uint64_t size = material->samples.size();
  pith_training training = {};
  training.samples = material->samples.data();
  training.samples_size = material->samples.size();
  training.sizes = &size;
  training.count = 1;
  size_t room = material->room.size();
  return pith_train_prior(material->room.data(), &room, &training, nullptr, nullptr);
}

int one_shot() {
  size_t size = material->room.size();
  const Bytes& raw = material->text;
  return pith_compress(material->room.data(), &size, raw.data(), raw.size(), 3);
}

int one_shot_back() {
  const Bytes& coded = material->coded_text;
  size_t size = material->room.size();
  return pith_decompress(material->room.data(), &size, coded.data(), coded.size());
}

int probed() {
  pith_info info = {};
  return pith_probe(&info, material->coded_text.data(), material->coded_text.size());
}

int named() {
  (void)pith_prior_name(7);
  return PITH_OK;
}

}  // namespace

void make_material(std::span<uint8_t> room, const InNewProcess& in_new_process) {
  static Material made;
  material = &made;
  made.room = room;
  std::ifstream file(PITH_PRIORS_DIR "/code.prior", std::ios::binary);
  made.prior_file.assign(std::istreambuf_iterator<char>(file), {});
  const auto coded = [&](const Bytes& raw, const Parameters& parameters) {
    const long size = in_new_process([&] {
      size_t bytes = 0;
      return encode(raw, parameters, &bytes) == PITH_OK ? static_cast<long>(bytes) : 0;
    });
    return Bytes(room.begin(), room.begin() + size);
  };
  made.coded_text = coded(made.text, {.level = 1, .block_size = 1024});
  made.coded_neural = coded(made.text, {.level = 5});
  made.coded_best = coded(made.text, {.level = 7});
  made.coded_zstd = coded(made.repeats, {.level = 1});
}

std::vector<Call> calls_that_allocate() {
  const Material& m = *material;
  return {
      {"encoder, level 1", [&] { return encodes(m.text, {.level = 1}); }},
      {"encoder, level 4", [&] { return encodes(m.json, {.level = 4, .block_size = 1024}); }},
      {"encoder, zstd", [&] { return encodes(m.repeats, {.level = 1}); }},
      {"encoder, 3 threads",
       [&] { return encodes(m.text, {.level = 1, .block_size = 1024, .threads = 3}); }, true},
      {"encoder, level 5", [&] { return encodes(m.text, {.level = 5}); }},
      {"encoder, level 7", [&] { return encodes(m.text, {.level = 7}); }},
      {"decoder", [&] { return decodes(m.coded_text, m.text, 1); }},
      {"decoder, 3 threads", [&] { return decodes(m.coded_text, m.text, 3); }, true},
      {"decoder, zstd", [&] { return decodes(m.coded_zstd, m.repeats, 1); }},
      {"decoder, level 5", [&] { return decodes(m.coded_neural, m.text, 1); }},
      {"decoder, level 7", [&] { return decodes(m.coded_best, m.text, 1); }},
      {"pith_compress", one_shot},
      {"pith_decompress", one_shot_back},
      {"pith_probe", probed},
      {"pith_prior_name", named},
      {"reader", read_at_random},
      {"pith_recover", recovered},
      {"prior", with_prior},
      {"model", with_model},
      {"pith_train_prior", trained},
  };
}

}  // namespace pith::test
