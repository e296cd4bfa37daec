#include "tests/train/small_run.h"

#include "model/train/class_cut.h"
#include "model/train/initialise.h"
#include "model/vocab/vocabulary_file.h"

namespace pith::train {

TrainingRun small_run(const char* blocks, const PackedText& text) {
  const model::Vocabulary vocabulary = small_vocabulary();
  TrainingRun run;
  run.config.vocabulary = static_cast<uint32_t>(vocabulary.size());
  run.config.width = 24;
  run.config.blocks = blocks;
  run.config.recurrence_width = 16;
  run.config.feed_forward = 40;
  run.config.heads = 2;
  run.config.head_width = 8;
  run.config.window = 12;
  run.config.ngram_rows = 64;
  run.config.ngram_width = 8;
  run.config.classes = 8;
  run.train.streams = 4;
  run.train.steps = 16;
  run.train.micro_streams = 2;
  run.train.warm_up = 5;
  run.vocabulary = model::write_vocabulary(vocabulary);
  std::vector<uint64_t> counts(vocabulary.size());
  for (const uint16_t token : text.tokens) ++counts[token];
  run.cut = cut_classes(vocabulary, counts, run.config.classes);
  run.class_rows = average_class_rows(run.cut, counts);
  const model::Layout layout = run.layout();
  run.weights.resize(layout.total);
  initialise<float>(run.config, layout, 1, run.weights);
  run.average = run.weights;
  run.moments = Moments(layout.total);
  return run;
}

}  // namespace pith::train
