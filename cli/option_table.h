// Every option of pith, once: the command line parser, -h, -H, the man page and the shell
// completions are all made from this table.
//
// Plain constexpr data without dependencies, so that a generator run at build time can include it.
#pragma once

#include <string_view>

namespace pith::cli {

enum class OptionGroup { kMode, kOutput, kRatio, kResources, kSafety, kAccess, kInput, kTalk };

struct GroupInfo {
  OptionGroup group;
  std::string_view title;
};

inline constexpr GroupInfo kOptionGroups[] = {
    {OptionGroup::kMode, "Mode"},     {OptionGroup::kOutput, "Output"},
    {OptionGroup::kRatio, "Ratio"},   {OptionGroup::kResources, "Resources"},
    {OptionGroup::kSafety, "Safety"}, {OptionGroup::kAccess, "Access"},
    {OptionGroup::kInput, "Input"},   {OptionGroup::kTalk, "Messages"},
};

// Names an option inside the program.
enum class OptionId {
  kCompress,
  kDecompress,
  kTest,
  kList,
  kBenchmark,
  kTrain,
  kStdout,
  kOutput,
  kOutputDir,
  kForce,
  kKeep,
  kRemove,
  kSuffix,
  kSparse,
  kNoCopyAttrs,
  kNoSync,
  kLevel,
  kFast,
  kBest,
  kBlockSize,
  kPrior,
  kNoPrior,
  kModel,
  kMaxSize,
  kThreads,
  kMemlimit,
  kNoAdjust,
  kInfo,
  kVerify,
  kRecover,
  kMaxOutput,
  kIgnoreTrailing,
  kRange,
  kRecursive,
  kFilesFrom,
  kFiles0From,
  kSizeHint,
  kExcludeCompressed,
  kQuiet,
  kVerbose,
  kProgress,
  kJson,
  kHelp,
  kLongHelp,
  kVersion,
};

// What completions should offer for an option's argument.
enum class ArgumentKind { kNone, kFile, kDirectory, kOther };

struct OptionRow {
  OptionId id;
  OptionGroup group;
  // Letters that may follow one '-'. Several letters are several options that differ in their
  // value: the letter (-1 to -9).
  std::string_view shorts;
  // Names that may follow "--", separated by commas; the first is the usual one.
  std::string_view longs;
  bool negatable;  // "--NAME" and "--no-NAME" both exist (of the first name)
  // Name of the argument, empty for none. In brackets: optional, and only right after the letter.
  std::string_view argument;
  ArgumentKind argument_kind;
  std::string_view brief;    // one line, for -h and completions
  std::string_view details;  // sentences that follow brief in -H and in the manual; may be empty
};

inline constexpr OptionRow kOptions[] = {
    // ---- Mode
    {OptionId::kCompress, OptionGroup::kMode, "z", "compress", false, "", ArgumentKind::kNone,
     "compress (the default)",
     "Of several options that choose a mode the last one counts. Called as unpith the default is "
     "-d, "
     "called as pithcat it is -dcf."},
    {OptionId::kDecompress, OptionGroup::kMode, "d", "decompress,uncompress", false, "",
     ArgumentKind::kNone, "decompress",
     "Everything decoding needs is in the file: no other option has to be repeated. With -c and "
     "-f, data "
     "that is not pith's is passed through unchanged, as cat does."},
    {OptionId::kTest, OptionGroup::kMode, "t", "test", false, "", ArgumentKind::kNone,
     "decode and check, but write nothing", ""},
    {OptionId::kList, OptionGroup::kMode, "l", "list", false, "", ArgumentKind::kNone,
     "list what is in compressed files",
     "Prints frames, blocks, sizes, ratio, level, model, check and name of each file and a total. "
     "It "
     "reads the index alone, so it is quick on any size, but needs a file and not a pipe. With -v "
     "every "
     "block is listed."},
    {OptionId::kBenchmark, OptionGroup::kMode, "b", "benchmark", false, "[LEVEL]",
     ArgumentKind::kOther, "measure levels on the given files",
     "Compresses and decompresses the files in memory, compares the result with the original, and "
     "prints "
     "size, ratio, bits per byte, speed both ways and the most memory used. Without a level all "
     "levels "
     "that differ are measured; several may be given, as in -b13 or -b -1 -3. Use -T1 for the "
     "speed of "
     "one processor."},
    {OptionId::kTrain, OptionGroup::kMode, "", "train", false, "", ArgumentKind::kNone,
     "make a prior from sample files (-o names it)",
     "A prior is what pith learned from the samples: with -D it compresses more of the like much "
     "better, small files most of all. A file is one sample, or several that are separated by zero "
     "bytes; some megabytes of them are needed for a good prior, and hundreds can be used. A tenth "
     "is "
     "kept back to tell what the prior is worth."},

    // ---- Output
    {OptionId::kStdout, OptionGroup::kOutput, "c", "stdout,to-stdout", false, "",
     ArgumentKind::kNone, "write to standard output", "Source files are always kept then."},
    {OptionId::kOutput, OptionGroup::kOutput, "o", "output", false, "FILE", ArgumentKind::kFile,
     "write to FILE (one input only)",
     "\"-\" is standard output. A FILE that exists and is a device or a named pipe is written to "
     "directly."},
    {OptionId::kOutputDir, OptionGroup::kOutput, "", "output-dir", false, "DIR",
     ArgumentKind::kDirectory, "write files into DIR",
     "DIR is made if it is missing. Files found by -r keep their place below the directory that "
     "was named."},
    {OptionId::kForce, OptionGroup::kOutput, "f", "force", false, "", ArgumentKind::kNone,
     "replace existing files, write compressed data to a terminal",
     "An existing file is replaced in one step, when the new one is complete. With --rm it also "
     "allows "
     "removing symbolic links, files with several hard links, and files with set-user-ID, "
     "set-group-ID or "
     "sticky bit, which are skipped otherwise."},
    {OptionId::kKeep, OptionGroup::kOutput, "k", "keep", false, "", ArgumentKind::kNone,
     "keep source files (the default)", ""},
    {OptionId::kRemove, OptionGroup::kOutput, "", "rm", false, "", ArgumentKind::kNone,
     "remove each source file after success",
     "The source goes only when what was written has been decoded and compared, is on the disk "
     "under its "
     "final name, and the name still belongs to the file that was read."},
    {OptionId::kSuffix, OptionGroup::kOutput, "S", "suffix", false, ".SUF", ArgumentKind::kOther,
     "use .SUF instead of .pith",
     "When decompressing, .SUF is known in addition to .pith and .tpith (which becomes .tar)."},
    {OptionId::kSparse, OptionGroup::kOutput, "", "sparse", true, "", ArgumentKind::kNone,
     "write long runs of zeros as holes when decompressing",
     "The default for files that pith creates. --sparse makes holes in standard output too, where "
     "it is a "
     "regular file not opened for appending; --no-sparse makes none anywhere."},
    {OptionId::kNoCopyAttrs, OptionGroup::kOutput, "", "no-copy-attrs", false, "",
     ArgumentKind::kNone, "do not copy owner, group, mode and times", ""},
    {OptionId::kNoSync, OptionGroup::kOutput, "", "no-sync", false, "", ArgumentKind::kNone,
     "do not wait until data is on the disk",
     "Faster with many small files; a crash of the system right afterwards may lose what was "
     "written."},

    // ---- Ratio
    {OptionId::kLevel, OptionGroup::kRatio, "123456789", "", false, "", ArgumentKind::kNone,
     "level: 1 is fastest, 9 compresses best (default 3)",
     "5 uses a neural network and takes fourteen times as long as 4; 7 asks it more often and "
     "models "
     "more beside it, for almost twice the time. 6 means 5, 8 and 9 mean 7 in this version."},
    {OptionId::kFast, OptionGroup::kRatio, "", "fast", false, "", ArgumentKind::kNone, "same as -1",
     ""},
    {OptionId::kBest, OptionGroup::kRatio, "", "best", false, "", ArgumentKind::kNone, "same as -9",
     ""},
    {OptionId::kBlockSize, OptionGroup::kRatio, "B", "block-size", false, "SIZE",
     ArgumentKind::kOther, "cut the input into blocks of SIZE (1K to 256M)",
     "Larger blocks compress better and need more memory; smaller ones give more to do in parallel "
     "and "
     "lose less when a file is damaged. The default depends on the level."},
    {OptionId::kPrior, OptionGroup::kRatio, "D", "prior", false, "FILE", ArgumentKind::kFile,
     "use the prior FILE, made by --train",
     "Decompressing needs the same one again. It takes the place of the priors that are part of "
     "pith "
     "where it serves."},
    {OptionId::kNoPrior, OptionGroup::kRatio, "", "no-prior", false, "", ArgumentKind::kNone,
     "compress without any prior", "What pith knows of text in advance is not used."},
    {OptionId::kModel, OptionGroup::kRatio, "", "model", false, "NAME|FILE", ArgumentKind::kFile,
     "use this model at levels 5 to 9",
     "pith-model makes them. A word without \"/\" that is not a file is a name: the built-in "
     "model's (small), or that of "
     "NAME.pithmodel in ~/.local/share/pith/models or the system's share/pith/models. "
     "Decompressing "
     "needs the same model again, and finds it in these directories by itself."},
    {OptionId::kMaxSize, OptionGroup::kRatio, "", "max-size", false, "SIZE", ArgumentKind::kOther,
     "with --train: make a prior of at most SIZE (1M to 1G, default 4M)", ""},

    // ---- Resources
    {OptionId::kThreads, OptionGroup::kResources, "T", "threads", false, "N", ArgumentKind::kOther,
     "use N threads, 0 for one per processor (the default)", "Never changes a byte of output."},
    {OptionId::kMemlimit, OptionGroup::kResources, "M", "memlimit", false, "SIZE|%",
     ArgumentKind::kOther, "use at most SIZE of memory, or a percentage of the machine's",
     "Fewer threads are used to stay below it; what does not fit with one thread is an error. 0 is "
     "no "
     "limit. Without this option the number of threads is lowered to stay below half of the "
     "machine's "
     "memory, and nothing fails for it."},
    {OptionId::kNoAdjust, OptionGroup::kResources, "", "no-adjust", false, "", ArgumentKind::kNone,
     "fail rather than use fewer threads to stay below the memory limit", ""},
    {OptionId::kInfo, OptionGroup::kResources, "", "info", false, "", ArgumentKind::kNone,
     "show levels, their memory, processors and version, and exit", ""},

    // ---- Safety
    {OptionId::kVerify, OptionGroup::kSafety, "", "verify", true, "", ArgumentKind::kNone,
     "decode what was written and compare before reporting success",
     "Always on with --rm. A file is read back and compared with its source; for a pipe each block "
     "is "
     "decoded before it is written."},
    {OptionId::kRecover, OptionGroup::kSafety, "", "recover", false, "", ArgumentKind::kNone,
     "with -d or -t: extract all undamaged blocks of a damaged file",
     "Lost ranges are listed on standard error (and as \"lost\" with --json) and left out of the "
     "output; the exit status is 2 if "
     "there "
     "are any. Needs a file, not a pipe."},
    {OptionId::kMaxOutput, OptionGroup::kSafety, "", "max-output", false, "SIZE",
     ArgumentKind::kOther, "fail when a file decompresses to more than SIZE", ""},
    {OptionId::kIgnoreTrailing, OptionGroup::kSafety, "", "ignore-trailing", false, "",
     ArgumentKind::kNone, "ignore foreign data after the compressed data", ""},

    // ---- Access
    {OptionId::kRange, OptionGroup::kAccess, "", "range", false, "OFFSET:LENGTH",
     ArgumentKind::kOther, "with -dc: decompress LENGTH bytes from OFFSET only",
     "Decodes just the blocks needed, found by the index at the end; needs a file, not a pipe. An "
     "empty "
     "LENGTH means up to the end."},

    // ---- Input
    {OptionId::kRecursive, OptionGroup::kInput, "r", "recursive", false, "", ArgumentKind::kNone,
     "go into directories", "Symbolic links found there are not followed."},
    {OptionId::kFilesFrom, OptionGroup::kInput, "", "files-from", false, "FILE",
     ArgumentKind::kFile, "read names of input files from FILE, one a line",
     "\"-\" is standard input."},
    {OptionId::kFiles0From, OptionGroup::kInput, "", "files0-from", false, "FILE",
     ArgumentKind::kFile, "the same with names that end with a zero byte", ""},
    {OptionId::kSizeHint, OptionGroup::kInput, "", "size-hint", false, "N", ArgumentKind::kOther,
     "expect N bytes from a pipe (for progress only)", ""},
    {OptionId::kExcludeCompressed, OptionGroup::kInput, "", "exclude-compressed", false, "",
     ArgumentKind::kNone, "leave out files that are compressed already",
     "Known by their suffix (.gz, .xz, .zst, .zip, .jpg and so on) or by their content. Leaving "
     "them out "
     "is not a warning."},

    // ---- Messages
    {OptionId::kQuiet, OptionGroup::kTalk, "q", "quiet", false, "", ArgumentKind::kNone,
     "no warnings; twice: no error messages either", "The exit status stays the same."},
    {OptionId::kVerbose, OptionGroup::kTalk, "v", "verbose", false, "", ArgumentKind::kNone,
     "report each file; twice: say more", ""},
    {OptionId::kProgress, OptionGroup::kTalk, "", "progress", true, "", ArgumentKind::kNone,
     "show progress on standard error",
     "The default is to show it on a terminal when the work lasts longer than a second. The signal "
     "SIGUSR1 asks for one line at any time."},
    {OptionId::kJson, OptionGroup::kTalk, "", "json", false, "", ArgumentKind::kNone,
     "print results as one JSON document on standard output",
     "For -l, -b, --info, and any mode that "
     "does not write its data there."},
    {OptionId::kHelp, OptionGroup::kTalk, "h", "help", false, "", ArgumentKind::kNone,
     "show a short help and exit", ""},
    {OptionId::kLongHelp, OptionGroup::kTalk, "H", "long-help", false, "", ArgumentKind::kNone,
     "show the long help and exit", ""},
    {OptionId::kVersion, OptionGroup::kTalk, "V", "version", false, "", ArgumentKind::kNone,
     "show the version and exit", ""},
};

}  // namespace pith::cli
