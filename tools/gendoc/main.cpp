// Makes the manual pages and shell completions from the program's option table and the Markdown
// documents, so that each fact is written once. Run by the build (cmake/PithDocs.cmake):
//
//   pith_gendoc manual DOCS_DIR OUT_DIR     pith.1 and pith.5
//   pith_gendoc completions OUT_DIR         pith.bash, _pith, pith.fish
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

#include "pith/pith.h"
#include "tools/gendoc/completions.h"
#include "tools/gendoc/files.h"
#include "tools/gendoc/manual_options.h"
#include "tools/gendoc/markdown_page.h"
#include "tools/gendoc/roff.h"

namespace pith::gendoc {
namespace {

std::string insert(std::string_view word) {
  if (word == "options") return manual_options();
  throw std::runtime_error("nothing to insert for \"" + std::string(word) + "\"");
}

void write_manual(const std::string& docs, const std::string& out) {
  write_file(out + "/pith.1", roff_head("pith", "1", PITH_VERSION_STRING, "docs/pith.1.md") +
                                  markdown_page(read_file(docs + "/pith.1.md"), insert));
  constexpr std::string_view kFormatHead =
      "## NAME\n\npith - format of pith compressed files\n\n## DESCRIPTION\n\n";
  write_file(out + "/pith.5",
             roff_head("pith", "5", PITH_VERSION_STRING, "docs/format.md") +
                 markdown_page(std::string(kFormatHead) + read_file(docs + "/format.md"), insert));
}

void write_completions(const std::string& out) {
  write_file(out + "/pith.bash", bash_completion());
  write_file(out + "/_pith", zsh_completion());
  write_file(out + "/pith.fish", fish_completion());
}

}  // namespace
}  // namespace pith::gendoc

int main(int argc, char** argv) {
  try {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "manual" && argc == 4) {
      pith::gendoc::write_manual(argv[2], argv[3]);
    } else if (what == "completions" && argc == 3) {
      pith::gendoc::write_completions(argv[2]);
    } else {
      std::fputs("usage: pith_gendoc manual DOCS_DIR OUT_DIR | completions OUT_DIR\n", stderr);
      return 1;
    }
    return 0;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "pith_gendoc: %s\n", e.what());
    return 1;
  }
}
