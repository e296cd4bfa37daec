// English-like sentences from a small grammar. Words keep to a topic for a while, as in real text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpora/random.h"
#include "corpora/words.h"

namespace pith::corpus {

class Sentences {
 public:
  explicit Sentences(Random& random);

  // Picks the people, places and things of the next few paragraphs.
  void new_topic();

  [[nodiscard]] std::string sentence();  // "The old house stood by the river."
  [[nodiscard]] std::string speech();    // a sentence with words in quotation marks
  [[nodiscard]] std::string paragraph(uint32_t sentences);
  [[nodiscard]] std::string title();  // "The Miller of Saltby"

  [[nodiscard]] std::string noun();
  [[nodiscard]] std::string name();
  [[nodiscard]] std::string place();
  [[nodiscard]] std::string verb();
  [[nodiscard]] std::string adjective();

 private:
  // Words of the topic first, the whole list otherwise.
  struct Pool {
    WordList all;
    std::vector<std::string_view> topic;
  };
  void refill(Pool& pool, uint32_t count);
  [[nodiscard]] std::string draw(const Pool& pool);

  [[nodiscard]] std::string noun_phrase();
  [[nodiscard]] std::string subject();
  [[nodiscard]] std::string place_phrase();
  [[nodiscard]] std::string clause();

  Random& random_;
  Pool nouns_, verbs_, adjectives_, names_, places_;
  std::vector<std::string> invented_;
};

// Breaks text at spaces so that no line is longer than width (longer words stand alone).
[[nodiscard]] std::string wrapped(std::string_view text, size_t width, std::string_view indent,
                                  std::string_view line_end);

}  // namespace pith::corpus
