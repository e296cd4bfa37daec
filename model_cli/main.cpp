// pith-model: the program that makes and inspects what pith predicts with.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>

#include "model_cli/commands.h"
#include "pith/pith.h"

namespace {

int run(int argc, char** argv) {
  CLI::App app("Makes and inspects the vocabularies and models that pith predicts text with.",
               "pith-model");
  app.set_version_flag("-V,--version", "pith-model " PITH_VERSION_STRING);
  app.require_subcommand(1);
  app.footer("\"pith-model COMMAND --help\" describes a command.");
  pith::model_cli::add_commands(&app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 1;
  }
  return 0;
}

int fail(const char* text) {
  fmt::print(stderr, "pith-model: {}\n", text);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const int status = run(argc, argv);
    // Standard output may be a full disk.
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      return fail("standard output: cannot write");
    }
    return status;
  } catch (const std::bad_alloc&) {
    return fail("out of memory");
  } catch (const std::exception& error) {
    return fail(error.what());
  }
}
