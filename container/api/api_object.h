// What the C API's opaque objects have in common: made by the allocator hooks, guarded against
// exceptions, and sticky about errors.
#pragma once

#include <memory>
#include <new>

#include "container/base/allocator.h"
#include "container/base/status.h"

namespace pith::container {

// Makes a T(allocator) in memory from the hooks; null if there is none.
template <typename T>
T* create_object(const pith_allocator* allocator) noexcept {
  if (allocator != nullptr && (allocator->alloc == nullptr || allocator->free == nullptr))
    return nullptr;
  HookResource resource(allocator);
  void* memory = nullptr;
  try {
    memory = resource.allocate(sizeof(T), alignof(T));
    return new (memory) T(allocator);
  } catch (...) {
    if (memory != nullptr) resource.deallocate(memory, sizeof(T), alignof(T));
    return nullptr;
  }
}

// Takes back what create_object() made. T::resource is its HookResource.
template <typename T>
void destroy_object(T* object) noexcept {
  if (object == nullptr) return;
  HookResource resource(object->resource.hooks());
  object->~T();
  resource.deallocate(object, sizeof(T), alignof(T));
}

// Runs `work` (returns Status); no exception leaves.
template <typename Work>
Status guarded(Work work) noexcept {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return Status::error(PITH_ERR_MEMORY, nullptr);
  } catch (...) {
    return Status::error(PITH_ERR_INTERNAL, nullptr);
  }
}

// The rules of pith_*_run about errors and progress.
class CallState {
 public:
  void reset() { *this = {}; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] const Status& error() const { return error_; }

  // Keeps an error for pith_*_error; all are fatal but STATE, PARAM, NO_PROGRESS and, where what
  // was missing can be given, MEMLIMIT and MODEL.
  int keep(const Status& status, bool fatal) {
    error_ = status;
    failed_ = failed_ || (fatal && !status.ok());
    return status.code;
  }

  // Wraps one run: buffers checked, `work` guarded, progress watched. work(&ended) returns Status.
  // goes_on: memory or a model that was missing may be given, and the call repeated.
  template <typename Work>
  int run(pith_out* out, pith_in* in, bool op_valid, bool goes_on, Work work) noexcept {
    if (failed_) return PITH_ERR_STATE;
    if (out == nullptr || in == nullptr || !op_valid || out->pos > out->size ||
        in->pos > in->size || (out->data == nullptr && out->size != 0) ||
        (in->data == nullptr && in->size != 0)) {
      return keep(Status::error(PITH_ERR_PARAM, "a buffer or operation is not valid"), false);
    }
    const size_t in_before = in->pos;
    const size_t out_before = out->pos;
    bool ended = false;
    const Status status = guarded([&] { return work(&ended); });
    if (!status.ok()) {
      idle_ = false;
      const bool fatal =
          status.code != PITH_ERR_STATE &&
          !(goes_on && (status.code == PITH_ERR_MEMLIMIT || status.code == PITH_ERR_MODEL));
      return keep(status, fatal);
    }
    error_ = {};
    if (ended) return PITH_END;
    const bool progressed = in->pos != in_before || out->pos != out_before;
    if (!progressed && idle_) {
      return keep(Status::error(PITH_ERR_NO_PROGRESS, "no input to take and no room for output"),
                  false);
    }
    idle_ = !progressed;
    return PITH_OK;
  }

 private:
  Status error_;
  bool failed_ = false;
  bool idle_ = false;  // the last call made no progress
};

}  // namespace pith::container
