// Whether this machine computes the network as every other does.
#pragma once

namespace pith::model {

// Computes a small network of fixed weights with the kernels in use, and compares all that comes
// out with what the scalar code gave when it was written. Takes well under a millisecond. False: a
// file with a network must neither be written nor read here.
[[nodiscard]] bool engine_self_test();

}  // namespace pith::model
