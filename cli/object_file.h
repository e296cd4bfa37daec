// A prior or a model that the user names, read into memory, and the object that is made from it.
#pragma once

#include <pith/pith.h>

#include <cstdint>
#include <memory>
#include <string>

#include "cli/messages.h"
#include "cli/whole_file.h"

namespace pith::cli {

// Object: pith_prior or pith_model.
template <class Object>
class ObjectFile {
 public:
  // Null after a report. memlimit: bytes, 0 for none.
  [[nodiscard]] static std::unique_ptr<ObjectFile> read(const std::string& name, uint64_t memlimit,
                                                        Messages* messages);

  // Lives as long as this.
  [[nodiscard]] const Object* object() const { return object_.get(); }

 private:
  struct Free {
    void operator()(Object* object) const;
  };

  ObjectFile() = default;

  std::unique_ptr<WholeFile> file_;  // the object points into it
  std::unique_ptr<Object, Free> object_;
};

using PriorFile = ObjectFile<pith_prior>;
using ModelFile = ObjectFile<pith_model>;

}  // namespace pith::cli
