// 8-bit weights that are their own, or lie in a file in memory: embeddings are most of a model, and
// are used where they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace pith::model {

// Copies share the numbers, which nobody changes.
class SharedWeights {
 public:
  SharedWeights() = default;
  // Takes them over. Implicit, so that a vector can be made and then assigned.
  SharedWeights(std::vector<int8_t> own)  // NOLINT(google-explicit-constructor)
      : own_(std::make_shared<const std::vector<int8_t>>(std::move(own))), all_(*own_) {}
  // Of memory that outlives this and its copies.
  explicit SharedWeights(std::span<const int8_t> elsewhere) : all_(elsewhere) {}

  [[nodiscard]] const int8_t* data() const { return all_.data(); }
  [[nodiscard]] size_t size() const { return all_.size(); }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] int8_t operator[](size_t i) const { return all_[i]; }
  [[nodiscard]] auto begin() const { return all_.begin(); }
  [[nodiscard]] auto end() const { return all_.end(); }

 private:
  std::shared_ptr<const std::vector<int8_t>> own_;
  std::span<const int8_t> all_;
};

}  // namespace pith::model
