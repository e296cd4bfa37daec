// What was done to each file: lines for -v, a document for --json.
#pragma once

#include <string>

#include "cli/coding.h"
#include "cli/context.h"
#include "cli/json.h"

namespace pith::cli {

struct JobResult {
  std::string name;
  std::string output;  // empty: none
  Counts counts;
  double seconds = 0;
  bool complete = false;
};

class JobReport {
 public:
  explicit JobReport(Context* context);
  void add(const JobResult& result);
  void finish();

 private:
  void add_json(const JobResult& result);
  void add_line(const JobResult& result);

  Context* context_;
  JsonWriter json_;
};

}  // namespace pith::cli
