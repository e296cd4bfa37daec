// Line ends as one byte: text whose lines end in CR LF becomes text whose lines end in LF, exactly
// reversibly.
//
// Every CR LF loses its CR. The inverse puts a CR before every LF, but for the lone ones: LFs that
// had no CR before them. They are listed, so any bytes survive, mixed line ends and bare CRs
// included; whether it pays is another question. A network then sees one kind of line end alone:
// one that was trained on LF went from 1.84 to 2.82 bits per byte on a text with CR LF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pith::model {

// Counts of a text.
struct LineEnds {
  size_t cr_lf = 0;  // LFs right after a CR
  size_t lone = 0;   // other LFs
};

[[nodiscard]] LineEnds count_line_ends(std::span<const uint8_t> text);

// Whether to fold: most line ends are CR LF, and the list of the others is small beside what goes.
[[nodiscard]] bool folding_pays(const LineEnds& ends);

// The most that a list of lone LFs takes, bytes; the text is below 32 GiB. Where folding pays, less
// than what folding saves.
[[nodiscard]] constexpr size_t lone_list_most(const LineEnds& ends) { return 5 * ends.lone; }

// text: raw without the CR of each CR LF, [raw.size() - cr_lf]. lone: the list of lone LFs, for
// each the LFs of the text between the one listed before (or the start) and it, as a LEB128 varint;
// at least lone_list_most() bytes, of which the size is returned. Holds for any bytes.
size_t fold_line_ends(std::span<const uint8_t> raw, std::span<uint8_t> text,
                      std::span<uint8_t> lone);

// Only the text, for those who need no way back.
[[nodiscard]] std::vector<uint8_t> folded_text(std::span<const uint8_t> raw);

// The inverse. False, with *raw undefined, if the bytes do not come out as exactly raw.size() or
// the list is not one that fold_line_ends() makes: all input is checked.
[[nodiscard]] bool unfold_line_ends(std::span<const uint8_t> text, std::span<const uint8_t> lone,
                                    std::span<uint8_t> raw);

}  // namespace pith::model
