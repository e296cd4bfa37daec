#include "container/reader/reader_block.h"

#include <array>

namespace pith::container {

Status read_block_header(const SourceReader& source, uint64_t offset, BlockHeader* header,
                         size_t* size) {
  std::array<uint8_t, kBlockHeaderMax> bytes;
  std::span<const uint8_t> got;
  PITH_TRY(source.read_some(bytes, offset, &got));
  return parse_block_header(got, header, size);
}

Status LoadedBlock::fetch(const SourceReader& source, const BlockHeader& header,
                          uint64_t payload_offset) {
  decoded_ = false;
  header_ = header;
  return source.read(coded_.discard_and_resize(header.coded_size), payload_offset);
}

Status LoadedBlock::decode(const FrameModels& models, BlockWorkspace* workspace,
                           BlockControl* control) {
  PITH_TRY(decode_block(header_, {coded_.data(), header_.coded_size}, models, &raw_, workspace,
                        control));
  decoded_ = true;
  return {};
}

void LoadedBlock::release() {
  decoded_ = false;
  coded_.release();
  raw_.release();
}

}  // namespace pith::container
