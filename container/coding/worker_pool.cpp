#include "container/coding/worker_pool.h"

#include <iterator>
#include <new>
#include <system_error>

#if defined(__unix__) || defined(__APPLE__)
#include <pthread.h>
#include <signal.h>
#define PITH_HAVE_PTHREAD_SIGMASK 1
#endif

namespace pith::container {
namespace {

// Signals are the application's business, and so its threads': a worker starts with all of them
// blocked.
class SignalsBlocked {
 public:
#if PITH_HAVE_PTHREAD_SIGMASK
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
#endif
};

}  // namespace

void WorkerPool::configure(unsigned workers) {
  if (threads_.size() > workers) stop();
  workers_ = workers;
  while (workspaces_.size() > workers) workspaces_.pop_back();
}

void WorkerPool::release_memory() {
  for (BlockWorkspace& workspace : workspaces_) workspace.release();
}

void WorkerPool::submit(BlockTask* task, bool on_thread) {
  std::unique_lock lock(mutex_);
  task->state_ = BlockTask::State::kQueued;
  task->next_ = nullptr;
  (tail_ != nullptr ? tail_->next_ : head_) = task;
  tail_ = task;
  ++queued_;
  const bool short_of_threads = queued_ > idle_ && threads_.size() < workers_;
  lock.unlock();
  if (short_of_threads && (on_thread || !threads_.empty())) start_thread();
  work_ready_.notify_one();
}

bool WorkerPool::done(const BlockTask& task) {
  const std::lock_guard lock(mutex_);
  return task.state_ == BlockTask::State::kDone;
}

bool WorkerPool::wait(const BlockTask& task, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  while (threads_.empty() && task.state_ == BlockTask::State::kQueued) {
    BlockTask* mine = pop();
    lock.unlock();
    const Status status = perform(mine, workspace(0));
    lock.lock();
    mine->status_ = status;
    mine->state_ = BlockTask::State::kDone;
  }
  return task_done_.wait_for(lock, patience,
                             [&] { return task.state_ == BlockTask::State::kDone; });
}

void WorkerPool::drain() {
  std::unique_lock lock(mutex_);
  while (head_ != nullptr) pop()->state_ = BlockTask::State::kIdle;
  task_done_.wait(lock, [&] { return running_ == 0; });
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_ready_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  stopping_ = false;
}

void WorkerPool::start_thread() {
  try {
    BlockWorkspace* const own = workspace(threads_.size());
    const SignalsBlocked blocked;
    threads_.emplace_back([this, own] { work(own); });
  } catch (const std::system_error&) {  // no thread to be had: those there are, or the caller's, do
                                        // the work
  } catch (const std::bad_alloc&) {
  }
}

void WorkerPool::work(BlockWorkspace* workspace) {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_ready_.wait(lock, [&] { return stopping_ || head_ != nullptr; });
    --idle_;
    if (stopping_) return;
    BlockTask* const task = pop();
    task->state_ = BlockTask::State::kRunning;
    ++running_;
    lock.unlock();
    const Status status = perform(task, workspace);
    lock.lock();
    --running_;
    task->status_ = status;
    task->state_ = BlockTask::State::kDone;
    task_done_.notify_all();
  }
}

BlockWorkspace* WorkerPool::workspace(size_t index) {
  while (workspaces_.size() <= index)
    workspaces_.emplace_back(workspaces_.get_allocator().resource());
  return &*std::next(workspaces_.begin(), static_cast<std::ptrdiff_t>(index));
}

BlockTask* WorkerPool::pop() {
  BlockTask* const task = head_;
  head_ = task->next_;
  if (head_ == nullptr) tail_ = nullptr;
  --queued_;
  return task;
}

Status WorkerPool::perform(BlockTask* task, BlockWorkspace* workspace) {
  try {
    return task->run(workspace);
  } catch (const std::bad_alloc&) {
    return Status::error(PITH_ERR_MEMORY, nullptr);
  } catch (...) {
    return Status::error(PITH_ERR_INTERNAL, nullptr);
  }
}

}  // namespace pith::container
