// The value every fallible function of the container returns: a public status plus what is known of
// the place.
#pragma once

#include <cstdint>

#include "pith/pith.h"

namespace pith::container {

// Cheap to copy: text is a string literal, or null where the status alone says enough.
struct [[nodiscard]] Status {
  pith_status code = PITH_OK;
  const char* text = nullptr;
  uint64_t block = PITH_UNKNOWN_POSITION;   // number within its frame
  uint64_t offset = PITH_UNKNOWN_POSITION;  // in the compressed data, bytes
  uint64_t needed = 0;  // see pith_error; parsers: bytes to have before retrying; PRIOR: its id
  uint64_t given = 0;   // PRIOR: the id of the one that was there instead, 0: none
  int sys_errno = 0;

  [[nodiscard]] bool ok() const { return code == PITH_OK; }

  static Status error(pith_status code, const char* text) { return {.code = code, .text = text}; }
  // A parser's "come back with at least `total` bytes"; PITH_ERR_TRUNCATED if there are no more.
  static Status need_more(uint64_t total) {
    return {.code = PITH_ERR_TRUNCATED, .text = "the data ends too early", .needed = total};
  }
  [[nodiscard]] bool wants_more() const { return code == PITH_ERR_TRUNCATED && needed != 0; }

  // The same error, with the place filled in.
  [[nodiscard]] Status at(uint64_t block_number, uint64_t coded_offset) const {
    Status s = *this;
    s.block = block_number;
    s.offset = coded_offset;
    return s;
  }
};

// Writes a status as the public error detail. error may be null.
void export_error(const Status& status, pith_error* error);

}  // namespace pith::container

// The one checking macro: every validation of untrusted data or arguments is found by grep for
// PITH_CHECK. For functions that return Status.
#define PITH_CHECK(condition, code, text)                                      \
  do {                                                                         \
    if (!(condition)) return ::pith::container::Status::error((code), (text)); \
  } while (false)

// Hands an error of `expression` (a Status) on to the caller.
#define PITH_TRY(expression)                                                                   \
  do {                                                                                         \
    if (::pith::container::Status pith_try_ = (expression); !pith_try_.ok()) return pith_try_; \
  } while (false)
