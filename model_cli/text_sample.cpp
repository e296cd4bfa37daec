#include "model_cli/text_sample.h"

#include <algorithm>
#include <cmath>

#include "model/vocab/line_ends.h"
#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

constexpr size_t kPiece = 8192;

// Appends a piece as tokenizers see it: with its line ends folded where that is done. A line that
// is cut by the end of the piece is left out.
void append_piece(std::span<const uint8_t> piece, bool whole, std::vector<uint8_t>* sample) {
  const auto last_line_end = std::find(piece.rbegin(), piece.rend(), '\n');
  if (!whole && last_line_end != piece.rend()) {
    piece = piece.first(static_cast<size_t>(piece.rend() - last_line_end));
  }
  if (model::folding_pays(model::count_line_ends(piece))) {
    const std::vector<uint8_t> folded = model::folded_text(piece);
    sample->insert(sample->end(), folded.begin(), folded.end());
  } else {
    sample->insert(sample->end(), piece.begin(), piece.end());
  }
  sample->push_back(0);
}

// Appends `size` bytes of the text in pieces.
void take_pieces(std::span<const uint8_t> text, size_t size, std::vector<uint8_t>* sample) {
  const size_t pieces = (size + kPiece - 1) / kPiece;
  for (size_t i = 0; i < pieces; ++i) {
    // As far apart as there is room, the first at the start and the last at the end.
    const size_t room = text.size() - std::min(text.size(), size / pieces);
    const size_t begin = pieces == 1 ? 0 : room / (pieces - 1) * i;
    const size_t end = std::min(text.size(), begin + size / pieces);
    append_piece(text.subspan(begin, end - begin), end == text.size(), sample);
  }
}

}  // namespace

std::vector<size_t> sample_shares(std::span<const size_t> sizes, size_t total, double balance) {
  std::vector<size_t> shares(sizes.size(), 0);
  // Files that have less than their share give all they have; the rest is shared again by the
  // others.
  std::vector<bool> whole;
  for (const size_t size : sizes) whole.push_back(size == 0);
  for (bool again = true; again;) {
    again = false;
    double weights = 0;
    size_t left = total;
    for (size_t i = 0; i < sizes.size(); ++i) {
      if (whole[i]) {
        left -= std::min(left, sizes[i]);
      } else {
        weights += std::pow(static_cast<double>(sizes[i]), balance);
      }
    }
    for (size_t i = 0; i < sizes.size(); ++i) {
      if (whole[i]) continue;
      const double part = std::pow(static_cast<double>(sizes[i]), balance) / weights;
      shares[i] = static_cast<size_t>(part * static_cast<double>(left));
      if (shares[i] >= sizes[i]) {
        shares[i] = sizes[i];
        whole[i] = again = true;
      }
    }
  }
  return shares;
}

std::vector<uint8_t> sample_files(std::span<const std::string> paths, size_t total,
                                  double balance) {
  std::vector<size_t> sizes;
  for (const std::string& path : paths) sizes.push_back(file_size(path));
  const std::vector<size_t> shares = sample_shares(sizes, total, balance);
  std::vector<uint8_t> sample;
  for (size_t i = 0; i < paths.size(); ++i) {
    if (shares[i] != 0) take_pieces(read_file(paths[i]), shares[i], &sample);
  }
  return sample;
}

}  // namespace pith::model_cli
