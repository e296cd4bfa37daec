// C API: names, levels, and quick answers.
#include "container/api/api_object.h"
#include "container/coding/block_memory.h"
#include "container/coding/levels.h"
#include "container/methods/content.h"
#include "container/methods/networks.h"
#include "container/methods/ngram_method.h"
#include "container/priors/built_in_priors.h"
#include "pith/pith.h"

namespace {

struct StatusEntry {
  pith_status status;
  const char* name;
  const char* text;
};

#define PITH_STATUS_ENTRY(status, text) \
  { status, #status, text }
constexpr StatusEntry kStatuses[] = {
    PITH_STATUS_ENTRY(PITH_OK, "no error"),
    PITH_STATUS_ENTRY(PITH_END, "everything is finished"),
    PITH_STATUS_ENTRY(PITH_ERR_PARAM, "an argument is out of its range"),
    PITH_STATUS_ENTRY(PITH_ERR_MEMORY, "not enough memory"),
    PITH_STATUS_ENTRY(PITH_ERR_MEMLIMIT, "more memory is needed than the limit allows"),
    PITH_STATUS_ENTRY(PITH_ERR_FORMAT, "not pith data"),
    PITH_STATUS_ENTRY(PITH_ERR_VERSION, "made by a newer version of pith"),
    PITH_STATUS_ENTRY(PITH_ERR_MODEL, "made with a model that is not available"),
    PITH_STATUS_ENTRY(PITH_ERR_PRIOR, "made with a prior that is not available"),
    PITH_STATUS_ENTRY(PITH_ERR_CORRUPT, "the data is damaged: its fields contradict each other"),
    PITH_STATUS_ENTRY(PITH_ERR_CHECKSUM, "the data is damaged: a checksum does not match"),
    PITH_STATUS_ENTRY(PITH_ERR_TRUNCATED, "the data ends too early"),
    PITH_STATUS_ENTRY(PITH_ERR_TRAILING, "foreign data follows the last frame"),
    PITH_STATUS_ENTRY(PITH_ERR_OUTPUT_LIMIT, "the output is larger than the limit allows"),
    PITH_STATUS_ENTRY(PITH_ERR_DST_TOO_SMALL, "the destination buffer is too small"),
    PITH_STATUS_ENTRY(PITH_ERR_NO_PROGRESS, "no input to take and no room for output"),
    PITH_STATUS_ENTRY(PITH_ERR_STATE, "the call does not fit the state of the object"),
    PITH_STATUS_ENTRY(PITH_ERR_IO, "an input or output error"),
    PITH_STATUS_ENTRY(PITH_ERR_CANCELLED, "stopped by the progress callback"),
    PITH_STATUS_ENTRY(PITH_ERR_VERIFY, "the result did not decode to the input"),
    PITH_STATUS_ENTRY(PITH_ERR_INTERNAL, "a defect of pith; please report it"),
};
#undef PITH_STATUS_ENTRY

const StatusEntry* find_status(int status) {
  for (const StatusEntry& entry : kStatuses) {
    if (entry.status == status) return &entry;
  }
  return nullptr;
}

}  // namespace

const char* pith_version(void) { return PITH_VERSION_STRING; }

const char* pith_model_name(uint64_t id) {
  return id == pith::container::kSmallNetwork ? pith::container::kSmallNetworkName : nullptr;
}

const char* pith_prior_name(uint64_t id) {
  const char* name = nullptr;
  (void)pith::container::guarded([&] {
    name = pith::container::built_in_prior_name(id);
    return pith::container::Status{};
  });
  return name;
}

const char* pith_status_name(int status) {
  const StatusEntry* entry = find_status(status);
  return entry != nullptr ? entry->name : "PITH_UNKNOWN";
}

const char* pith_status_text(int status) {
  const StatusEntry* entry = find_status(status);
  return entry != nullptr ? entry->text : "an unknown status";
}

int pith_level(int level, pith_level_info* info) {
  using namespace pith::container;
  if (info == nullptr || level < PITH_LEVEL_MIN || level > PITH_LEVEL_MAX) return PITH_ERR_PARAM;
  const uint32_t block_size = level_traits(level).block_size;
  *info = {.level = level,
           .block_size = block_size,
           .encoder_memory = block_encode_memory(level, block_size, /*verify=*/false),
           .decoder_memory = frame_decode_memory(level, block_size),
           .model_id = level_traits(level).network ? kSmallNetwork : 0};
  return PITH_OK;
}

const char* pith_kernel_name(void) { return pith::container::ngram_kernel_name(); }

int pith_looks_incompressible(const void* data, size_t size) {
  if (data == nullptr) return 0;
  return pith::container::looks_incompressible({static_cast<const uint8_t*>(data), size}) ? 1 : 0;
}
