// pith for C++20: a header-only wrapper over <pith/pith.h>. Link with libpith; nothing else is
// needed.
//
//     #include <pith/pith.hpp>
//
//     std::string text = ...;
//     pith::Result<std::vector<std::byte>> packed = pith::compress(text);
//     if (!packed) {
//       std::cerr << packed.error().message() << '\n';
//       return 1;
//     }
//     pith::Result<std::vector<std::byte>> back = pith::decompress(*packed);
//
// What it adds to the C interface: objects free themselves (move-only), bytes come as std::span,
// std::string, std::vector or anything else contiguous with elements of one byte, and errors are
// values that cannot be ignored silently (Result is [[nodiscard]]).
//
// Exceptions: nothing here throws, except std::bad_alloc from containers of the C++ standard
// library that this header fills for you (the vectors of compress() and decompress(), stored
// callbacks). An exception that leaves one of your callbacks never crosses the C code: it is caught
// and the call fails with PITH_ERR_CANCELLED (progress, sinks) or PITH_ERR_IO (sources).
//
// Threads: as in C, an object may be used by one thread at a time; different objects are
// independent. A moved-from object may only be assigned to or destroyed.
#ifndef PITH_PITH_HPP
#define PITH_PITH_HPP

#include <pith/pith.h>

#include <cassert>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace pith {

// ---- Errors
// ------------------------------------------------------------------------------------------------

// Why a call failed. A plain value, free to copy.
class Error {
 public:
  // An error that is known by its status alone. status: one of PITH_ERR_*.
  explicit Error(int status) noexcept {
    detail_.status = status;
    detail_.block = PITH_UNKNOWN_POSITION;
    detail_.offset = PITH_UNKNOWN_POSITION;
  }
  // status says what failed; detail is used where it speaks of the same failure.
  Error(int status, const pith_error& detail) noexcept : Error(status) {
    if (detail.status == status) detail_ = detail;
  }

  [[nodiscard]] pith_status status() const noexcept {
    return static_cast<pith_status>(detail_.status);
  }
  // Such as "PITH_ERR_CHECKSUM".
  [[nodiscard]] const char* name() const noexcept { return pith_status_name(detail_.status); }
  // One sentence in English: what went wrong here if that is known, what the status means
  // otherwise.
  [[nodiscard]] const char* message() const noexcept {
    return detail_.text[0] != '\0' ? detail_.text : pith_status_text(detail_.status);
  }
  // errno of a failed callback, else 0.
  [[nodiscard]] int sys_errno() const noexcept { return detail_.sys_errno; }
  // Number of the block within its frame, from 0; PITH_UNKNOWN_POSITION if no block is to blame.
  [[nodiscard]] uint64_t block() const noexcept { return detail_.block; }
  // Offset in the compressed data, bytes; PITH_UNKNOWN_POSITION if unknown.
  [[nodiscard]] uint64_t offset() const noexcept { return detail_.offset; }
  // Bytes that would have sufficed (memory, output or destination limits), or the id of the prior
  // or model that is needed; 0 if unknown.
  [[nodiscard]] uint64_t needed() const noexcept { return detail_.needed; }

 private:
  pith_error detail_{};
};

