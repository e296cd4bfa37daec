#include "tools/gendoc/markdown_page.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "tools/gendoc/roff.h"

namespace pith::gendoc {
namespace {

// A second column up to this many characters is printed beside the tag of its row.
constexpr size_t kShortCell = 12;

std::string_view trim(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Length of a list mark ("- ", "* ", "12. ") at the start of the line, 0 if there is none.
size_t list_mark(std::string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ")) return 2;
  const size_t digits = line.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos) return 0;
  return line.substr(digits).starts_with(". ") ? digits + 2 : 0;
}

class Page {
 public:
  Page(std::string_view markdown, const std::function<std::string(std::string_view)>& insert)
      : insert_(insert) {
    for (size_t start = 0; start < markdown.size();) {
      const size_t end = std::min(markdown.find('\n', start), markdown.size());
      lines_.push_back(markdown.substr(start, end - start));
      start = end + 1;
    }
  }

  std::string convert() {
    while (at_ < lines_.size()) block();
    return std::move(out_);
  }

 private:
  void block() {
    const std::string_view line = lines_[at_];
    if (trim(line).empty()) {
      ++at_;
    } else if (line.starts_with("<!--")) {
      comment();
    } else if (line.starts_with("#")) {
      heading();
    } else if (line.starts_with("```")) {
      fenced_code();
    } else if (line.starts_with("    ")) {
      indented_code();
    } else if (line.starts_with("|")) {
      table();
    } else if (list_mark(line) != 0) {
      list_item();
    } else if (line.starts_with(">") || line.starts_with("<") || line.starts_with(" ")) {
      throw std::runtime_error("line " + std::to_string(at_ + 1) + ": Markdown not supported");
    } else {
      paragraph();
    }
  }

  void comment() {
    constexpr std::string_view kInsert = "<!-- insert: ";
    const std::string_view line = trim(lines_[at_]);
    if (line.starts_with(kInsert) && line.ends_with(" -->")) {
      out_ += insert_(line.substr(kInsert.size(), line.size() - kInsert.size() - 4));
    }
    while (at_ < lines_.size() && lines_[at_].find("-->") == std::string_view::npos) ++at_;
    ++at_;
  }

  void heading() {
    const std::string_view line = lines_[at_++];
    const size_t depth = line.find_first_not_of('#');
    if (depth == std::string_view::npos) return;
    const std::string_view title = trim(line.substr(depth));
    if (depth == 1) return;
    out_.append(depth == 2 ? ".SH " : ".SS ").append(roff_argument(title)) += '\n';
    after_heading_ = true;
  }

  void open_paragraph() {
    if (!after_heading_) out_ += ".PP\n";  // mandoc warns of a paragraph right after a heading
    after_heading_ = false;
  }

  void code_line(std::string_view line) { out_ += roff_lines(roff_text(line) + '\n'); }

  void open_code() {
    open_paragraph();
    out_ += ".RS 4\n.nf\n";
  }

  void close_code() { out_ += ".fi\n.RE\n"; }

  void fenced_code() {
    open_code();
    for (++at_; at_ < lines_.size() && !lines_[at_].starts_with("```"); ++at_)
      code_line(lines_[at_]);
    ++at_;
    close_code();
  }

  void indented_code() {
    open_code();
    while (at_ < lines_.size() && (lines_[at_].starts_with("    ") || trim(lines_[at_]).empty())) {
      const size_t next = next_text(at_);
      if (next == lines_.size() || !lines_[next].starts_with("    ")) break;
      code_line(lines_[at_].size() > 4 ? lines_[at_].substr(4) : std::string_view());
      ++at_;
    }
    close_code();
  }

  // First line from `from` on that is not empty.
  [[nodiscard]] size_t next_text(size_t from) const {
    while (from < lines_.size() && trim(lines_[from]).empty()) ++from;
    return from;
  }

  // The lines of one paragraph, joined, starting with `first`.
  std::string joined(std::string_view first) {
    std::string text(trim(first));
    for (++at_; at_ < lines_.size(); ++at_) {
      const std::string_view line = lines_[at_];
      const bool ends = trim(line).empty() || line.starts_with("#") || line.starts_with("|") ||
                        line.starts_with("```") || line.starts_with("<!--") || list_mark(line) != 0;
      if (ends) break;
      text.append("\n").append(trim(line));
    }
    return text;
  }

  void paragraph() {
    open_paragraph();
    out_ += roff_lines(roff_inline(joined(lines_[at_])));
  }

  void list_item() {
    const std::string_view line = lines_[at_];
    const size_t mark = list_mark(line);
    const std::string tag = mark == 2 ? "\\(bu" : roff_text(trim(line.substr(0, mark)));
    out_ += ".IP " + tag + (mark == 2 ? " 2\n" : " 4\n");
    out_ += roff_lines(roff_inline(joined(line.substr(mark))));
    after_heading_ = false;
  }

  static std::vector<std::string> cells(std::string_view row) {
    row = trim(row);
    row.remove_prefix(1);
    if (row.ends_with('|')) row.remove_suffix(1);
    std::vector<std::string> out;
    std::string cell;
    for (size_t i = 0; i <= row.size(); ++i) {
      if (i == row.size() || row[i] == '|') {
        out.emplace_back(trim(cell));
        cell.clear();
      } else if (row[i] == '\\' && i + 1 < row.size() && row[i + 1] == '|') {
        cell += row[++i];
      } else {
        cell += row[i];
      }
    }
    return out;
  }

  void table() {
    const std::vector<std::string> head = cells(lines_[at_]);
    at_ += 2;  // the line of dashes
    for (; at_ < lines_.size() && lines_[at_].starts_with("|"); ++at_) {
      const std::vector<std::string> row = cells(lines_[at_]);
      if (row.size() != head.size() || row.size() < 2) {
        throw std::runtime_error("line " + std::to_string(at_ + 1) + ": cells missing in a table");
      }
      table_row(head, row);
    }
    after_heading_ = false;
  }

  void table_row(const std::vector<std::string>& head, const std::vector<std::string>& row) {
    const bool has_short = row.size() > 2 && row[1].size() <= kShortCell;
    out_ += ".TP\n\\fB" + roff_inline(row[0]) + "\\fR";
    if (has_short) out_ += " (" + roff_inline(row[1]) + ")";
    out_ += '\n';
    std::string text;
    for (size_t i = has_short ? 2 : 1; i < row.size(); ++i) {
      if (!text.empty()) text += "; ";
      if (row.size() > 3) text += head[i] + " ";
      text += row[i];
    }
    out_ += roff_lines(text.empty() ? "\\ \n" : roff_inline(text));
  }

  const std::function<std::string(std::string_view)>& insert_;
  std::vector<std::string_view> lines_;
  size_t at_ = 0;
  std::string out_;
  bool after_heading_ = false;
};

}  // namespace

std::string markdown_page(std::string_view markdown,
                          const std::function<std::string(std::string_view)>& insert) {
  return Page(markdown, insert).convert();
}

}  // namespace pith::gendoc
