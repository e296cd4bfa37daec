// pith-model check: whether this machine can compute a model, and how fast.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "model/engine/aligned_vector.h"
#include "model/engine/self_test.h"
#include "model_cli/commands.h"
#include "model_cli/engine_file.h"
#include "model_cli/files.h"
#include "model_cli/info_network.h"

namespace pith::model_cli {
namespace {

using model::Engine;

constexpr size_t kTokens = 1024;  // of a measurement
constexpr int kRuns = 5;

// Microseconds for a token and the counts of what follows it, `steps` tokens a call: the least of
// some runs.
double token_time(const Engine& engine, size_t steps) {
  model::AlignedVector<uint8_t> state(engine.state_bytes());
  model::AlignedVector<uint8_t> scratch(engine.scratch_bytes(steps));
  std::vector<int8_t> features(steps * engine.feature_size());
  std::vector<uint32_t> counts(
      std::max<size_t>(steps * engine.cut().classes(), engine.config().vocabulary));
  std::vector<uint16_t> tokens(steps);
  double least = 0;
  for (int run = 0; run < kRuns; ++run) {
    engine.start(state.data());
    uint32_t random = 1;
    const auto start = std::chrono::steady_clock::now();
    for (size_t i = 0; i < kTokens; i += steps) {
      for (uint16_t& token : tokens) {
        random = random * 1664525 + 1013904223;
        token = static_cast<uint16_t>(uint64_t{random} * engine.config().vocabulary >> 32);
      }
      engine.advance(tokens.data(), steps, state.data(), scratch.data(), features.data());
      engine.class_counts(features.data(), steps, scratch.data(), counts.data());
      for (size_t t = 0; t < steps; ++t) {
        random = random * 1664525 + 1013904223;
        const auto chosen = static_cast<uint32_t>(uint64_t{random} * engine.cut().classes() >> 32);
        engine.token_counts(features.data() + t * engine.feature_size(), chosen, scratch.data(),
                            counts.data());
      }
    }
    const std::chrono::duration<double, std::micro> time = std::chrono::steady_clock::now() - start;
    if (run == 0 || time.count() < least) least = time.count();
  }
  return least / kTokens;
}

void run_check(const std::string& path) {
  const EngineFile file = load_engine(path);
  const Engine& engine = *file.engine;
  fmt::print("model        {:016x}\n", file.hash);
  fmt::print("vocabulary   {:016x}\n", file.vocabulary.hash());
  fmt::print("file         {} bytes\n", file.content.size());
  print_shape(engine.config(), engine.cut(), file.parameters);
  fmt::print("memory       {} bytes, and {} a text\n", engine.memory(), engine.state_bytes());
  for (const char* name : model::engine_kernel_names()) {
    static_cast<void>(model::engine_force_kernel(name));
    if (!model::engine_self_test()) {
      throw Failure(path, std::string("this machine computes wrongly with kernels ") + name);
    }
    fmt::print("{:12} {:.1f} us a token; {:.1f} where many are taken at once\n", name,
               token_time(engine, 1), token_time(engine, Engine::kMostSteps));
  }
}

}  // namespace

void add_check(CLI::App* app) {
  const auto path = std::make_shared<std::string>();
  CLI::App* command = app->add_subcommand(
      "check", "Checks that a model can be computed on this machine, and measures how fast.");
  command->add_option("MODEL", *path, "model file")->required();
  command->callback([path] { run_check(*path); });
}

}  // namespace pith::model_cli
