// A man page from a Markdown file.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace pith::gendoc {

// Converts the part of Markdown that the documents of pith use: headings, paragraphs, lists (one
// level), indented and fenced code, tables, and the inline marks of roff_inline().
//
//  - "# " (the title) is left out: .TH and NAME stand in its place.
//  - A table becomes a list: the first column is the tag; a short second column stands beside it.
//  - A line "<!-- insert: WORD -->" is replaced by what insert(WORD) returns; other comments are
//  left out.
//
// Anything else (nested lists, block quotes, HTML) throws std::runtime_error with the line's
// number, so that no page is quietly wrong.
[[nodiscard]] std::string markdown_page(std::string_view markdown,
                                        const std::function<std::string(std::string_view)>& insert);

}  // namespace pith::gendoc
