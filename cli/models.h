// The models of one run: the one that --model names, and those that frames turn out to need.
#pragma once

#include <pith/pith.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "cli/messages.h"
#include "cli/object_file.h"

namespace pith::cli {

class Models {
 public:
  // memlimit: bytes that the file of a model may have, 0 for no limit.
  Models(uint64_t memlimit, Messages* messages) : memlimit_(memlimit), messages_(messages) {}

  // What --model says: a file, or a name. False after a report.
  [[nodiscard]] bool choose(const std::string& name_or_file);

  // The chosen one; null for the built-in one.
  [[nodiscard]] const pith_model* chosen() const { return chosen_; }

  // The model with this id if it is the chosen one or can be found; else null.
  [[nodiscard]] const pith_model* with_id(uint64_t id);

  // What the user calls the model with this id: that of a built-in one, or of the file found for
  // it; empty if it has no name here.
  [[nodiscard]] const std::string& name_of(uint64_t id);

 private:
  uint64_t memlimit_;
  Messages* messages_;
  const pith_model* chosen_ = nullptr;
  std::map<uint64_t, std::unique_ptr<ModelFile>> files_;  // by id; null: not to be had
  std::map<uint64_t, std::string> names_;
};

// What to do about a model that was not found: where it was looked for, and --model.
[[nodiscard]] std::string missing_model_advice();

}  // namespace pith::cli
