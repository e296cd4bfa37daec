#include "cli/models.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <filesystem>
#include <vector>

#include "cli/model_search.h"

namespace pith::cli {
namespace {

bool names_a_file(const std::string& name) {
  struct stat status = {};
  return name.find('/') != std::string::npos ||
         (::stat(name.c_str(), &status) == 0 && S_ISREG(status.st_mode));
}

bool is_built_in(const std::string& name) {
  pith_level_info best = {};
  (void)pith_level(PITH_LEVEL_MAX, &best);
  const char* built_in = pith_model_name(best.model_id);
  return built_in != nullptr && name == built_in;
}

std::string stem_of(const std::string& path) { return std::filesystem::path(path).stem(); }

std::string joined(const std::vector<std::string>& directories) {
  return fmt::format("{}", fmt::join(directories, " and "));
}

}  // namespace

bool Models::choose(const std::string& name_or_file) {
  std::string path = name_or_file;
  if (!names_a_file(path)) {
    if (is_built_in(name_or_file)) return true;
    const std::vector<std::string> directories = model_directories();
    path = find_model_by_name(directories, name_or_file);
    if (path.empty()) {
      messages_->error("", fmt::format("--model: there is no file {0}, no built-in model of that "
                                       "name, and no {0}.pithmodel in {1}",
                                       printable(name_or_file), joined(directories)));
      return false;
    }
  }
  std::unique_ptr<ModelFile> file = ModelFile::read(path, memlimit_, messages_);
  if (file == nullptr) return false;
  chosen_ = file->object();
  const uint64_t id = pith_model_id(chosen_);
  names_[id] = stem_of(path);
  files_[id] = std::move(file);
  return true;
}

const pith_model* Models::with_id(uint64_t id) {
  auto [at, is_new] = files_.try_emplace(id);
  if (is_new) {
    const std::string path = find_model_by_id(model_directories(), id);
    if (!path.empty()) at->second = ModelFile::read(path, memlimit_, messages_);
  }
  return at->second != nullptr ? at->second->object() : nullptr;
}

const std::string& Models::name_of(uint64_t id) {
  auto [at, is_new] = names_.try_emplace(id);
  if (is_new && id != 0) {
    const char* built_in = pith_model_name(id);
    at->second = built_in != nullptr ? std::string(built_in)
                                     : stem_of(find_model_by_id(model_directories(), id));
  }
  return at->second;
}

std::string missing_model_advice() {
  return fmt::format("it is not in {}; --model FILE names it", joined(model_directories()));
}

}  // namespace pith::cli
