// Text for man pages: the man(7) macros of groff and mandoc.
#pragma once

#include <string>
#include <string_view>

namespace pith::gendoc {

// Escapes plain UTF-8 text for the body of a man page: backslashes, non-ASCII characters (as
// \[uXXXX]) and, so that what a user copies is what he has to type, hyphens. Bytes that are not
// UTF-8 are dropped.
[[nodiscard]] std::string roff_text(std::string_view text);

// The same as one quoted argument of a macro.
[[nodiscard]] std::string roff_argument(std::string_view text);

// Converts the inline part of Markdown: `code` and **strong** to bold, *emphasis* and _emphasis_ to
// italics, [text](link) to text; the rest is escaped.
[[nodiscard]] std::string roff_inline(std::string_view markdown);

// Plain text, escaped, in bold or in italics.
[[nodiscard]] std::string roff_bold(std::string_view text);
[[nodiscard]] std::string roff_italic(std::string_view text);

// Makes sure no line of the already converted text is taken for a macro, and ends it with a
// newline.
[[nodiscard]] std::string roff_lines(std::string_view roff);

// First lines of a page: a comment that names the source, and .TH.
[[nodiscard]] std::string roff_head(std::string_view name, std::string_view section,
                                    std::string_view version, std::string_view source);

}  // namespace pith::gendoc
