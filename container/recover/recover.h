// Recovery of what is undamaged: what stands behind pith_recover (docs/format.md section 10).
//
// Scan, plan, hand out. Memory: one block and its decoder, and some 60 bytes for every block there
// is.
#pragma once

#include <cstdint>

#include "container/base/allocator.h"
#include "container/base/status.h"
#include "container/coding/block_codec.h"
#include "container/reader/reader_source.h"
#include "pith/pith.h"

namespace pith::container {

// PITH_OK: every raw byte was handed out. PITH_ERR_CORRUPT: some were lost, or may have been.
// PITH_ERR_FORMAT, VERSION, TRUNCATED: there is nothing of pith in the data. memlimit: bytes that
// resource may hand out, 0 = no limit. given: for blocks that need a prior or a network that is not
// part of pith, null for none: then they are PITH_ERR_PRIOR, and PITH_ERR_MODEL where their frame
// header is left to say so. Throws std::bad_alloc.
Status recover(const SourceReader& source, const pith_recover_sink& sink, const FrameModels& given,
               uint64_t memlimit, HookResource* resource);

}  // namespace pith::container
