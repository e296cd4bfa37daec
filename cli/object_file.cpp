#include "cli/object_file.h"

#include <span>

#include "cli/failures.h"

namespace pith::cli {
namespace {

// What differs between the objects.
template <class Object>
struct Kind;

template <>
struct Kind<pith_prior> {
  static constexpr const char* kName = "prior";
  static constexpr auto kMake = pith_prior_new;
  static constexpr auto kFree = pith_prior_free;
};

template <>
struct Kind<pith_model> {
  static constexpr const char* kName = "model";
  static constexpr auto kMake = pith_model_new;
  static constexpr auto kFree = pith_model_free;
};

}  // namespace

template <class Object>
std::unique_ptr<ObjectFile<Object>> ObjectFile<Object>::read(const std::string& name,
                                                             uint64_t memlimit,
                                                             Messages* messages) {
  std::unique_ptr<ObjectFile> made(new ObjectFile());
  made->file_ = WholeFile::read(name, Kind<Object>::kName, memlimit, messages);
  if (made->file_ == nullptr) return nullptr;
  const std::span<const uint8_t> bytes = made->file_->bytes();
  int status = PITH_OK;
  pith_error error = {};
  made->object_.reset(Kind<Object>::kMake(bytes.data(), bytes.size(), nullptr, &status, &error));
  if (made->object_ != nullptr) return made;
  messages->error(name, describe_failure(status, error));
  return nullptr;
}

template <class Object>
void ObjectFile<Object>::Free::operator()(Object* object) const {
  Kind<Object>::kFree(object);
}

template class ObjectFile<pith_prior>;
template class ObjectFile<pith_model>;

}  // namespace pith::cli
