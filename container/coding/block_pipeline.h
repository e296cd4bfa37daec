// Blocks in order through a pool of workers: filled one at a time, worked on in parallel, taken out
// in order.
//
// At most workers + 1 blocks are in the pipeline (one, if there is one worker), so its memory is
// bounded. Task is a BlockTask with a constructor from a memory resource, all its buffers inside,
// and release_memory() if the pipeline's is called; tasks are reused.
#pragma once

#include <chrono>
#include <list>
#include <memory_resource>

#include "container/base/allocator.h"
#include "container/coding/progress.h"
#include "container/coding/worker_pool.h"

namespace pith::container {

template <typename Task>
class BlockPipeline {
 public:
  explicit BlockPipeline(HookResource* resource)
      : resource_(resource), pool_(resource), free_(resource), in_flight_(resource) {}
  BlockPipeline(const BlockPipeline&) = delete;
  BlockPipeline& operator=(const BlockPipeline&) = delete;
  ~BlockPipeline() { cancel(); }

  // Workers to use, at least 1. Nothing may be in flight; a block being filled is kept.
  void configure(unsigned workers) {
    workers_ = workers;
    pool_.configure(workers);
    while (free_.size() > capacity()) free_.pop_back();
  }

  [[nodiscard]] Progress& progress() { return progress_; }

  // The task to fill, null while all are in flight. Stays the same until it is submitted.
  [[nodiscard]] Task* current() {
    if (free_.empty()) {
      if (in_flight_.size() >= capacity()) return nullptr;
      free_.emplace_back(resource_);
    }
    return &free_.front();
  }

  // Sends the current task on. alone: nothing will follow it soon, so that a thread would gain
  // nothing.
  void submit(bool alone) {
    in_flight_.splice(in_flight_.end(), free_, free_.begin());
    const bool parallel = workers_ > 1 && !(alone && in_flight_.size() == 1);
    pool_.submit(&in_flight_.back(), parallel || progress_.wanted());
  }

  [[nodiscard]] bool empty() const { return in_flight_.empty(); }
  [[nodiscard]] Task& front() { return in_flight_.front(); }
  [[nodiscard]] Task& back() { return in_flight_.back(); }
  // Whether waiting for the front task gains nothing: it is done, or will be done by the caller's
  // own thread.
  [[nodiscard]] bool front_ready() {
    return pool_.done(in_flight_.front()) || !pool_.has_threads();
  }

  // Waits until the front task is done and returns its status, or PITH_ERR_CANCELLED at the word of
  // the progress callback. coded_bytes: what to report with it.
  Status wait_front(uint64_t coded_bytes) {
    constexpr std::chrono::milliseconds kTick{100};
    while (!pool_.wait(in_flight_.front(), kTick)) PITH_TRY(report(coded_bytes));
    PITH_TRY(report(coded_bytes));
    return WorkerPool::status(in_flight_.front());
  }

  // Gives the front task back for reuse.
  void pop_front() {
    raw_bytes_done_ += in_flight_.front().control.raw_bytes_done;
    rewind(&in_flight_.front());
    free_.splice(free_.end(), in_flight_, in_flight_.begin());
  }

  // Stops all work and forgets what is in flight. The memory is kept.
  void cancel() {
    for (Task& task : in_flight_) task.control.cancel = true;
    pool_.drain();
    for (Task& task : in_flight_) rewind(&task);
    free_.splice(free_.end(), in_flight_);
  }

  // For a new stream: counts start again.
  void reset() {
    cancel();
    raw_bytes_done_ = 0;
    progress_.reset();
  }

  // Frees buffers and workspaces. Nothing may be in flight or being filled.
  void release_memory() {
    pool_.release_memory();
    for (Task& task : free_) task.release_memory();
  }

 private:
  [[nodiscard]] size_t capacity() const { return workers_ == 1 ? 1 : size_t{workers_} + 1; }

  static void rewind(Task* task) {
    task->control.raw_bytes_done = 0;
    task->control.cancel = false;
  }

  Status report(uint64_t coded_bytes) {
    uint64_t raw_bytes = raw_bytes_done_;
    for (const Task& task : in_flight_) raw_bytes += task.control.raw_bytes_done;
    return progress_.report(raw_bytes, coded_bytes);
  }

  HookResource* resource_;
  WorkerPool pool_;
  Progress progress_;
  unsigned workers_ = 1;
  std::pmr::list<Task> free_;       // front: the one being filled
  std::pmr::list<Task> in_flight_;  // in order
  uint64_t raw_bytes_done_ = 0;     // of tasks taken out
};

}  // namespace pith::container
