#include "model_cli/coded_sizes.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <new>

#include "container/methods/content.h"
#include "container/methods/neural_method.h"
#include "container/methods/ngram_method.h"
#include "container/priors/built_in_priors.h"
#include "model/language_model.h"
#include "model/train/parallel.h"
#include "model_cli/files.h"

namespace pith::model_cli {
namespace {

class Coder {
 public:
  explicit Coder(const model::LanguageModel& network)
      : network_(network),
        room_(container::neural_memory({.network = &network, .raw_size = kCodedPiece})),
        memory_(static_cast<uint8_t*>(std::aligned_alloc(64, (room_ + 63) / 64 * 64)), std::free),
        coded_(kCodedPiece + kCodedPiece / 8 + 1024) {
    if (memory_ == nullptr) throw std::bad_alloc();
  }

  void add(std::span<const uint8_t> piece, CodedSize* size) {
    const ngram::ContentKind kind = container::detect_content(piece);
    const uint8_t index = container::choose_built_in_prior(kind, piece);
    const container::Prior* prior = index == 0 ? nullptr : &container::built_in_prior(index);
    const auto raw_size = static_cast<uint32_t>(piece.size());
    const size_t ngrams = container::ngram_encode(
        {.level = ngram::kNgramLevels, .kind = kind, .raw_size = raw_size, .prior = prior}, piece,
        coded_, {memory_.get(), room_}, nullptr);
    // As pith does, the network is asked about text and structured data alone.
    const bool text = kind == ngram::ContentKind::kText || kind == ngram::ContentKind::kStructured;
    const size_t both =
        !text ? ngrams
              : container::neural_encode(
                    {.network = &network_, .kind = kind, .raw_size = raw_size, .prior = prior},
                    piece, coded_, {memory_.get(), room_}, nullptr, nullptr);
    size->raw += piece.size();
    size->ngrams += ngrams;
    size->both += both;
  }

 private:
  const model::LanguageModel& network_;
  size_t room_;
  std::unique_ptr<uint8_t[], void (*)(void*)> memory_;
  std::vector<uint8_t> coded_;
};

CodedSize size_of(const std::string& path, uint64_t limit, Coder* coder) {
  const std::vector<uint8_t> file = read_file(path);
  const std::span<const uint8_t> all(file.data(),
                                     static_cast<size_t>(std::min<uint64_t>(file.size(), limit)));
  CodedSize size;
  size.name = std::filesystem::path(path).stem().string();
  for (size_t at = 0; at < all.size(); at += kCodedPiece) {
    coder->add(all.subspan(at, std::min(kCodedPiece, all.size() - at)), &size);
  }
  return size;
}

}  // namespace

std::vector<CodedSize> coded_sizes(const std::string& model, const std::vector<std::string>& files,
                                   uint64_t limit, size_t threads) {
  std::unique_ptr<const model::LanguageModel> network;
  if (const auto error = model::LanguageModel::read(read_file(model), &network); !error.ok()) {
    throw Failure(model, error);
  }
  std::vector<CodedSize> sizes(files.size());
  std::atomic<size_t> next = 0;
  std::mutex mutex;  // of failure
  std::exception_ptr failure;
  train::run_parallel(std::clamp<size_t>(files.size(), 1, threads), [&](size_t) {
    try {
      Coder coder(*network);
      for (size_t i = next++; i < files.size(); i = next++) {
        sizes[i] = size_of(files[i], limit, &coder);
      }
    } catch (...) {
      next = files.size();
      const std::scoped_lock lock(mutex);
      failure = std::current_exception();
    }
  });
  if (failure != nullptr) std::rethrow_exception(failure);
  return sizes;
}

}  // namespace pith::model_cli
