// Encoders and decoders of the library, owned, and set up as the options say.
#pragma once

#include <pith/pith.h>

#include <cstdint>
#include <memory>
#include <optional>

#include "cli/context.h"
#include "cli/input_file.h"

namespace pith::cli {

struct FreeCoder {
  void operator()(pith_encoder* encoder) const { pith_encoder_free(encoder); }
  void operator()(pith_decoder* decoder) const { pith_decoder_free(decoder); }
  void operator()(pith_reader* reader) const { pith_reader_free(reader); }
};
using Encoder = std::unique_ptr<pith_encoder, FreeCoder>;
using Decoder = std::unique_ptr<pith_decoder, FreeCoder>;
using Reader = std::unique_ptr<pith_reader, FreeCoder>;

// Processors this process may run on.
[[nodiscard]] unsigned available_processors();

// The threads the options ask for, before memory is considered.
[[nodiscard]] unsigned wanted_threads(const Options& options);

// Memory in bytes that the user allows, or else half of the machine's: beyond that, fewer threads
// are used.
[[nodiscard]] uint64_t memory_goal(const Options& options);

// Null after a report. verify: decode each block before it is handed out. allocator may be null.
[[nodiscard]] Encoder make_encoder(const Context& context, int level, bool verify,
                                   const pith_allocator* allocator);
[[nodiscard]] Decoder make_decoder(const Context& context, const pith_allocator* allocator);
// Opens a regular file by its index. Null after a report.
[[nodiscard]] Reader make_reader(InputFile* input, const Context& context);

// The level the options choose.
[[nodiscard]] int chosen_level(const Options& options);

// What to do after PITH_ERR_MODEL: true if the model was found, which the coder then has.
[[nodiscard]] bool supply_model(const Context& context, pith_decoder* decoder);
[[nodiscard]] bool supply_model(const Context& context, pith_reader* reader);

// What to do after PITH_ERR_MEMLIMIT: true if the user set no limit, which is then lifted.
[[nodiscard]] bool lift_memory_goal(const Options& options, pith_decoder* decoder);

// Whether --no-adjust forbids the number of threads that decoding with the limit would mean. Call
// when the header was seen; reports.
[[nodiscard]] bool too_many_threads(const Context& context, const pith_decoder* decoder,
                                    const InputFile& input);

}  // namespace pith::cli
