// The prior that the options name, read into memory.
#pragma once

#include <pith/pith.h>

#include <cstdint>
#include <memory>
#include <string>

#include "cli/messages.h"
#include "cli/whole_file.h"

namespace pith::cli {

class PriorFile {
 public:
  // Null after a report. memlimit: bytes, 0 for none.
  [[nodiscard]] static std::unique_ptr<PriorFile> read(const std::string& name, uint64_t memlimit,
                                                       Messages* messages);
  PriorFile(const PriorFile&) = delete;
  PriorFile& operator=(const PriorFile&) = delete;
  ~PriorFile() { pith_prior_free(prior_); }

  [[nodiscard]] const pith_prior* prior() const { return prior_; }

 private:
  PriorFile() = default;

  std::unique_ptr<WholeFile> file_;
  pith_prior* prior_ = nullptr;
};

}  // namespace pith::cli
