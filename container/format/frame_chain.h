// A run of whole frames in memory, seen from its end: sizes and totals without decoding.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>

#include "container/base/status.h"
#include "container/format/format.h"

namespace pith::container {

// The last frame of data. *header and *footer are what it says of itself, *size is its coded size.
Status last_frame(std::span<const uint8_t> data, FrameHeader* header, Footer* footer,
                  uint64_t* size);

// Raw bytes of all the frames that data consists of.
Status total_raw_size(std::span<const uint8_t> data, std::pmr::memory_resource* resource,
                      uint64_t* raw_size);

}  // namespace pith::container
