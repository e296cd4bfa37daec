// The command line of pith: any arguments give options that fit together, a text or a usage error;
// and names are shown, written as JSON and derived from each other without harm.
//
// Arguments are separated by zero bytes; the first is the name the program is called by.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/json.h"
#include "cli/messages.h"
#include "cli/names.h"
#include "cli/options.h"
#include "cli/utf8.h"
#include "fuzz/coder.h"

using pith::fuzz::require;
using namespace pith::cli;

namespace {

void check_options(std::vector<std::string> arguments) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  Options options;
  Messages messages;
  if (parse_options(static_cast<int>(arguments.size()), argv.data(), &options, &messages)) return;
  require(!options.level || (*options.level >= PITH_LEVEL_MIN && *options.level <= PITH_LEVEL_MAX),
          "a level is one");
  require(options.block_size == 0 || (options.block_size >= PITH_BLOCK_SIZE_MIN &&
                                      options.block_size <= PITH_BLOCK_SIZE_MAX),
          "a block size is one");
  require(options.threads <= 4096, "threads are so many at most");
  require(!options.files.empty() || !options.files_from.empty(), "there is something to do");
  require(!options.remove_source || !options.to_stdout, "no source is removed without its copy");
  require(!options.remove_source || options.verify, "no source is removed without proof");
}

// One line of UTF-8 without control characters.
void require_clean(std::string_view text, const char* what) {
  while (!text.empty()) {
    const size_t length = utf8_length(text);
    require(length != 0 && static_cast<uint8_t>(text[0]) >= 0x20 && text[0] != 0x7F, what);
    text.remove_prefix(length);
  }
}

void check_name(const std::string& name) {
  require_clean(printable(name), "a name is shown in one line");
  require_clean(json_string(name), "JSON has no control characters");
  if (name.empty() || name.ends_with('/')) return;
  for (const std::string_view suffix : {"", ".x"}) {
    require(decompressed_name(compressed_name(name, suffix), suffix) == name,
            "names of compressed files lead back");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> arguments;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\0'), rest.size());
    arguments.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  for (const std::string& argument : arguments) check_name(argument);
  check_options(std::move(arguments));
  return 0;
}
