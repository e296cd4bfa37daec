// Folding of line ends on any bytes: exactly reversible, and a list of lone line feeds of any bytes
// is refused or is the one that folding makes.
#include "model/vocab/line_ends.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "fuzz/coder.h"

using pith::fuzz::Bytes;
using pith::fuzz::require;
using pith::fuzz::View;
using namespace pith::model;

namespace {

struct Folded {
  Bytes text;
  Bytes lone;
};

Folded fold(View raw) {
  const LineEnds ends = count_line_ends(raw);
  Folded folded = {Bytes(raw.size() - ends.cr_lf), Bytes(lone_list_most(ends))};
  folded.lone.resize(fold_line_ends(raw, folded.text, folded.lone));
  return folded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const View bytes(data, size);
  const Folded folded = fold(bytes);
  require(folded_text(bytes) == folded.text, "both ways of folding give one text");
  Bytes raw(size);
  require(
      unfold_line_ends(folded.text, folded.lone, raw) && std::equal(raw.begin(), raw.end(), data),
      "what was folded comes back");

  // The input as a folded text and its list: the first bytes say how long the latter and the result
  // are.
  if (size < 2) return 0;
  const size_t list_size = std::min<size_t>(data[0] % 16, size - 2);
  const View list = bytes.subspan(2, list_size);
  const View text = bytes.subspan(2 + list_size);
  Bytes unfolded(text.size() + data[1] % 64);
  if (unfold_line_ends(text, list, unfolded)) {
    const Folded again = fold(unfolded);
    require(again.text == Bytes(text.begin(), text.end()) &&
                again.lone == Bytes(list.begin(), list.end()),
            "what is accepted is what folding makes");
  }
  return 0;
}
