// Recovery of what is undamaged: what stands behind pith_recover (docs/format.md section 10).
//
// Scan, plan, hand out. Memory: one block and its decoder, and some 60 bytes for every block there
// is.
#pragma once

#include <cstdint>

#include "container/allocator.h"
#include "container/prior.h"
#include "container/reader_source.h"
#include "container/status.h"
#include "pith/pith.h"

namespace pith::container {

// PITH_OK: every raw byte was handed out. PITH_ERR_CORRUPT: some were lost, or may have been.
// PITH_ERR_FORMAT, VERSION, TRUNCATED: there is nothing of pith in the data. memlimit: bytes that
// resource may hand out, 0 = no limit. prior: for blocks that need one of their own, may be null:
// then they are PITH_ERR_PRIOR. Throws std::bad_alloc.
Status recover(const SourceReader& source, const pith_recover_sink& sink, const Prior* prior,
               uint64_t memlimit, HookResource* resource);

}  // namespace pith::container
