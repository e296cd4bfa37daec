// The footer of a frame that is read forwards (docs/format.md section 4).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "container/base/checksum.h"
#include "container/base/status.h"
#include "container/format/format.h"

namespace pith::container {

// Verifies the footer of a frame that is read forwards, in constant memory: the entries it must
// hold are hashed while the blocks go by (varints are minimal, so equal bytes are equal entries).
class FooterVerifier {
 public:
  void add_block(const IndexEntry& entry);  // for each block, in order
  void begin(uint64_t header_size) {
    header_size_ = header_size;
  }  // before the first byte of the footer
  // Takes footer bytes from in; *used = bytes taken. *complete once the end magic was seen.
  Status consume(std::span<const uint8_t> in, size_t* used, bool* complete);
  // Whether the footer gives the content hash, and after *complete: which.
  [[nodiscard]] bool has_content_hash() const {
    return container::has_content_hash(blocks_, first_);
  }
  [[nodiscard]] const Hash128& content_hash() const { return content_hash_; }
  [[nodiscard]] uint64_t blocks() const { return blocks_; }

 private:
  enum class Part {
    kMarker,
    kHeaderSize,
    kBlocks,
    kEntries,
    kContentHash,
    kCheck,
    kFooterSize,
    kEnd,
    kDone
  };
  Status take(uint8_t byte);
  Status take_count(uint8_t byte);
  Status take_check(uint8_t byte);
  Status take_tail(uint8_t byte);
  bool collect(uint8_t byte, size_t size);
  void contradict(const char* text);

  // What the blocks said.
  Hasher64 seen_;
  uint64_t blocks_ = 0;
  IndexEntry first_;
  uint64_t header_size_ = 0;
  // What the footer says.
  Part part_ = Part::kMarker;
  Hasher64 check_;    // of all bytes before the check
  Hasher64 entries_;  // of the index entries
  std::array<uint8_t, 16> field_{};
  size_t field_size_ = 0;  // bytes of field_ in use
  uint64_t varints_left_ = 0;
  uint64_t size_ = 0;  // bytes up to the check and with it
  Hash128 content_hash_{};
  const char* contradiction_ = nullptr;
};

}  // namespace pith::container
