// Program text that looks right and means nothing.
#include <array>
#include <string>

#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

std::string identifier(Random& random, Sentences& sentences) {
  std::string name = sentences.noun();
  if (random.chance(40)) name = sentences.adjective() + "_" + name;
  return name;
}

void write_c_comment(Writer& out, Sentences& sentences) {
  out.text("/*\n");
  out.text(wrapped(sentences.paragraph(2), 76, " * ", "\n"));
  out.text(" */\n");
}

void write_c_statement(Writer& out, Random& random, Sentences& sentences,
                       std::span<const std::string> variables, int depth) {
  const std::string indent(static_cast<size_t>(depth) * 4, ' ');
  const auto variable = [&]() -> const std::string& { return random.pick_zipf(variables); };
  out.text(indent);
  const uint32_t form = random.below(depth < 4 ? 6 : 4);
  if (form < 2) {
    out.text(variable());
    out.text(random.chance(50) ? " = " : " += ");
    out.text(variable());
    out.text(random.chance(50) ? " + " : " >> ");
    out.decimal(random.zipf(64));
    out.text(";\n");
  } else if (form == 2) {
    out.text(variable());
    out.text(" = ");
    out.text(identifier(random, sentences));
    out.text("(");
    out.text(variable());
    out.text(", ");
    out.text(variable());
    out.text(");\n");
  } else if (form == 3) {
    out.text("printf(\"");
    out.text(sentences.noun());
    out.text(": %d\\n\", ");
    out.text(variable());
    out.text(");\n");
  } else {
    if (form == 4) {
      out.text("if (");
      out.text(variable());
      out.text(random.chance(50) ? " < " : " == ");
      out.text(variable());
      out.text(") {\n");
    } else {
      out.text("for (int i = 0; i < ");
      out.text(variable());
      out.text("; i++) {\n");
    }
    const uint32_t inner = random.between(1, 3);
    for (uint32_t i = 0; i < inner; ++i) {
      write_c_statement(out, random, sentences, variables, depth + 1);
    }
    out.text(indent);
    out.text("}\n");
  }
}

void write_c_function(Writer& out, Random& random, Sentences& sentences) {
  std::array<std::string, 4> variables;
  for (std::string& variable : variables) variable = identifier(random, sentences);
  out.text("static int\n");
  out.text(identifier(random, sentences));
  out.text("(int ");
  out.text(variables[0]);
  out.text(", const char *");
  out.text(variables[1]);
  out.text(")\n{\n");
  for (size_t i = 2; i < variables.size(); ++i) {
    out.text("    int ");
    out.text(variables[i]);
    out.text(" = 0;\n");
  }
  out.text("\n");
  const uint32_t statements = random.between(3, 9);
  for (uint32_t i = 0; i < statements; ++i) {
    write_c_statement(out, random, sentences, variables, 1);
  }
  out.text("    return ");
  out.text(variables[2]);
  out.text(";\n}\n\n");
}

}  // namespace

void write_code_c(Writer& out, Random& random) {
  Sentences sentences(random);
  write_c_comment(out, sentences);
  out.text("#include <stdio.h>\n#include <stdlib.h>\n\n");
  while (!out.full()) {
    if (random.chance(10)) sentences.new_topic();
    if (random.chance(60)) write_c_comment(out, sentences);
    write_c_function(out, random, sentences);
  }
}

void write_code_python(Writer& out, Random& random) {
  Sentences sentences(random);
  out.text("import sys\n\n");
  while (!out.full()) {
    out.text("\nclass ");
    out.text(capitalized(sentences.noun()));
    out.text(":\n    \"\"\"");
    out.text(sentences.sentence());
    out.text("\"\"\"\n");
    const uint32_t methods = random.between(2, 5);
    for (uint32_t i = 0; i < methods; ++i) {
      const std::string argument = identifier(random, sentences);
      out.text("\n    def ");
      out.text(identifier(random, sentences));
      out.text("(self, ");
      out.text(argument);
      out.text("=None):\n        if ");
      out.text(argument);
      out.text(" is None:\n            raise ValueError(\"");
      out.text(sentences.sentence());
      out.text("\")\n        self.");
      out.text(identifier(random, sentences));
      out.text(" = [");
      out.text(argument);
      out.text(" for _ in range(");
      out.decimal(random.zipf(100));
      out.text(")]\n        return self.");
      out.text(identifier(random, sentences));
      out.text("\n");
    }
    out.text("\n");
  }
}

void write_code_assembly(Writer& out, Random& random) {
  constexpr std::string_view kRegisters[] = {"rax", "rdi", "rsi", "rdx", "rcx", "rbx", "r8", "r12"};
  constexpr std::string_view kOpcodes[] = {"mov",  "add", "lea", "cmp",
                                           "test", "xor", "and", "imul"};
  Sentences sentences(random);
  const auto reg = [&] { return random.pick_zipf(std::span<const std::string_view>(kRegisters)); };
  out.text("\t.text\n");
  for (uint32_t label = 1; !out.full(); ++label) {
    out.text(identifier(random, sentences));
    out.text(":\n\tpush\trbp\n\tmov\trbp, rsp\n.L");
    out.decimal(label);
    out.text(":\n");
    const uint32_t lines = random.between(5, 30);
    for (uint32_t i = 0; i < lines; ++i) {
      out.text("\t");
      out.text(random.pick_zipf(std::span<const std::string_view>(kOpcodes)));
      out.text("\t");
      out.text(reg());
      out.text(", ");
      if (random.chance(40)) {
        out.text("QWORD PTR [rbp-");
        out.decimal(8 * (random.zipf(20) + 1));
        out.text("]\n");
      } else {
        out.text(reg());
        out.text("\n");
      }
    }
    out.text("\tjne\t.L");
    out.decimal(random.between(1, label));
    out.text("\n\tpop\trbp\n\tret\n\n");
  }
}

void write_diff(Writer& out, Random& random) {
  Sentences sentences(random);
  while (!out.full()) {
    const std::string file = "src/" + identifier(random, sentences) + ".c";
    out.text("--- a/");
    out.text(file);
    out.text("\n+++ b/");
    out.text(file);
    out.text("\n");
    uint32_t line = random.between(1, 60);
    const uint32_t hunks = random.between(1, 5);
    for (uint32_t hunk = 0; hunk < hunks; ++hunk) {
      out.text("@@ -");
      out.decimal(line);
      out.text(",7 +");
      out.decimal(line);
      out.text(",7 @@\n");
      for (int i = 0; i < 7; ++i) {
        const std::string variable = identifier(random, sentences);
        const std::string value = identifier(random, sentences);
        const auto print = [&](std::string_view sign, std::string_view text) {
          out.text(sign);
          out.text("    ");
          out.text(variable);
          out.text(" = ");
          out.text(text);
          out.text(";\n");
        };
        if (i == 3) {
          print("-", value);
          print("+", value + " + 1");
        } else {
          print(" ", value);
        }
      }
      line += random.between(10, 90);
    }
  }
}

}  // namespace pith::corpus
