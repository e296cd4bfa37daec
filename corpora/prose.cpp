// Running text in its usual shapes.
#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

// Paragraphs under chapter headings, one topic a chapter.
void write_chapters(Writer& out, Random& random, size_t width, std::string_view line_end) {
  Sentences sentences(random);
  for (uint32_t chapter = 1; !out.full(); ++chapter) {
    sentences.new_topic();
    out.text("CHAPTER ");
    out.decimal(chapter);
    out.text(". ");
    out.text(sentences.title());
    out.text(line_end);
    out.text(line_end);
    const uint32_t paragraphs = random.between(8, 20);
    for (uint32_t i = 0; i < paragraphs && !out.full(); ++i) {
      const uint32_t length = random.between(2, 8);
      const std::string text = random.chance(25) ? sentences.speech() : sentences.paragraph(length);
      out.text(wrapped(text, width, "", line_end));
      out.text(line_end);
    }
  }
}

}  // namespace

void write_prose(Writer& out, Random& random) {
  // Wider than any paragraph: one line each, as word processors export them.
  write_chapters(out, random, 100'000, "\n");
}

void write_prose_wrapped(Writer& out, Random& random) { write_chapters(out, random, 72, "\n"); }

void write_prose_crlf(Writer& out, Random& random) { write_chapters(out, random, 68, "\r\n"); }

void write_dialogue(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    if (random.chance(4)) sentences.new_topic();
    out.text(random.chance(80) ? sentences.speech() : sentences.sentence());
    out.text("\n\n");
  }
}

void write_verse(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    sentences.new_topic();
    out.text(sentences.title());
    out.text("\n\n");
    const std::string refrain = sentences.sentence();
    const uint32_t stanzas = random.between(3, 7);
    for (uint32_t stanza = 0; stanza < stanzas; ++stanza) {
      for (int line = 0; line < 3; ++line) {
        out.text(wrapped(sentences.sentence(), 44, line % 2 == 0 ? "" : "    ", "\n"));
      }
      out.text("  ");
      out.text(refrain);
      out.text("\n\n");
    }
  }
}

void write_mail(Writer& out, Random& random) {
  constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  Sentences sentences(random);
  std::string previous;
  std::string thread;
  while (!out.full()) {
    if (thread.empty() || random.chance(30)) {
      sentences.new_topic();
      thread = sentences.title();
      previous.clear();
    }
    const std::string from = sentences.name();
    const std::string at = sentences.place();
    out.text("From: ");
    out.text(from);
    out.text(" <");
    out.text(from);
    out.text("@");
    out.text(at);
    out.text(".example>\nTo: list@");
    out.text(sentences.place());
    out.text(".example\nDate: ");
    out.text(random.pick(std::span<const std::string_view>(kDays)));
    out.text(", ");
    out.decimal(random.between(1, 28));
    out.text(" Mar 2019 ");
    out.decimal(random.below(24), 2);
    out.text(":");
    out.decimal(random.below(60), 2);
    out.text(":");
    out.decimal(random.below(60), 2);
    out.text(" +0000\nMessage-ID: <");
    out.hex(random.bits64(), 16);
    out.text("@");
    out.text(at);
    out.text(".example>\nSubject: ");
    out.text(previous.empty() ? "" : "Re: ");
    out.text(thread);
    out.text("\nContent-Type: text/plain; charset=utf-8\n\n");
    if (!previous.empty()) out.text(wrapped(previous, 72, "> ", "\n") + "\n");
    previous = sentences.paragraph(random.between(2, 5));
    out.text(wrapped(previous, 72, "", "\n"));
    out.text("\n-- \n");
    out.text(from);
    out.text("\n\n");
  }
}

}  // namespace pith::corpus
