#include "corpora/words.h"

#include <vector>

namespace pith::corpus {
namespace {

std::vector<std::string_view> split(std::string_view list, char separator = ' ') {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const size_t end = list.find(separator);
    if (end != 0) parts.push_back(list.substr(0, end));
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
  return parts;
}

constexpr std::string_view kNouns =
    "house door river hand window night road letter garden table voice field stone boat tree bell "
    "market street wall bridge lamp island harbour mountain story kitchen master neighbour horse "
    "child friend captain doctor teacher stranger winter summer morning evening corner room chair "
    "book page key coat hat shoulder face shadow cloud storm fire candle mirror clock engine wheel "
    "ladder roof tower gate path valley meadow forest orchard apple basket bottle barrel rope sail "
    "anchor shore wave gull ship sailor merchant farmer miller baker smith tailor painter singer "
    "violin drum song dance feast dinner bread cake spoon plate kettle stove chimney cellar attic "
    "stair carpet curtain pillow blanket drawer parcel stamp coin purse shilling debt promise "
    "secret question answer reason mistake rumour quarrel journey pocket ticket station train "
    "carriage lantern tunnel quarry mill dam canal ferry pier village parish chapel steeple grave "
    "uncle cousin widow orphan servant soldier officer clerk lawyer judge prisoner thief witness "
    "crowd newspaper editor printer machine factory workshop hammer nail plank saw needle thread "
    "button sleeve glove boot sparrow crow heron otter fox badger hedge thistle nettle willow oak "
    "chestnut acorn mushroom pond stream spring frost hill moor marsh cliff cave shell pebble map "
    "compass telescope star comet planet theory number figure column ledger account signature";

constexpr std::string_view kMassNouns =
    "water light silence rain snow smoke dust sand bread honey butter tea coffee salt iron copper "
    "wool linen paper ink music laughter patience courage advice money luck weather daylight "
    "thunder furniture gossip evidence arithmetic grass straw leather timber gold silver clay";

constexpr std::string_view kVerbs =
    "open turn watch ask answer follow carry remember notice call reach cross want need like "
    "gather finish mention explain visit discover repair paint copy count measure watch_over "
    "admire avoid borrow bury clean collect cover defend deliver describe drop enter examine fill "
    "fear forgive hand ignore imagine invite join kick lift lock love miss move offer "
    "order pass plant point_at polish praise promise pull push question recognise refuse remove "
    "rescue return reveal search share sharpen shout_at smell start_on study suspect taste thank "
    "touch trust unpack wait_for warm warn wash welcome wonder_about worry";

constexpr std::string_view kMotions =
    "wait walk arrive laugh return listen hesitate pause rest smile sigh tremble shiver whistle "
    "wander climb hurry stumble disappear linger march nod float drift crawl vanish murmur cough "
    "yawn stare settle fade dance";

constexpr std::string_view kAdjectives =
    "old little long great young dark small quiet white black cold good poor high empty narrow "
    "heavy green red blue grey warm wet dry deep strange broken silent tall thin round broad "
    "bright "
    "pale gentle rough smooth rusty wooden golden ancient distant early late curious anxious proud "
    "honest clever foolish patient cheerful gloomy hollow crooked tidy dusty muddy frozen hungry "
    "thirsty tired careful careless famous forgotten ordinary remarkable certain doubtful sudden "
    "gradual faithful restless solemn tender bitter sweet sour faded worn patched spare steep "
    "shallow crowded lonely northern southern eastern western foreign familiar";

constexpr std::string_view kAdverbs =
    "slowly again quietly almost suddenly often always never perhaps soon already hardly gently "
    "quickly carefully only still together alone afterwards badly easily barely eagerly politely "
    "firmly calmly bravely gravely loudly softly nearly seldom once twice everywhere nowhere";

constexpr std::string_view kNames =
    "Marten Elsa Tobin Agnes Corwen Hester Jonas Mirel Osric Petra Rufus Selma Tamsin Ulric Verna "
    "Wendel Ysolde Abram Bettina Caspar Dorrit Edwin Flora Gideon Hilde Ivor Jessamy Konrad Linus "
    "Matilda Nevil Odette Piers Quill Rosalind Silas Thora Ursula Victor Winifred Arno Blanche "
    "Cedric Della Emeric Frida Gustav Harriet Isidor Juno";

constexpr std::string_view kPlaces =
    "Harrowgate Tessbridge Lowmere Callenford Ostwick Brannock Pellmouth Vandermoor Saltby Quarley "
    "Thornhaven Mirefield Eastering Dunwater Kestrelby Norham Ravensholt Stonegarth Underlea "
    "Wexcombe Aldermarsh Birchover Coldbrook Drayling Fenwick Grimsholm Hollowell Inverask Larkby "
    "Marrowdale";

constexpr std::string_view kPrepositions =
    "of in with on at from by for under over near behind beside through along across against "
    "towards beyond beneath between around without past";

constexpr std::string_view kConjunctions = "and but because while so although until before as if";

constexpr std::string_view kOpeners =
    "At last|After a while|In the end|That evening|The next morning|Of course|For a long time|"
    "As usual|In those days|All the same|By and by|Once upon a time|On the other hand|"
    "To tell the truth|Now and then|Before long|At that moment|Years later|In fact|Without a word|"
    "Much later|Somewhere in the distance|Strictly speaking|For all that";

bool ends_with_any(std::string_view word, std::string_view letters) {
  return !word.empty() && letters.find(word.back()) != std::string_view::npos;
}

// "watch_over" -> stem "watch", rest " over": phrasal verbs are inflected at their first word.
struct Phrase {
  std::string stem;
  std::string rest;
};

Phrase phrase(std::string_view verb) {
  const size_t split_at = verb.find('_');
  if (split_at == std::string_view::npos) return {std::string(verb), ""};
  return {std::string(verb.substr(0, split_at)), " " + std::string(verb.substr(split_at + 1))};
}

bool consonant_y(std::string_view word) {
  return word.size() > 1 && word.back() == 'y' &&
         std::string_view("aeiou").find(word[word.size() - 2]) == std::string_view::npos;
}

std::string add_s(std::string word) {
  if (consonant_y(word)) {
    word.pop_back();
    return word + "ies";
  }
  const bool hissing = ends_with_any(word, "sxz") || word.ends_with("ch") || word.ends_with("sh");
  return word + (hissing ? "es" : "s");
}

// "drop" -> "dropp": one-syllable words that double their last letter.
std::string doubled(std::string word) {
  if (word == "drop" || word == "nod") word.push_back(word.back());
  return word;
}

}  // namespace

const Words& words() {
  static const std::vector<std::string_view> lists[] = {
      split(kNouns),        split(kMassNouns),    split(kVerbs),       split(kMotions),
      split(kAdjectives),   split(kAdverbs),      split(kNames),       split(kPlaces),
      split(kPrepositions), split(kConjunctions), split(kOpeners, '|')};
  static const Words all = {lists[0], lists[1], lists[2], lists[3], lists[4], lists[5],
                            lists[6], lists[7], lists[8], lists[9], lists[10]};
  return all;
}

std::string plural(std::string_view noun) {
  if (noun == "child") return "children";
  if (noun == "thief") return "thieves";
  return add_s(std::string(noun));
}

std::string past(std::string_view verb) {
  auto [stem, rest] = phrase(verb);
  stem = doubled(stem);
  if (stem.back() == 'e') return stem + "d" + rest;
  if (consonant_y(stem)) {
    stem.pop_back();
    return stem + "ied" + rest;
  }
  return stem + "ed" + rest;
}

std::string third_person(std::string_view verb) {
  auto [stem, rest] = phrase(verb);
  return add_s(stem) + rest;
}

std::string gerund(std::string_view verb) {
  auto [stem, rest] = phrase(verb);
  stem = doubled(stem);
  if (stem.back() == 'e') stem.pop_back();
  return stem + "ing" + rest;
}

std::string capitalized(std::string_view word) {
  std::string text(word);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string invented_word(Random& random) {
  constexpr std::string_view kOnsets[] = {"t", "s", "r", "n", "l",  "m",  "d",  "k",  "p",  "b",
                                          "v", "g", "f", "h", "th", "st", "br", "tr", "sh", "cl"};
  constexpr std::string_view kVowels[] = {"e", "a", "i", "o", "u", "ea", "ou", "ai", "ie"};
  constexpr std::string_view kCodas[] = {"", "n", "r", "s", "l", "t", "nd", "m", "st", "ck"};
  std::string word;
  const uint32_t syllables = random.between(2, 4);
  for (uint32_t i = 0; i < syllables; ++i) {
    word += random.pick_zipf(std::span<const std::string_view>(kOnsets));
    word += random.pick_zipf(std::span<const std::string_view>(kVowels));
  }
  word += random.pick_zipf(std::span<const std::string_view>(kCodas));
  return word;
}

}  // namespace pith::corpus
