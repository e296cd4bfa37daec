// Log files: clocks that move forward, few templates, many repeated names.
#include "corpora/kinds.h"
#include "corpora/sentences.h"
#include "corpora/writer.h"

namespace pith::corpus {
namespace {

// Seconds since a midnight, printed as "h:m:s" with a day that turns over.
class Clock {
 public:
  explicit Clock(Random& random) : seconds_(random.below(86'400)) {}
  void advance(uint32_t seconds) { seconds_ += seconds; }
  [[nodiscard]] uint32_t day() const { return 1 + seconds_ / 86'400 % 28; }
  void write(Writer& out) const {
    out.decimal(seconds_ / 3'600 % 24, 2);
    out.text(":");
    out.decimal(seconds_ / 60 % 60, 2);
    out.text(":");
    out.decimal(seconds_ % 60, 2);
  }

 private:
  uint32_t seconds_;
};

void write_address(Writer& out, Random& random) {
  out.text("10.");
  out.decimal(random.zipf(8));
  out.text(".");
  out.decimal(random.zipf(32));
  out.text(".");
  out.decimal(random.zipf(254) + 1);
}

}  // namespace

void write_log_system(Writer& out, Random& random) {
  constexpr std::string_view kServices[] = {"kernel", "cron", "sshd", "init", "mailer", "backup"};
  Sentences sentences(random);
  Clock clock(random);
  while (!out.full()) {
    clock.advance(random.zipf(200));
    const std::string_view service = random.pick_zipf(std::span<const std::string_view>(kServices));
    out.text("Mar ");
    out.decimal(clock.day(), 2);
    out.text(" ");
    clock.write(out);
    out.text(" host1 ");
    out.text(service);
    out.text("[");
    out.decimal(300 + random.zipf(3'000));
    out.text("]: ");
    switch (random.below(5)) {
      case 0:
        out.text("connection from ");
        write_address(out, random);
        out.text(" port ");
        out.decimal(random.between(1'024, 65'535));
        break;
      case 1:
        out.text("session opened for user ");
        out.text(sentences.name());
        break;
      case 2:
        out.text("task ");
        out.text(sentences.noun());
        out.text(" finished in ");
        out.decimal(random.zipf(90'000));
        out.text(" ms");
        break;
      case 3:
        out.text("warning: ");
        out.text(sentences.noun());
        out.text(" is ");
        out.text(sentences.adjective());
        out.text(", 0x");
        out.hex(random.bits32() & 0xFFFFF0, 8);
        break;
      default:
        out.text("status ok");
        break;
    }
    out.text("\n");
  }
}

void write_log_access(Writer& out, Random& random) {
  constexpr std::string_view kAgents[] = {
      "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "curl/7.88.1", "examplebot/2.1"};
  constexpr uint32_t kCodes[] = {200, 304, 404, 302, 500, 403};
  Sentences sentences(random);
  Clock clock(random);
  while (!out.full()) {
    clock.advance(random.zipf(20));
    write_address(out, random);
    out.text(" - - [");
    out.decimal(clock.day(), 2);
    out.text("/Mar/2021:");
    clock.write(out);
    out.text(" +0000] \"GET /");
    out.text(sentences.noun());
    out.text("/");
    out.text(sentences.noun());
    if (random.chance(30)) {
      out.text("?page=");
      out.decimal(random.zipf(60));
    }
    out.text(" HTTP/1.1\" ");
    out.decimal(random.pick_zipf(std::span<const uint32_t>(kCodes)));
    out.text(" ");
    out.decimal(random.zipf(100'000));
    out.text(" \"-\" \"");
    out.text(random.pick_zipf(std::span<const std::string_view>(kAgents)));
    out.text("\"\n");
  }
}

void write_log_trace(Writer& out, Random& random) {
  constexpr std::string_view kLevels[] = {"DEBUG", "INFO", "WARN", "ERROR"};
  Sentences sentences(random);
  Clock clock(random);
  while (!out.full()) {
    clock.advance(random.zipf(5));
    const std::string_view level = random.pick_zipf(std::span<const std::string_view>(kLevels));
    out.text("2022-03-");
    out.decimal(clock.day(), 2);
    out.text("T");
    clock.write(out);
    out.text(".");
    out.decimal(random.below(1'000), 3);
    out.text("Z ");
    out.text(level);
    out.text(" [worker-");
    out.decimal(random.below(8));
    out.text("] request=");
    out.hex(random.bits64(), 16);
    out.text(" ");
    out.text(sentences.sentence());
    out.text("\n");
    if (level != "ERROR") continue;
    const uint32_t frames = random.between(3, 9);
    for (uint32_t i = 0; i < frames; ++i) {
      out.text("\tat example.");
      out.text(sentences.noun());
      out.text(".");
      out.text(capitalized(sentences.noun()));
      out.text(".");
      out.text(random.pick_zipf(words().motions));
      out.text("(");
      out.decimal(random.between(10, 900));
      out.text(")\n");
    }
  }
}

}  // namespace pith::corpus
