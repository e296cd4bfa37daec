// Files that a model must not have learned from, benchmarks as a rule, are searched for in its
// texts before it learns, and a report of the search stays beside the model.
//
// The report is a text of lines with fields between tabs, in this order:
//
//   pith-model overlap 1
//   text     HASH BYTES NAME                    a text that was learned from
//   apart    HASH BYTES SHARED LONGEST NAME     a file kept apart; SHARED bytes of it are in
//   strings
//                                               of 48 bytes and more that are in the texts too
//   shared   LENGTH NAME OFFSET TEXT OFFSET     such a string: in the file, and in the text
//   clean    no more than licences, markup and quotations
//
// HASH is XXH3-128, NAME the path as it was given.
#pragma once

#include <string>
#include <vector>

namespace pith::model_cli {

// Where the report about a vocabulary, checkpoint or model file is.
[[nodiscard]] std::string apart_report_name(const std::string& output);

// Searches texts for the files of `apart` (folders stand for all files in them) and writes the
// report for output. Throws Failure for a file that cannot be read, and std::runtime_error with
// names and offsets where one of them is in the texts by the rule of corpora/overlap_report.h.
void keep_apart(const std::vector<std::string>& texts, const std::vector<std::string>& apart,
                const std::string& output);

// For learning without such a search: the report for output is removed, if there is one, unless
// these are the texts it is about.
void drop_apart_report(const std::vector<std::string>& texts, const std::string& output);

// A model made from another file takes its report along; where there is none, none is left.
void copy_apart_report(const std::string& from, const std::string& to);

// A line about the report for output, if there is one, as `info` prints it.
void print_apart_report(const std::string& output);

}  // namespace pith::model_cli
