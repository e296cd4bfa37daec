#include "corpora/sentences.h"

#include <algorithm>

// Two draws never stand in one expression: C++ leaves their order open, and the text depends on it.
namespace pith::corpus {
namespace {

bool starts_with_vowel(std::string_view word) {
  return !word.empty() && std::string_view("aeiou").find(word[0]) != std::string_view::npos;
}

std::string with_article(std::string_view noun) {
  return std::string(starts_with_vowel(noun) ? "an " : "a ").append(noun);
}

}  // namespace

Sentences::Sentences(Random& random) : random_(random) {
  const Words& list = words();
  nouns_.all = list.nouns;
  verbs_.all = list.verbs;
  adjectives_.all = list.adjectives;
  names_.all = list.names;
  places_.all = list.places;
  new_topic();
}

void Sentences::new_topic() {
  refill(nouns_, 14);
  refill(verbs_, 10);
  refill(adjectives_, 8);
  refill(names_, 3);
  refill(places_, 2);
  invented_.clear();
  for (int i = 0; i < 2; ++i) invented_.push_back(capitalized(invented_word(random_)));
}

void Sentences::refill(Pool& pool, uint32_t count) {
  pool.topic.clear();
  for (uint32_t i = 0; i < count; ++i) pool.topic.push_back(random_.pick(pool.all));
}

std::string Sentences::draw(const Pool& pool) {
  if (random_.chance(60)) {
    return std::string(random_.pick_zipf(std::span<const std::string_view>(pool.topic)));
  }
  return std::string(random_.pick_zipf(pool.all));
}

std::string Sentences::noun() { return draw(nouns_); }
std::string Sentences::verb() { return draw(verbs_); }
std::string Sentences::adjective() { return draw(adjectives_); }
std::string Sentences::place() { return draw(places_); }

std::string Sentences::name() {
  if (random_.chance(15)) return invented_[random_.below(static_cast<uint32_t>(invented_.size()))];
  return draw(names_);
}

std::string Sentences::noun_phrase() {
  const uint32_t form = random_.below(100);
  const std::string described = random_.chance(35) ? adjective() + " " : "";
  if (form < 50) return "the " + described + noun();
  if (form < 68) return with_article(described + noun());
  if (form < 80) return described + plural(noun());
  if (form < 88) return described + std::string(random_.pick_zipf(words().mass_nouns));
  if (form < 94) {
    const std::string_view owner = random_.chance(60) ? "his " : "her ";
    return std::string(owner) + described + noun();
  }
  std::string text = "the " + noun();
  text += " of " + place();
  return text;
}

std::string Sentences::subject() {
  constexpr std::string_view kPronouns[] = {"he", "she", "it", "they", "I", "we", "nobody"};
  const uint32_t form = random_.below(100);
  if (form < 40)
    return std::string(random_.pick_zipf(std::span<const std::string_view>(kPronouns)));
  if (form < 60) return name();
  return noun_phrase();
}

std::string Sentences::place_phrase() {
  std::string text(random_.pick_zipf(words().prepositions));
  text += ' ';
  text += random_.chance(20) ? place() : noun_phrase();
  return text;
}

std::string Sentences::clause() {
  std::string text = subject();
  const uint32_t form = random_.below(100);
  if (form < 45) {
    text += ' ';
    if (random_.chance(15)) text += std::string(random_.pick_zipf(words().adverbs)) + " ";
    text += past(verb());
    text += ' ';
    text += noun_phrase();
  } else if (form < 65) {
    text += ' ' + past(random_.pick_zipf(words().motions));
    if (random_.chance(25)) text += ' ' + std::string(random_.pick_zipf(words().adverbs));
  } else if (form < 85) {
    text += " had been ";
    if (random_.chance(50)) {
      text += adjective();
    } else {
      text += gerund(verb());
      text += ' ' + noun_phrase();
    }
  } else {
    text += " would not ";
    std::string action = verb();
    for (char& c : action) c = c == '_' ? ' ' : c;
    text += action;
    text += ' ';
    text += noun_phrase();
  }
  if (random_.chance(45)) text += ' ' + place_phrase();
  return text;
}

std::string Sentences::sentence() {
  std::string text;
  if (random_.chance(14)) text = std::string(random_.pick_zipf(words().openers)) + ", ";
  text += clause();
  while (random_.chance(38)) {
    text += random_.chance(60) ? ", " : " ";
    text += random_.pick_zipf(words().conjunctions);
    text += ' ';
    text += clause();
  }
  const uint32_t end = random_.below(100);
  text += end < 92 ? "." : end < 96 ? "!" : end < 98 ? "?" : ";";
  return capitalized(text);
}

std::string Sentences::speech() {
  std::string words_said = capitalized(clause());
  words_said += random_.chance(80) ? "," : "!";
  std::string text = "\"" + words_said + "\" ";
  text += random_.chance(70) ? "said " : "asked ";
  text += name();
  if (random_.chance(30)) text += ' ' + std::string(random_.pick_zipf(words().adverbs));
  text += '.';
  if (random_.chance(40)) text += " \"" + sentence() + "\"";
  return text;
}

std::string Sentences::paragraph(uint32_t sentences) {
  std::string text;
  for (uint32_t i = 0; i < sentences; ++i) {
    if (i > 0) text += ' ';
    text += sentence();
  }
  return text;
}

std::string Sentences::title() {
  std::string text = "The ";
  if (random_.chance(50)) text += capitalized(adjective()) + " ";
  text += capitalized(noun());
  if (random_.chance(50)) text += " of " + place();
  return text;
}

std::string wrapped(std::string_view text, size_t width, std::string_view indent,
                    std::string_view line_end) {
  std::string out;
  size_t column = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (column == 0) {
      out += indent;
      column = indent.size();
    } else if (column + 1 + word.size() > width) {
      out += line_end;
      out += indent;
      column = indent.size();
    } else {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out += line_end;
  return out;
}

}  // namespace pith::corpus
