// Threads that code blocks, each with a workspace of its own.
//
// Threads are started when there is work for them and kept until the pool is reconfigured or
// destroyed. A pool that needs none (one worker, nobody waiting for progress) starts none: the work
// is then done inside wait(), on the caller's thread. Which thread does what never shows in the
// result: a task depends on itself alone.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <memory_resource>
#include <mutex>
#include <thread>

#include "container/base/status.h"
#include "container/coding/block_codec.h"

namespace pith::container {

// Work on one block. Owned by the caller, which leaves it alone between submit() and wait().
class BlockTask {
 public:
  BlockTask() = default;
  BlockTask(const BlockTask&) = delete;
  BlockTask& operator=(const BlockTask&) = delete;
  virtual ~BlockTask() = default;

  BlockControl control;

 protected:
  // Done on any thread. May throw std::bad_alloc.
  virtual Status run(BlockWorkspace* workspace) = 0;

 private:
  friend class WorkerPool;

  enum class State { kIdle, kQueued, kRunning, kDone };
  State state_ = State::kIdle;  // guarded by the pool's mutex
  BlockTask* next_ = nullptr;   // in the pool's queue
  Status status_;
};

// Used by one thread, apart from its own workers.
class WorkerPool {
 public:
  explicit WorkerPool(std::pmr::memory_resource* resource)
      : workspaces_(resource), threads_(resource) {}
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool() { stop(); }

  // Workers to use at most, at least 1. Nothing may be in the pool. Frees the memory of workers
  // over that.
  void configure(unsigned workers);
  // Frees the memory of all workers. Nothing may be in the pool.
  void release_memory();

  // Queues a task. on_thread: on a worker thread even if one worker is all there is. A thread that
  // cannot be started is done without.
  void submit(BlockTask* task, bool on_thread);
  // False while work is done inside wait().
  [[nodiscard]] bool has_threads() const { return !threads_.empty(); }
  // True once the task is done.
  [[nodiscard]] bool done(const BlockTask& task);
  // Waits for a task at most `patience` long; true if it is done. Without threads it is done here
  // and now.
  bool wait(const BlockTask& task, std::chrono::milliseconds patience);
  // Of a task that is done.
  [[nodiscard]] static const Status& status(const BlockTask& task) { return task.status_; }

  // Forgets the queue and returns when no worker works any more. Set control.cancel of the tasks
  // first.
  void drain();

 private:
  void stop();
  void start_thread();
  void work(BlockWorkspace* workspace);
  BlockWorkspace* workspace(size_t index);
  BlockTask* pop();                                                   // mutex held
  static Status perform(BlockTask* task, BlockWorkspace* workspace);  // mutex not held

  std::mutex mutex_;
  std::condition_variable work_ready_;
  std::condition_variable task_done_;
  BlockTask* head_ = nullptr;  // queue, oldest first
  BlockTask* tail_ = nullptr;
  size_t queued_ = 0;
  size_t idle_ = 0;     // threads waiting for work
  size_t running_ = 0;  // tasks in work on threads
  bool stopping_ = false;

  unsigned workers_ = 1;
  std::pmr::list<BlockWorkspace>
      workspaces_;  // [i]: of thread i; [0] of the caller while there are none
  std::pmr::list<std::thread> threads_;
};

}  // namespace pith::container
