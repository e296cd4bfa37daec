#include "fuzz/recovery.h"

namespace pith::fuzz {
namespace {

// What was told so far.
struct Sink {
  Recovered result;
  uint64_t frame = 0;
  uint64_t raw_end = 0;  // in the frame
  uint64_t lost_frame = 0;

  int data(uint64_t in_frame, uint64_t raw_offset, View bytes) {
    require(in_frame >= frame, "frames come in order");
    if (in_frame != frame) raw_end = 0;
    require(raw_offset >= raw_end && !bytes.empty(), "pieces come in order and do not overlap");
    frame = in_frame;
    raw_end = raw_offset + bytes.size();
    result.pieces.push_back({in_frame, raw_offset, Bytes(bytes.begin(), bytes.end())});
    return 0;
  }
  int lost(const pith_lost& loss) {
    require(loss.frame >= lost_frame, "losses come in order");
    require(loss.raw_size != 0 || loss.coded_size != 0, "a loss is of something");
    lost_frame = loss.frame;
    result.lost_data = result.lost_data || loss.raw_size != 0;
    return 0;
  }
};

}  // namespace

Bytes Recovered::all() const {
  Bytes bytes;
  for (const Piece& piece : pieces) {
    bytes.insert(bytes.end(), piece.bytes.begin(), piece.bytes.end());
  }
  return bytes;
}

Recovered recover(View coded) {
  Sink sink;
  const pith_recover_sink callbacks = {
      [](void* opaque, uint64_t frame, uint64_t raw_offset, const void* data, size_t size) {
        return static_cast<Sink*>(opaque)->data(frame, raw_offset,
                                                {static_cast<const uint8_t*>(data), size});
      },
      [](void* opaque, const pith_lost* lost) { return static_cast<Sink*>(opaque)->lost(*lost); },
      &sink};
  const pith_source source = source_of(&coded);
  pith_error error = {};
  sink.result.status =
      pith_recover(&source, &callbacks, own_prior(), own_model(), nullptr, kMemoryLimit, &error);
  require(sink.result.status == error.status, "the error tells the status");
  if (sink.result.status == PITH_OK || sink.result.status == PITH_ERR_CORRUPT) {
    require((sink.result.status == PITH_ERR_CORRUPT) == sink.result.lost_data,
            "the status tells whether data was lost");
  }
  return sink.result;
}

}  // namespace pith::fuzz
