#include "codec/once.h"

#include <gtest/gtest.h>

#include <new>
#include <thread>
#include <vector>

namespace pith::codec {
namespace {

TEST(Once, IsDoneByOneOfManyThreads) {
  Once once;
  int done = 0;
  std::vector<int> seen(8, 0);
  std::vector<std::thread> threads;
  threads.reserve(seen.size());
  for (int& mine : seen) {
    threads.emplace_back([&once, &done, &mine] {
      once.run([&done] { ++done; });
      mine = done;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(seen, std::vector<int>(8, 1));
}

TEST(Once, IsTriedAgainAfterAnException) {
  Once once;
  int tried = 0;
  const auto work = [&tried] {
    if (++tried < 3) throw std::bad_alloc();
  };
  EXPECT_THROW(once.run(work), std::bad_alloc);
  EXPECT_THROW(once.run(work), std::bad_alloc);
  EXPECT_NO_THROW(once.run(work));
  EXPECT_NO_THROW(once.run(work));
  EXPECT_EQ(tried, 3);
}

}  // namespace
}  // namespace pith::codec
