// The tables that the compiler makes decide coded bits. Made again by the machine that runs this,
// they must be the same: a compiler that works one of them out in another way would write archives
// that no other build reads.
#include <gtest/gtest.h>

#include "codec/byte_code_making.h"
#include "codec/logistic.h"
#include "codec/natural_log.h"

namespace pith::codec {
namespace {

// Keeps the optimiser from seeing which function it is, and so from calling it at compile time.
template <class Function>
Function* at_run_time(Function* function) {
  Function* volatile hidden = function;
  return hidden;
}

void expect_same(const ByteCode& made, const ByteCode& compiled) {
  EXPECT_EQ(made.code, compiled.code);
  EXPECT_EQ(made.length, compiled.length);
  EXPECT_EQ(made.child, compiled.child);
}

TEST(MadeTables, TextByteCode) {
  EXPECT_TRUE(at_run_time(internal::complete)(internal::kTextLengths));
  expect_same(
      at_run_time(internal::make_code)(at_run_time(internal::text_order)(), internal::kTextLengths),
      kTextByteCode);
}

TEST(MadeTables, FlatByteCode) {
  expect_same(at_run_time(internal::make_code)(at_run_time(internal::flat_order)(),
                                               at_run_time(internal::flat_lengths)()),
              kFlatByteCode);
}

TEST(MadeTables, Squash) { EXPECT_EQ(at_run_time(internal::make_squash)(), internal::kSquash); }

TEST(MadeTables, Stretch) { EXPECT_EQ(at_run_time(internal::make_stretch)(), internal::kStretch); }

TEST(MadeTables, NaturalLog) { EXPECT_EQ(at_run_time(internal::make_ln)(), internal::kLn); }

}  // namespace
}  // namespace pith::codec
