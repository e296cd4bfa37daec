#include "container/format/frame_chain.h"

namespace pith::container {

Status last_frame(std::span<const uint8_t> data, FrameHeader* header, Footer* footer,
                  uint64_t* size) {
  PITH_CHECK(data.size() >= kFooterTailSize, PITH_ERR_TRUNCATED, nullptr);
  uint64_t footer_size = 0;
  PITH_TRY(parse_footer_tail(data.last<kFooterTailSize>(), &footer_size));
  PITH_CHECK(footer_size <= data.size(), PITH_ERR_CORRUPT,
             "the footer gives a wrong size of itself");
  PITH_TRY(parse_footer(data.last(footer_size), footer));
  PITH_CHECK(footer->coded_total <= data.size(), PITH_ERR_CORRUPT,
             "the index gives impossible sizes");
  size_t header_size = 0;
  PITH_TRY(parse_frame_header(data.last(footer->coded_total), header, &header_size));
  PITH_CHECK(header_size == footer->header_size, PITH_ERR_CORRUPT,
             "the footer gives a wrong size of the frame header");
  *size = footer->coded_total;
  return {};
}

Status total_raw_size(std::span<const uint8_t> data, std::pmr::memory_resource* resource,
                      uint64_t* raw_size) {
  *raw_size = 0;
  do {
    FrameHeader header;
    Footer footer(resource);
    uint64_t size = 0;
    PITH_TRY(last_frame(data, &header, &footer, &size));
    PITH_CHECK(checked_add(*raw_size, footer.raw_total, raw_size), PITH_ERR_CORRUPT,
               "the index gives impossible sizes");
    data = data.first(data.size() - size);
  } while (!data.empty());
  return {};
}

}  // namespace pith::container
