// pith-model info: what is in a file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "model/integer_model.h"
#include "model/vocab/vocabulary_file.h"
#include "model_cli/commands.h"
#include "model_cli/files.h"
#include "model_cli/info_checkpoint.h"
#include "model_cli/info_network.h"
#include "model_cli/keep_apart.h"

namespace pith::model_cli {
namespace {

struct InfoOptions {
  std::string file;
  bool tokens = false;
};

// Bytes for people: what is not printable ASCII as an escape.
std::string printable(std::span<const uint8_t> bytes) {
  std::string out;
  for (const uint8_t byte : bytes) {
    if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\\') {
      out += "\\\\";
    } else if (byte < 0x20 || byte >= 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else {
      out += static_cast<char>(byte);
    }
  }
  return out;
}

void show_vocabulary(const InfoOptions& options, const std::vector<uint8_t>& file) {
  model::Vocabulary vocabulary;
  if (const model::FileError error = model::read_vocabulary(file, &vocabulary); !error.ok()) {
    throw Failure(options.file, error);
  }
  if (options.tokens) {
    for (size_t id = 0; id < vocabulary.size(); ++id) {
      fmt::print("{}\t\"{}\"\n", id,
                 printable(vocabulary.bytes(static_cast<model::Vocabulary::Token>(id))));
    }
    return;
  }
  std::array<size_t, model::kTokenBytesMax + 1> lengths = {};
  for (size_t id = 0; id < vocabulary.size(); ++id) {
    ++lengths[vocabulary.bytes(static_cast<model::Vocabulary::Token>(id)).size()];
  }
  fmt::print("vocabulary   {} tokens\n", vocabulary.size());
  fmt::print("hash         {:016x}\n", vocabulary.hash());
  fmt::print("file         {} bytes\n", file.size());
  fmt::print("mean length  {:.2f} bytes\n", static_cast<double>(vocabulary.total_bytes()) /
                                                static_cast<double>(vocabulary.size()));
  for (size_t length = 1; length < lengths.size(); ++length) {
    if (lengths[length] != 0) fmt::print("  {:2} bytes   {}\n", length, lengths[length]);
  }
}

// False: it is none of them.
bool show(const InfoOptions& options, const std::vector<uint8_t>& file) {
  if (model::is_vocabulary_file(file)) {
    show_vocabulary(options, file);
    return true;
  }
  if (model::is_model_file(file)) {
    show_model(options.file, file);
    return true;
  }
#ifdef PITH_HAS_TRAINER
  return show_checkpoint(options.file, file);
#else
  return false;
#endif
}

void run_info(const InfoOptions& options) {
  if (!show(options, read_file(options.file))) {
    throw Failure(options.file, model::FileError{"not a file of pith-model", 0});
  }
  if (!options.tokens) print_apart_report(options.file);
}

}  // namespace

void add_info(CLI::App* app) {
  const auto options = std::make_shared<InfoOptions>();
  CLI::App* command =
      app->add_subcommand("info", "Shows what is in a file: vocabulary, model or checkpoint.");
  command->add_option("FILE", options->file, "file to look at")->required();
  command->add_flag("--tokens", options->tokens,
                    "of a vocabulary, list the tokens, one a line: id, tab, and the bytes in "
                    "quotes with escapes");
  command->callback([options] { run_info(*options); });
}

}  // namespace pith::model_cli
