// A file that an option names, all of it in memory: a prior or a model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/messages.h"

namespace pith::cli {

class WholeFile {
 public:
  // Null after a report. what: such as "prior", for messages. memlimit: bytes, 0 for none.
  [[nodiscard]] static std::unique_ptr<WholeFile> read(const std::string& name,
                                                       std::string_view what, uint64_t memlimit,
                                                       Messages* messages);

  // Aligned to 64 bytes; they stay where they are while this object lives.
  [[nodiscard]] std::span<const uint8_t> bytes() const { return {data_.front().bytes, size_}; }

 private:
  // A table's lines begin where cache lines do.
  struct alignas(64) Line {
    uint8_t bytes[64];
  };

  WholeFile() = default;

  std::vector<Line> data_;
  size_t size_ = 0;
};

}  // namespace pith::cli
