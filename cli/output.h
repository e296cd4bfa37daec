// Where data goes: a file, a stream, or nowhere.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "cli/context.h"
#include "cli/input_file.h"
#include "cli/sparse_writer.h"
#include "cli/temp_file.h"

namespace pith::cli {

// An output that is destroyed before finish() succeeded leaves nothing behind where that is
// possible. Functions report errors and return false.
class Output {
 public:
  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  virtual ~Output() = default;

  [[nodiscard]] virtual bool write(std::span<const uint8_t> data) = 0;
  // Completes the output; source is where its attributes come from.
  [[nodiscard]] virtual bool finish(const InputFile& source) = 0;
  // For messages; empty if there is none.
  [[nodiscard]] virtual std::string name() const = 0;
  // Descriptor to read what was written before finish(); -1 if that is not possible.
  [[nodiscard]] virtual int readable_fd() const { return -1; }
  // Whether a regular file holds all that was written, once finished.
  [[nodiscard]] virtual bool is_file() const { return false; }
};

// Throws data away.
class NullOutput final : public Output {
 public:
  [[nodiscard]] bool write(std::span<const uint8_t> /*data*/) override { return true; }
  [[nodiscard]] bool finish(const InputFile& /*source*/) override { return true; }
  [[nodiscard]] std::string name() const override { return {}; }
};

// Standard output, or a device or pipe that was named.
class StreamOutput final : public Output {
 public:
  [[nodiscard]] static std::unique_ptr<StreamOutput> standard_output(Context* context);
  [[nodiscard]] static std::unique_ptr<StreamOutput> open(const std::string& name,
                                                          Context* context);
  ~StreamOutput() override;
  [[nodiscard]] bool write(std::span<const uint8_t> data) override;
  [[nodiscard]] bool finish(const InputFile& source) override;
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  StreamOutput(int fd, bool owned, bool holes, std::string name, Context* context);
  bool report(int error);

  Context* context_;
  std::string name_;
  int fd_;
  bool owned_;
  SparseWriter writer_;
};

// A file that appears when it is complete.
class FileOutput final : public Output {
 public:
  // source: must not be replaced by its own successor. Asks on a terminal before an existing file
  // is replaced.
  [[nodiscard]] static std::unique_ptr<FileOutput> open(const std::string& name,
                                                        const InputFile& source, Context* context);
  [[nodiscard]] bool write(std::span<const uint8_t> data) override;
  [[nodiscard]] bool finish(const InputFile& source) override;
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] int readable_fd() const override { return file_.fd(); }
  [[nodiscard]] bool is_file() const override { return true; }

 private:
  FileOutput(std::string name, Context* context) : context_(context), name_(std::move(name)) {}
  [[nodiscard]] bool may_replace(const struct stat& existing, const InputFile& source);
  bool report(std::string_view what, int error);

  Context* context_;
  std::string name_;
  TempFile file_;
  SparseWriter writer_{-1, false};
  bool replace_ = false;
};

}  // namespace pith::cli
