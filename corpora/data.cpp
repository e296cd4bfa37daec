// Structured data as programs write it.
#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

void write_date(Writer& out, Random& random) {
  out.decimal(random.between(2011, 2024));
  out.text("-");
  out.decimal(random.between(1, 12), 2);
  out.text("-");
  out.decimal(random.between(1, 28), 2);
}

// value / 100 with two digits after the point.
void write_cents(Writer& out, uint32_t value) {
  out.decimal(value / 100);
  out.text(".");
  out.decimal(value % 100, 2);
}

void write_json_object(Writer& out, Random& random, Sentences& sentences, std::string_view line,
                       uint32_t id) {
  const auto key = [&](std::string_view name) {
    out.text(line);
    out.text("\"");
    out.text(name);
    out.text("\": ");
  };
  out.text("{");
  key("id");
  out.decimal(id);
  out.text(",");
  key("name");
  out.text("\"");
  out.text(sentences.name());
  out.text("\",");
  key("city");
  out.text("\"");
  out.text(sentences.place());
  out.text("\",");
  key("score");
  write_cents(out, random.below(10'000));
  out.text(",");
  key("active");
  out.text(random.chance(70) ? "true" : "false");
  out.text(",");
  key("tags");
  out.text("[");
  const uint32_t tags = random.below(4);
  for (uint32_t i = 0; i < tags; ++i) {
    out.text(i == 0 ? "\"" : ", \"");
    out.text(sentences.noun());
    out.text("\"");
  }
  out.text("],");
  key("comment");
  if (random.chance(25)) {
    out.text("null");
  } else {
    out.text("\"");
    out.text(sentences.sentence());
    out.text("\"");
  }
}

}  // namespace

void write_json(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("[\n");
  for (uint32_t id = 1; !out.full(); ++id) {
    out.text(id == 1 ? "  " : ",\n  ");
    write_json_object(out, random, sentences, "\n    ", id);
    out.text("\n  }");
  }
}

void write_json_lines(Writer& out, Random& random) {
  Sentences sentences(random);
  for (uint32_t id = random.below(100'000); !out.full(); ++id) {
    write_json_object(out, random, sentences, " ", id);
    out.text("}\n");
  }
}

void write_csv(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("id,date,customer,city,item,quantity,price,paid,note\n");
  for (uint32_t id = 20'001; !out.full(); id += random.between(1, 4)) {
    out.decimal(id);
    out.text(",");
    write_date(out, random);
    out.text(",");
    out.text(sentences.name());
    out.text(",");
    out.text(sentences.place());
    out.text(",");
    out.text(sentences.noun());
    out.text(",");
    out.decimal(random.zipf(40) + 1);
    out.text(",");
    write_cents(out, random.zipf(500'000));
    out.text(random.chance(85) ? ",yes," : ",no,");
    if (random.chance(10)) {
      out.text("\"");
      out.text(sentences.sentence());
      out.text("\"");
    }
    out.text("\n");
  }
}

void write_number_table(Writer& out, Random& random) {
  // Columns that drift: a clock, a slow random walk, a fast one, a flag.
  uint64_t clock = 1'500'000'000;
  uint32_t slow = 20'000;
  uint32_t fast = 50'000;
  while (!out.full()) {
    clock += random.between(9, 11);
    slow += random.between(0, 4);
    slow -= 2;
    fast = 40'000 + (fast + random.below(2'001)) % 20'000;
    out.decimal(clock);
    out.text("\t");
    write_cents(out, slow);
    out.text("\t");
    write_cents(out, fast);
    out.text("\t");
    out.decimal(random.chance(5) ? 1 : 0);
    out.text("\n");
  }
}

void write_yaml(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("---\nversion: 2\nservices:\n");
  while (!out.full()) {
    out.text("  ");
    out.text(sentences.noun());
    out.text("-");
    out.text(sentences.noun());
    out.text(":\n    image: registry.example/");
    out.text(sentences.noun());
    out.text(":1.");
    out.decimal(random.below(20));
    out.text("\n    replicas: ");
    out.decimal(random.between(1, 5));
    out.text("\n    environment:\n");
    const uint32_t settings = random.between(1, 4);
    for (uint32_t i = 0; i < settings; ++i) {
      out.text("      - ");
      out.text(sentences.adjective());
      out.text("_");
      out.text(sentences.noun());
      out.text("=");
      out.decimal(random.below(1'000));
      out.text("\n");
    }
    out.text("    description: >\n");
    out.text(wrapped(sentences.paragraph(2), 76, "      ", "\n"));
  }
}

void write_sql(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("CREATE TABLE visit (id INTEGER PRIMARY KEY, day DATE, who TEXT, what TEXT);\n");
  for (uint32_t id = 1; !out.full(); ++id) {
    out.text("INSERT INTO visit (id, day, who, what) VALUES (");
    out.decimal(id);
    out.text(", '");
    write_date(out, random);
    out.text("', '");
    out.text(sentences.name());
    out.text("', '");
    out.text(sentences.sentence());
    out.text("');\n");
  }
}

void write_ini(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    out.text("[");
    out.text(sentences.noun());
    out.text("]\n");
    const uint32_t settings = random.between(2, 8);
    for (uint32_t i = 0; i < settings; ++i) {
      if (random.chance(25)) {
        out.text("; ");
        out.text(sentences.sentence());
        out.text("\n");
      }
      out.text(sentences.adjective());
      out.text("_");
      out.text(sentences.noun());
      out.text(" = ");
      if (random.chance(50)) {
        out.decimal(random.below(5'000));
      } else {
        out.text(random.chance(50) ? "on" : "off");
      }
      out.text("\n");
    }
    out.text("\n");
  }
}

void write_file_list(Writer& out, Random& random) {
  constexpr std::string_view kEndings[] = {".txt", ".c", ".h", ".png", ".html", ".gz", ".json"};
  Sentences sentences(random);
  while (!out.full()) {
    const std::string folder = "/data/" + sentences.noun();
    std::string inner = folder + "/" + sentences.noun();
    inner += "-" + sentences.noun();
    const uint32_t files = random.between(2, 20);
    for (uint32_t i = 0; i < files; ++i) {
      out.text(random.chance(30) ? folder : inner);
      out.text("/");
      out.text(sentences.noun());
      if (random.chance(40)) out.decimal(random.below(100), 2);
      out.text(random.pick_zipf(std::span<const std::string_view>(kEndings)));
      out.byte(0);
    }
  }
}

}  // namespace pith::corpus
