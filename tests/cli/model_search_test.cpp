// Model files are found by name and by the id they end with, in the order of the directories.
#include "cli/model_search.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace pith::cli {
namespace {

namespace fs = std::filesystem;

class ModelSearch : public testing::Test {
 protected:
  ModelSearch() {
    root_ = fs::path(testing::TempDir()) / ("model-search-" + std::to_string(::getpid()));
    for (const char* name : {"user", "system"}) {
      fs::create_directories(root_ / name);
      directories_.push_back(root_ / name);
    }
  }
  ~ModelSearch() override { fs::remove_all(root_); }

  // A file whose last eight bytes are the id.
  std::string add(const std::string& name, uint64_t id) {
    const fs::path path = root_ / name;
    std::ofstream file(path, std::ios::binary);
    file << "what comes before";
    for (int i = 0; i < 8; ++i) file.put(static_cast<char>(id >> (8 * i) & 0xFF));
    return path;
  }

  fs::path root_;
  std::vector<std::string> directories_;
};

TEST_F(ModelSearch, ByName) {
  EXPECT_EQ(find_model_by_name(directories_, "logs"), "");
  const std::string system = add("system/logs.pithmodel", 1);
  EXPECT_EQ(find_model_by_name(directories_, "logs"), system);
  const std::string user = add("user/logs.pithmodel", 2);
  EXPECT_EQ(find_model_by_name(directories_, "logs"), user);
  EXPECT_EQ(find_model_by_name(directories_, "logs.pithmodel"), "");
}

TEST_F(ModelSearch, ById) {
  constexpr uint64_t kId = 0xFEDCBA9876543210;
  EXPECT_EQ(find_model_by_id(directories_, kId), "");
  add("user/other.pithmodel", kId - 1);
  add("user/not-a-model.txt", kId);
  fs::create_directory(root_ / "user" / "directory.pithmodel");
  std::ofstream short_file(root_ / "user" / "short.pithmodel");
  short_file << "1234567";
  short_file.close();
  EXPECT_EQ(find_model_by_id(directories_, kId), "");
  const std::string system = add("system/a.pithmodel", kId);
  EXPECT_EQ(find_model_by_id(directories_, kId), system);
  const std::string second = add("user/second.pithmodel", kId);
  EXPECT_EQ(find_model_by_id(directories_, kId), second);
  const std::string first = add("user/first.pithmodel", kId);
  EXPECT_EQ(find_model_by_id(directories_, kId), first);
}

TEST_F(ModelSearch, DirectoriesThatAreNotThereHaveNoModels) {
  const std::vector<std::string> nowhere = {root_ / "nowhere"};
  EXPECT_EQ(find_model_by_name(nowhere, "logs"), "");
  EXPECT_EQ(find_model_by_id(nowhere, 1), "");
}

TEST(ModelDirectories, AreAbsoluteAndTheSystemsComesLast) {
  const std::vector<std::string> directories = model_directories();
  ASSERT_GE(directories.size(), 1u);
  for (const std::string& directory : directories) {
    EXPECT_TRUE(fs::path(directory).is_absolute());
    EXPECT_TRUE(directory.ends_with("pith/models"));
  }
  EXPECT_EQ(directories.back(), PITH_MODEL_DIRECTORY);
}

}  // namespace
}  // namespace pith::cli
