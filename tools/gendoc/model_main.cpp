// Makes pith-model(1) from the parser of pith-model itself and from docs/pith-model.1.md. Run by
// the build (cmake/PithDocs.cmake):
//
//   pith_gendoc_model DOCS_DIR OUT_DIR
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include "model_cli/commands.h"
#include "pith/pith.h"
#include "tools/gendoc/files.h"
#include "tools/gendoc/markdown_page.h"
#include "tools/gendoc/model_commands.h"
#include "tools/gendoc/roff.h"

namespace pith::gendoc {
namespace {

std::string insert(std::string_view word) {
  if (word != "commands") {
    throw std::runtime_error("nothing to insert for \"" + std::string(word) + "\"");
  }
  CLI::App app;
  model_cli::add_commands(&app);
  return model_commands(app);
}

}  // namespace
}  // namespace pith::gendoc

int main(int argc, char** argv) {
  using namespace pith::gendoc;
  if (argc != 3) {
    std::fputs("usage: pith_gendoc_model DOCS_DIR OUT_DIR\n", stderr);
    return 1;
  }
  try {
    const std::string docs = argv[1];
    write_file(std::string(argv[2]) + "/pith-model.1",
               roff_head("pith-model", "1", PITH_VERSION_STRING, "docs/pith-model.1.md") +
                   markdown_page(read_file(docs + "/pith-model.1.md"), insert));
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "pith_gendoc_model: %s\n", e.what());
    return 1;
  }
}
