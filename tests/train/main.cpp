#include <gtest/gtest.h>

#include "model/train/matrix_product.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  pith::train::use_caller_thread_alone();
  return RUN_ALL_TESTS();
}
