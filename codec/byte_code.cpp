#include "codec/byte_code.h"

#include "codec/byte_code_making.h"

namespace pith::codec {

alignas(64) constexpr ByteCode kTextByteCode = internal::make_code(internal::text_order(),
                                                                   internal::kTextLengths);
alignas(64) constexpr ByteCode kFlatByteCode = internal::make_code(internal::flat_order(),
                                                                   internal::flat_lengths());

}  // namespace pith::codec