// A T or an Error. Test it before use:
//     if (!result) return result.error();
//     use(*result);
// value(), * and -> need a value, error() needs an error (asserted).
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) noexcept : state_(std::in_place_index<1>, error) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T& value() & noexcept { return *checked(std::get_if<0>(&state_)); }
  [[nodiscard]] const T& value() const& noexcept { return *checked(std::get_if<0>(&state_)); }
  [[nodiscard]] T&& value() && noexcept { return std::move(*checked(std::get_if<0>(&state_))); }
  [[nodiscard]] T& operator*() & noexcept { return value(); }
  [[nodiscard]] const T& operator*() const& noexcept { return value(); }
  [[nodiscard]] T&& operator*() && noexcept { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() noexcept { return &value(); }
  [[nodiscard]] const T* operator->() const noexcept { return &value(); }

  [[nodiscard]] const Error& error() const noexcept { return *checked(std::get_if<1>(&state_)); }

 private:
  template <typename P>
  static P* checked(P* p) noexcept {
    assert(p != nullptr && "pith::Result holds the other alternative");
    return p;
  }
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() noexcept = default;
  Result(Error error) noexcept : error_(error) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] const Error& error() const noexcept {
    assert(error_.has_value() && "pith::Result holds no error");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

// ---- Bytes
// -------------------------------------------------------------------------------------------------

namespace detail {

// Contiguous ranges whose elements are single bytes: spans, vectors, arrays and strings of
// std::byte, uint8_t or char. C arrays of char are left out, because a literal would bring its
// terminating NUL along: write std::string_view("text").
template <typename R>
concept ByteRange = std::ranges::contiguous_range<R> && std::ranges::sized_range<R> &&
                        sizeof(std::ranges::range_value_t<R>) == 1 &&
                    std::is_trivially_copyable_v<std::ranges::range_value_t<R>> &&
                    !(std::is_array_v<std::remove_cvref_t<R>> &&
                      std::is_same_v<std::remove_cv_t<std::ranges::range_value_t<R>>, char>);

template <typename R>
concept WritableByteRange =
    ByteRange<R> && !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

}  // namespace detail

// Bytes to read, owned by the caller.
class ConstBytes {
 public:
  ConstBytes() noexcept = default;
  template <detail::ByteRange R>
  requires(!std::is_same_v<std::remove_cvref_t<R>, ConstBytes>) ConstBytes(R&& range)
  noexcept : data_(std::ranges::data(range)), size_(std::ranges::size(range)) {}

  [[nodiscard]] const void* data() const noexcept { return data_; }
  [[nodiscard]] size_t size() const noexcept { return size_; }
  [[nodiscard]] std::span<const std::byte> span() const noexcept {
    return {static_cast<const std::byte*>(data_), size_};
  }

 private:
  const void* data_ = nullptr;
  size_t size_ = 0;
};

// Bytes to write, owned by the caller.
class MutableBytes {
 public:
  MutableBytes() noexcept = default;
  template <detail::WritableByteRange R>
  requires(!std::is_same_v<std::remove_cvref_t<R>, MutableBytes>) MutableBytes(R&& range)
  noexcept : data_(std::ranges::data(range)), size_(std::ranges::size(range)) {}

  [[nodiscard]] void* data() const noexcept { return data_; }
  [[nodiscard]] size_t size() const noexcept { return size_; }

 private:
  void* data_ = nullptr;
  size_t size_ = 0;
};

// ---- One shot
// ----------------------------------------------------------------------------------------------

// Largest possible compressed size of src_size bytes; SIZE_MAX on overflow.
[[nodiscard]] inline size_t bound(size_t src_size) noexcept { return pith_bound(src_size); }

// Compresses src into dst as one frame; returns the bytes written. bound(src.size()) bytes always
// suffice.
[[nodiscard]] inline Result<size_t> compress_into(MutableBytes dst, ConstBytes src,
                                                  int level = PITH_LEVEL_DEFAULT) noexcept {
  size_t size = dst.size();
  const int status = pith_compress(dst.data(), &size, src.data(), src.size(), level);
  if (status < 0) return Error(status);
  return size;
}

// Decompresses all frames of src into dst; returns the bytes written.
[[nodiscard]] inline Result<size_t> decompress_into(MutableBytes dst, ConstBytes src) noexcept {
  size_t size = dst.size();
  const int status = pith_decompress(dst.data(), &size, src.data(), src.size());
  if (status >= 0) return size;
  pith_error detail{};
  detail.status = status;
  detail.block = detail.offset = PITH_UNKNOWN_POSITION;
  if (status == PITH_ERR_DST_TOO_SMALL) detail.needed = size;
  return Error(status, detail);
}

// Compresses src as one frame into a vector of its own. level: PITH_LEVEL_MIN..PITH_LEVEL_MAX.
[[nodiscard]] inline Result<std::vector<std::byte>> compress(ConstBytes src,
                                                             int level = PITH_LEVEL_DEFAULT) {
  const size_t capacity = bound(src.size());
  if (capacity > static_cast<size_t>(std::numeric_limits<std::ptrdiff_t>::max())) {
    return Error(PITH_ERR_MEMORY);
  }
  std::vector<std::byte> packed(capacity);
  Result<size_t> size = compress_into(packed, src, level);
  if (!size) return size.error();
  packed.resize(*size);
  packed.shrink_to_fit();
  return packed;
}

// What the frame at the start of src says of itself; see pith_probe().
[[nodiscard]] inline Result<pith_info> probe(ConstBytes src) noexcept {
  pith_info info{};
  const int status = pith_probe(&info, src.data(), src.size());
  if (status < 0) return Error(status);
  return info;
}

// What users call a model or a prior that is part of pith ("small"; "prose", "wiki", "code"), by
// its id in pith_info or pith_block_info; empty for any other.
[[nodiscard]] inline std::string_view model_name(uint64_t id) noexcept {
  const char* name = pith_model_name(id);
  return name != nullptr ? name : std::string_view();
}
[[nodiscard]] inline std::string_view prior_name(uint64_t id) noexcept {
  const char* name = pith_prior_name(id);
  return name != nullptr ? name : std::string_view();
}

// ---- Priors
// ------------------------------------------------------------------------------------------------

namespace detail {

struct Free {
  void operator()(pith_encoder* p) const noexcept { pith_encoder_free(p); }
  void operator()(pith_decoder* p) const noexcept { pith_decoder_free(p); }
  void operator()(pith_reader* p) const noexcept { pith_reader_free(p); }
  void operator()(pith_prior* p) const noexcept { pith_prior_free(p); }
  void operator()(pith_model* p) const noexcept { pith_model_free(p); }
};

}  // namespace detail

// What samples taught, for data like them: see pith_prior_new().
//
//     auto trained = pith::train_prior(samples, sizes);       // check it; keep trained->file
//     auto prior = pith::Prior::read(trained->file);
//     auto set = encoder->set_prior(&*prior);                 // and the decoder likewise
//
// Objects on several threads may use one prior. It must outlive its use by all of them.
class Prior {
 public:
  // file is not copied and must outlive the prior; aligned to 64 bytes it is fastest.
  [[nodiscard]] static Result<Prior> read(ConstBytes file,
                                          const pith_allocator* allocator = nullptr) noexcept {
    int status = PITH_OK;
    pith_error error{};
    Prior prior(pith_prior_new(file.data(), file.size(), allocator, &status, &error));
    if (!prior.handle_) return Error(status, error);
    return prior;
  }

  // What frames call it: never 0, and the same for the same bytes.
  [[nodiscard]] uint64_t id() const noexcept { return pith_prior_id(get()); }
  // The C object, still owned by this one.
  [[nodiscard]] const pith_prior* get() const noexcept { return handle_.get(); }

 private:
  explicit Prior(pith_prior* handle) noexcept : handle_(handle) {}

  std::unique_ptr<pith_prior, detail::Free> handle_;
};

// ---- Models
// ------------------------------------------------------------------------------------------------

// A network of one's own and its vocabulary, made by pith-model: see pith_model_new().
//
//     auto model = pith::Model::read(file);
//     auto set = encoder->set_model(&*model);                 // and the decoder likewise
//
// Objects on several threads may use one model. It must outlive its use by all of them.
class Model {
 public:
  // file is not copied and must outlive the model.
  [[nodiscard]] static Result<Model> read(ConstBytes file,
                                          const pith_allocator* allocator = nullptr) noexcept {
    int status = PITH_OK;
    pith_error error{};
    Model model(pith_model_new(file.data(), file.size(), allocator, &status, &error));
    if (!model.handle_) return Error(status, error);
    return model;
  }

  // What frames call it: the same for the same bytes.
  [[nodiscard]] uint64_t id() const noexcept { return pith_model_id(get()); }
  // The C object, still owned by this one.
  [[nodiscard]] const pith_model* get() const noexcept { return handle_.get(); }

 private:
  explicit Model(pith_model* handle) noexcept : handle_(handle) {}

  std::unique_ptr<pith_model, detail::Free> handle_;
};

// ---- Training of priors
// ------------------------------------------------------------------------------------------------

struct TrainingOptions {
  size_t max_size =
      size_t{4} << 20;        // of the prior, PITH_PRIOR_SIZE_MIN..PITH_PRIOR_SIZE_MAX bytes
  uint64_t memory_limit = 0;  // bytes to work in beside the samples, 0: none
  // Called with the share done, 0 to 1; returning false cancels (PITH_ERR_CANCELLED). May be empty.
  std::function<bool(double done)> progress;
};

struct TrainedPrior {
  std::vector<std::byte> file;    // what Prior::read() takes
  pith_training_report report{};  // what it is worth
};

// Makes a prior of samples: documents one after another, of so many bytes each. The same samples
// give the same prior. PITH_ERR_PARAM: too few samples, or no text among them.
[[nodiscard]] inline Result<TrainedPrior> train_prior(ConstBytes samples,
                                                      std::span<const uint64_t> sizes,
                                                      const TrainingOptions& options = {}) {
  TrainedPrior trained;
  trained.file.resize(options.max_size);
  pith_training training{};
  training.samples = samples.data();
  training.samples_size = samples.size();
  training.sizes = sizes.data();
  training.count = sizes.size();
  training.memory_limit = options.memory_limit;
  if (options.progress) {
    training.progress = [](void* opaque, double done) noexcept -> int {
      try {
        return static_cast<const TrainingOptions*>(opaque)->progress(done) ? 0 : 1;
      } catch (...) {
        return 1;
      }
    };
    training.progress_opaque = const_cast<TrainingOptions*>(&options);
  }
  size_t size = trained.file.size();
  pith_error error{};
  const int status =
      pith_train_prior(trained.file.data(), &size, &training, &trained.report, &error);
  if (status < 0) return Error(status, error);
  trained.file.resize(size);
  trained.file.shrink_to_fit();
  return trained;
}

// ---- Streaming
// ---------------------------------------------------------------------------------------------

// Bytes handed in, and how many of them were taken (pos). Refill it when left() is 0.
struct Input : pith_in {
  Input() noexcept : pith_in{nullptr, 0, 0} {}
  explicit Input(ConstBytes bytes) noexcept : pith_in{bytes.data(), bytes.size(), 0} {}
  [[nodiscard]] size_t left() const noexcept { return size - pos; }
};

// Room for output, and how much of it was filled (pos).
struct Output : pith_out {
  Output() noexcept : pith_out{nullptr, 0, 0} {}
  explicit Output(MutableBytes bytes) noexcept : pith_out{bytes.data(), bytes.size(), 0} {}
  [[nodiscard]] size_t left() const noexcept { return size - pos; }
  // What was written so far.
  [[nodiscard]] std::span<const std::byte> written() const noexcept {
    return {static_cast<const std::byte*>(data), pos};
  }
};

enum class State {
  kMore,  // go on: give input, take output
  kEnd,   // everything is finished
};

// Called now and then from the thread that called pith; returning false cancels
// (PITH_ERR_CANCELLED).
using Progress = std::function<bool(const pith_progress_info&)>;

namespace detail {

inline int call_progress(void* opaque, const pith_progress_info* info) noexcept {
  try {
    return (*static_cast<Progress*>(opaque))(*info) ? 0 : 1;
  } catch (...) {
    return 1;
  }
}

}  // namespace detail

// Compresses a stream into a frame.
//
//     auto encoder = pith::Encoder::create();                 // check it
//     for (bool last = false; !last;) {
//       pith::Input in(read_some());                          // any size, even empty
//       last = at_end();
//       pith::State state;
//       do {
//         pith::Output out(buffer);
//         auto step = encoder->run(out, in, last ? PITH_FINISH : PITH_RUN);
//         if (!step) return step.error();
//         write(out.written());
//         state = *step;
//       } while (last ? state != pith::State::kEnd : in.left() > 0);
//     }
class Encoder {
 public:
  // allocator: where all memory of the encoder comes from; null: the system's. It is copied.
  [[nodiscard]] static Result<Encoder> create(const pith_allocator* allocator = nullptr) noexcept {
    Encoder encoder(pith_encoder_new(allocator));
    if (!encoder.handle_) return Error(PITH_ERR_MEMORY);
    return encoder;
  }

  // PITH_PARAM_LEVEL, BLOCK_SIZE, THREADS, MEMLIMIT, VERIFY, BUILT_IN_PRIORS; before the first byte
  // of a frame.
  Result<void> set(pith_param param, uint64_t value) noexcept {
    return check(pith_encoder_set(get(), param, value));
  }
  // A prior of one's own where it serves, instead of the built-in ones; null: none. Before the
  // first byte of a frame; kept by reset().
  Result<void> set_prior(const Prior* prior) noexcept {
    return check(pith_encoder_set_prior(get(), prior != nullptr ? prior->get() : nullptr));
  }
  // A model of one's own for levels 5 to 9, null: the built-in one. Likewise.
  Result<void> set_model(const Model* model) noexcept {
    return check(pith_encoder_set_model(get(), model != nullptr ? model->get() : nullptr));
  }
  // An empty function ends the calls.
  Result<void> on_progress(Progress progress) {
    auto kept = progress ? std::make_unique<Progress>(std::move(progress)) : nullptr;
    const int status =
        pith_encoder_progress(get(), kept ? detail::call_progress : nullptr, kept.get());
    if (status >= 0) progress_ = std::move(kept);
    return check(status);
  }
  // Takes from in, gives to out, advances both. See pith_encoder_run() for the contract; after an
  // error other than PITH_ERR_NO_PROGRESS only reset() is left.
  Result<State> run(Output& out, Input& in, pith_op op) noexcept {
    const int status = pith_encoder_run(get(), &out, &in, op);
    if (status < 0) return last_error(status);
    return status == PITH_END ? State::kEnd : State::kMore;
  }
  // Ready for a new frame; parameters, callback and memory are kept.
  Result<void> reset() noexcept { return check(pith_encoder_reset(get())); }
  // Bytes it will use with its present parameters and that many workers.
  [[nodiscard]] uint64_t memory(unsigned threads = 1) const noexcept {
    return pith_encoder_memory(get(), threads);
  }
  // The C object, still owned by this one.
  [[nodiscard]] pith_encoder* get() const noexcept { return handle_.get(); }

 private:
  explicit Encoder(pith_encoder* handle) noexcept : handle_(handle) {}
  [[nodiscard]] Error last_error(int status) const noexcept {
    pith_error error{};
    pith_encoder_error(get(), &error);
    return {status, error};
  }
  [[nodiscard]] Result<void> check(int status) const noexcept {
    if (status < 0) return last_error(status);
    return {};
  }

  std::unique_ptr<Progress> progress_;  // outlives the handle that calls it
  std::unique_ptr<pith_encoder, detail::Free> handle_;
};

// Decompresses a stream of frames, one after another. Used like Encoder; pass PITH_FINISH with the
// last bytes there are, until State::kEnd.
class Decoder {
 public:
  // allocator: where all memory of the decoder comes from; null: the system's. It is copied.
  [[nodiscard]] static Result<Decoder> create(const pith_allocator* allocator = nullptr) noexcept {
    Decoder decoder(pith_decoder_new(allocator));
    if (!decoder.handle_) return Error(PITH_ERR_MEMORY);
    return decoder;
  }

  // PITH_PARAM_THREADS, MEMLIMIT, MAX_OUTPUT, IGNORE_TRAILING; before the first byte, except
  // MEMLIMIT, which may be raised after run() failed with PITH_ERR_MEMLIMIT; then call run() again
  // with the same in and out.
  Result<void> set(pith_param param, uint64_t value) noexcept {
    return check(pith_decoder_set(get(), param, value));
  }
  // The prior that frames made with one need (PITH_ERR_PRIOR otherwise), null for none. Before the
  // first byte; kept by reset().
  Result<void> set_prior(const Prior* prior) noexcept {
    return check(pith_decoder_set_prior(get(), prior != nullptr ? prior->get() : nullptr));
  }
  // The model that frames made with one of the user's own need, null for none. Before the first
  // byte, or after PITH_ERR_MODEL: run() then goes on. Kept by reset().
  Result<void> set_model(const Model* model) noexcept {
    return check(pith_decoder_set_model(get(), model != nullptr ? model->get() : nullptr));
  }
  // An empty function ends the calls.
  Result<void> on_progress(Progress progress) {
    auto kept = progress ? std::make_unique<Progress>(std::move(progress)) : nullptr;
    const int status =
        pith_decoder_progress(get(), kept ? detail::call_progress : nullptr, kept.get());
    if (status >= 0) progress_ = std::move(kept);
    return check(status);
  }
  // Takes from in, gives to out, advances both. See pith_decoder_run() for the contract. What it
  // hands out has passed its checksum.
  Result<State> run(Output& out, Input& in, pith_op op) noexcept {
    const int status = pith_decoder_run(get(), &out, &in, op);
    if (status < 0) return last_error(status);
    return status == PITH_END ? State::kEnd : State::kMore;
  }
  // Ready for a new stream; parameters, callback and memory are kept.
  Result<void> reset() noexcept { return check(pith_decoder_reset(get())); }
  // Bytes decoding needs per worker: an upper estimate before the header was seen, exact after.
  [[nodiscard]] uint64_t memory() const noexcept { return pith_decoder_memory(get()); }
  // Header of the frame in work; PITH_ERR_STATE before it was seen.
  [[nodiscard]] Result<pith_info> info() const noexcept {
    pith_info info{};
    const int status = pith_decoder_info(get(), &info);
    if (status < 0) return Error(status);
    return info;
  }
  // The C object, still owned by this one.
  [[nodiscard]] pith_decoder* get() const noexcept { return handle_.get(); }

 private:
  explicit Decoder(pith_decoder* handle) noexcept : handle_(handle) {}
  [[nodiscard]] Error last_error(int status) const noexcept {
    pith_error error{};
    pith_decoder_error(get(), &error);
    return {status, error};
  }
  [[nodiscard]] Result<void> check(int status) const noexcept {
    if (status < 0) return last_error(status);
    return {};
  }

  std::unique_ptr<Progress> progress_;  // outlives the handle that calls it
  std::unique_ptr<pith_decoder, detail::Free> handle_;
};

// Decompresses all frames of src into a vector of its own, which grows with what was decoded and
// checked, so a size claimed by damaged data allocates nothing. max_output, bytes: more gives
// PITH_ERR_OUTPUT_LIMIT; set it for data you do not trust.
[[nodiscard]] inline Result<std::vector<std::byte>> decompress(ConstBytes src,
                                                               uint64_t max_output = UINT64_MAX) {
  constexpr size_t kFirstRoom = size_t{64} << 10;
  Result<Decoder> decoder = Decoder::create();
  if (!decoder) return decoder.error();
  if (Result<void> set = decoder->set(PITH_PARAM_MAX_OUTPUT, max_output); !set) return set.error();
  std::vector<std::byte> raw;
  size_t used = 0;
  Input in(src);
  for (;;) {
    if (used == raw.size()) raw.resize(raw.empty() ? kFirstRoom : raw.size() * 2);
    Output out(std::span<std::byte>(raw).subspan(used));
    Result<State> state = decoder->run(out, in, PITH_FINISH);
    if (!state) return state.error();
    used += out.pos;
    if (*state == State::kEnd) break;
  }
  raw.resize(used);
  raw.shrink_to_fit();
  return raw;
}

// ---- Random access
// -----------------------------------------------------------------------------------------

// Where compressed data is read from.
struct Source {
  // Reads up to dst.size() bytes at offset into dst. Returns the number read (0 only at the end of
  // the data) or a negative errno. Called from the thread that called pith.
  std::function<int64_t(std::span<std::byte> dst, uint64_t offset)> read_at;
  uint64_t size = 0;  // of the compressed data, bytes

  // Compressed data in memory; the bytes must outlive the Source and every Reader made from it.
  [[nodiscard]] static Source memory(ConstBytes bytes) {
    return {[all = bytes.span()](std::span<std::byte> dst, uint64_t offset) -> int64_t {
              if (offset >= all.size()) return 0;
              const size_t start = static_cast<size_t>(offset);
              const size_t n = dst.size() < all.size() - start ? dst.size() : all.size() - start;
              std::memcpy(dst.data(), all.data() + start, n);
              return static_cast<int64_t>(n);
            },
            bytes.size()};
  }
};

namespace detail {

inline int64_t call_source(void* opaque, void* dst, size_t size, uint64_t offset) noexcept {
  try {
    return static_cast<Source*>(opaque)->read_at({static_cast<std::byte*>(dst), size}, offset);
  } catch (...) {
    return -EIO;
  }
}

}  // namespace detail

// Reads any range of the raw data of seekable compressed data, decoding only the blocks it touches.
//
//     auto reader = pith::Reader::open(pith::Source::memory(packed));
//     if (!reader) return reader.error();
//     std::array<std::byte, 100> buffer;
//     auto n = reader->read(buffer, 1'000'000);               // bytes 1,000,000 .. 1,000,099 of
//     the raw data
class Reader {
 public:
  // Reads the footers, no payload. allocator: null: the system's. It is copied.
  [[nodiscard]] static Result<Reader> open(Source source,
                                           const pith_allocator* allocator = nullptr) {
    auto kept = std::make_unique<Source>(std::move(source));
    const pith_source raw{detail::call_source, kept.get(), kept->size};
    int status = PITH_OK;
    pith_error error{};
    Reader reader(std::move(kept), pith_reader_open(&raw, allocator, &status, &error));
    if (!reader.handle_) return Error(status, error);
    return reader;
  }

  // PITH_PARAM_MEMLIMIT, PITH_PARAM_THREADS; at any time.
  Result<void> set(pith_param param, uint64_t value) noexcept {
    return check(pith_reader_set(get(), param, value));
  }
  // As of a decoder; at any time.
  Result<void> set_prior(const Prior* prior) noexcept {
    return check(pith_reader_set_prior(get(), prior != nullptr ? prior->get() : nullptr));
  }
  Result<void> set_model(const Model* model) noexcept {
    return check(pith_reader_set_model(get(), model != nullptr ? model->get() : nullptr));
  }
  // Raw bytes over all frames.
  [[nodiscard]] uint64_t size() const noexcept { return pith_reader_size(get()); }
  [[nodiscard]] uint64_t frames() const noexcept { return pith_reader_frames(get()); }
  // Over all frames.
  [[nodiscard]] uint64_t blocks() const noexcept { return pith_reader_blocks(get()); }
  // frame: 0 .. frames() - 1.
  [[nodiscard]] Result<pith_info> frame_info(uint64_t frame) const noexcept {
    pith_info info{};
    const int status = pith_reader_frame_info(get(), frame, &info);
    if (status < 0) return last_error(status);
    return info;
  }
  // index: 0 .. blocks() - 1. Reads the block's header.
  [[nodiscard]] Result<pith_block_info> block_info(uint64_t index) noexcept {
    pith_block_info info{};
    const int status = pith_reader_block_info(get(), index, &info);
    if (status < 0) return last_error(status);
    return info;
  }
  // Reads raw bytes [offset, offset + dst.size()); returns how many, fewer only at the end of the
  // data.
  [[nodiscard]] Result<size_t> read(MutableBytes dst, uint64_t offset) noexcept {
    size_t done = 0;
    const int status = pith_reader_read(get(), dst.data(), dst.size(), offset, &done);
    if (status < 0) return last_error(status);
    return done;
  }
  // The C object, still owned by this one.
  [[nodiscard]] pith_reader* get() const noexcept { return handle_.get(); }

 private:
  Reader(std::unique_ptr<Source> source, pith_reader* handle) noexcept
      : source_(std::move(source)), handle_(handle) {}
  [[nodiscard]] Error last_error(int status) const noexcept {
    pith_error error{};
    pith_reader_error(get(), &error);
    return {status, error};
  }
  [[nodiscard]] Result<void> check(int status) const noexcept {
    if (status < 0) return last_error(status);
    return {};
  }

  std::unique_ptr<Source> source_;  // outlives the handle that calls it
  std::unique_ptr<pith_reader, detail::Free> handle_;
};

// ---- Recovery
// ----------------------------------------------------------------------------------------------

// Receives what pith_recover() finds. Returning false from either stops with PITH_ERR_CANCELLED.
struct RecoverSink {
  // data: raw bytes at raw_offset of the frame; they have passed their checksums.
  std::function<bool(uint64_t frame, uint64_t raw_offset, std::span<const std::byte> data)> on_data;
  std::function<bool(const pith_lost&)> on_lost;
};

// Hands out every undamaged block of source in order and lists the gaps. Returns true if nothing
// was lost. memlimit, bytes: 0 = none. prior, model: for data made with such of the user's own;
// PITH_ERR_PRIOR, PITH_ERR_MODEL: it is needed.
[[nodiscard]] inline Result<bool> recover(Source source, RecoverSink sink, uint64_t memlimit = 0,
                                          const pith_allocator* allocator = nullptr,
                                          const Prior* prior = nullptr,
                                          const Model* model = nullptr) noexcept {
  const pith_source raw_source{detail::call_source, &source, source.size};
  const pith_recover_sink raw_sink{
      [](void* opaque, uint64_t frame, uint64_t raw_offset, const void* data,
         size_t size) noexcept -> int {
        try {
          const auto& on_data = static_cast<RecoverSink*>(opaque)->on_data;
          return !on_data || on_data(frame, raw_offset, {static_cast<const std::byte*>(data), size})
                     ? 0
                     : 1;
        } catch (...) {
          return 1;
        }
      },
      [](void* opaque, const pith_lost* lost) noexcept -> int {
        try {
          const auto& on_lost = static_cast<RecoverSink*>(opaque)->on_lost;
          return !on_lost || on_lost(*lost) ? 0 : 1;
        } catch (...) {
          return 1;
        }
      },
      &sink};
  pith_error error{};
  const int status =
      pith_recover(&raw_source, &raw_sink, prior != nullptr ? prior->get() : nullptr,
                   model != nullptr ? model->get() : nullptr, allocator, memlimit, &error);
  if (status == PITH_ERR_CORRUPT) return false;
  if (status < 0) return Error(status, error);
  return true;
}

}  // namespace pith

#endif  // PITH_PITH_HPP
