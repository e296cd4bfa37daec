// Text with markup around it.
#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

void write_html_table(Writer& out, Random& random, Sentences& sentences) {
  out.text("<table class=\"data\">\n");
  const uint32_t rows = random.between(3, 9);
  for (uint32_t row = 0; row < rows; ++row) {
    out.text("  <tr><td>");
    out.text(sentences.name());
    out.text("</td><td class=\"num\">");
    out.decimal(random.below(10'000));
    out.text("</td><td>");
    out.text(sentences.noun());
    out.text("</td></tr>\n");
  }
  out.text("</table>\n");
}

void write_wiki_page(Writer& out, Random& random, Sentences& sentences, uint32_t id) {
  out.text("  <page>\n    <title>");
  out.text(sentences.title());
  out.text("</title>\n    <id>");
  out.decimal(id);
  out.text("</id>\n    <revision>\n      <timestamp>2006-0");
  out.decimal(random.between(1, 9));
  out.text("-");
  out.decimal(random.between(1, 28), 2);
  out.text("T");
  out.decimal(random.below(24), 2);
  out.text(":");
  out.decimal(random.below(60), 2);
  out.text(":00Z</timestamp>\n      <contributor><username>");
  out.text(sentences.name());
  out.text("</username></contributor>\n      <text xml:space=\"preserve\">");
  const uint32_t sections = random.between(2, 5);
  for (uint32_t section = 0; section < sections && !out.full(); ++section) {
    if (section > 0) {
      out.text("\n== ");
      out.text(capitalized(sentences.noun()));
      out.text(" ==\n");
    }
    const uint32_t lines = random.between(2, 6);
    for (uint32_t line = 0; line < lines; ++line) {
      if (random.chance(20)) out.text("* ");
      out.text("'''[[");
      out.text(sentences.place());
      out.text("]]''' ");
      out.text(sentences.sentence());
      if (random.chance(30)) {
        out.text(" [[");
        out.text(sentences.noun());
        out.text("|");
        out.text(sentences.adjective());
        out.text("]]");
      }
      out.text(" ");
      out.text(sentences.sentence());
      if (random.chance(20)) out.text(" &lt;ref&gt;{{cite book|year=1931}}&lt;/ref&gt;");
      out.text("\n");
    }
  }
  out.text("\n[[Category:");
  out.text(plural(capitalized(sentences.noun())));
  out.text("]]</text>\n    </revision>\n  </page>\n");
}

}  // namespace

void write_html(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    sentences.new_topic();
    const std::string title = sentences.title();
    out.text("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n  <meta charset=\"utf-8\">\n  <title>");
    out.text(title);
    out.text("</title>\n  <link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n<h1>");
    out.text(title);
    out.text("</h1>\n");
    const uint32_t parts = random.between(6, 16);
    for (uint32_t part = 0; part < parts && !out.full(); ++part) {
      if (random.chance(20)) {
        write_html_table(out, random, sentences);
        continue;
      }
      out.text("<p>");
      out.text(sentences.sentence());
      out.text(" <a href=\"/");
      out.text(sentences.noun());
      out.text("/");
      out.decimal(random.below(500));
      out.text(".html\">");
      out.text(sentences.noun());
      out.text("</a> ");
      out.text(sentences.paragraph(random.between(1, 4)));
      out.text("</p>\n");
    }
    out.text("</body>\n</html>\n");
  }
}

void write_xml(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<catalogue>\n");
  for (uint32_t id = 1000; !out.full(); id += random.between(1, 3)) {
    if (id % 16 == 0) sentences.new_topic();
    out.text("  <item id=\"");
    out.decimal(id);
    out.text("\" available=\"");
    out.text(random.chance(80) ? "yes" : "no");
    out.text("\">\n    <name>");
    out.text(sentences.title());
    out.text("</name>\n    <price currency=\"EUR\">");
    out.decimal(random.between(1, 300));
    out.text(".");
    out.decimal(random.chance(70) ? 99 : random.below(100), 2);
    out.text("</price>\n    <origin>");
    out.text(sentences.place());
    out.text("</origin>\n    <note>");
    out.text(sentences.sentence());
    out.text("</note>\n  </item>\n");
  }
}

void write_wiki(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("<mediawiki xml:lang=\"en\">\n");
  for (uint32_t id = 12; !out.full(); id += random.between(1, 9)) {
    sentences.new_topic();
    write_wiki_page(out, random, sentences, id);
  }
}

void write_markdown(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    sentences.new_topic();
    out.text("# ");
    out.text(sentences.title());
    out.text("\n\n");
    const uint32_t parts = random.between(4, 9);
    for (uint32_t part = 0; part < parts; ++part) {
      if (random.chance(30)) {
        out.text("## ");
        out.text(capitalized(sentences.noun()));
        out.text("\n\n");
      }
      if (random.chance(30)) {
        const uint32_t items = random.between(2, 6);
        for (uint32_t item = 0; item < items; ++item) {
          out.text("- **");
          out.text(sentences.noun());
          out.text("**: ");
          out.text(sentences.sentence());
          out.text("\n");
        }
      } else {
        out.text(wrapped(sentences.paragraph(random.between(2, 5)), 80, "", "\n"));
      }
      out.text("\n");
    }
  }
}

void write_tex(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("\\documentclass{article}\n\\begin{document}\n");
  for (uint32_t section = 1; !out.full(); ++section) {
    sentences.new_topic();
    out.text("\\section{");
    out.text(sentences.title());
    out.text("}\\label{sec:");
    out.decimal(section);
    out.text("}\n\n");
    const uint32_t parts = random.between(3, 7);
    for (uint32_t part = 0; part < parts; ++part) {
      out.text(wrapped(sentences.paragraph(random.between(2, 5)), 76, "", "\n"));
      if (random.chance(40)) {
        out.text("\\begin{equation}\n  x_{");
        out.decimal(random.below(9));
        out.text("} = \\frac{");
        out.decimal(random.between(1, 99));
        out.text("}{\\alpha + \\sum_{i=");
        out.decimal(random.below(3));
        out.text("}^{n} y_i^{");
        out.decimal(random.between(2, 4));
        out.text("}}\n\\end{equation}\n");
      }
      out.text("See Section~\\ref{sec:");
      out.decimal(random.between(1, section));
      out.text("}.\n\n");
    }
  }
}

}  // namespace pith::corpus
