/* A filter in the manner of gzip: standard input to standard output, in one pass and bounded
 * memory.
 *
 *     streaming_filter -z [LEVEL] < raw > packed
 *     streaming_filter -d < packed > raw
 *
 * The same loop serves both directions, because an encoder and a decoder are driven alike: hand in
 * whatever was read, write whatever comes out, and repeat PITH_FINISH after the last byte until
 * PITH_END.
 */
#include <pith/pith.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Any sizes work, from one byte up; these keep the number of system calls low. */
enum { kInSize = 1 << 16, kOutSize = 1 << 16 };

/* One of the two is null. */
typedef struct coder {
  pith_encoder* enc;
  pith_decoder* dec;
} coder;

static int run(const coder* c, pith_out* out, pith_in* in, pith_op op) {
  return c->enc != NULL ? pith_encoder_run(c->enc, out, in, op)
                        : pith_decoder_run(c->dec, out, in, op);
}

static int fail(const coder* c, int status) {
  pith_error error;
  memset(&error, 0, sizeof error);
  if (c->enc != NULL) {
    pith_encoder_error(c->enc, &error);
  } else {
    pith_decoder_error(c->dec, &error);
  }
  fprintf(stderr, "streaming_filter: %s: %s\n", pith_status_name(status),
          error.text[0] != '\0' ? error.text : pith_status_text(status));
  return 1;
}

static int filter(const coder* c) {
  static unsigned char in_buffer[kInSize];
  static unsigned char out_buffer[kOutSize];
  int status = PITH_OK;
  while (status != PITH_END) {
    pith_in in = {in_buffer, fread(in_buffer, 1, kInSize, stdin), 0};
    if (ferror(stdin)) {
      perror("streaming_filter: standard input");
      return 1;
    }
    /* A short count from fread() means that these are the last bytes (perhaps none at all). */
    const int last = in.size < kInSize;
    int full = 0;
    do {
      pith_out out = {out_buffer, kOutSize, 0};
      status = run(c, &out, &in, last ? PITH_FINISH : PITH_RUN);
      if (status < 0) return fail(c, status);
      if (fwrite(out_buffer, 1, out.pos, stdout) != out.pos) {
        perror("streaming_filter: standard output");
        return 1;
      }
      full = out.pos == out.size; /* then there may be more to come */
    } while (status != PITH_END && (last || in.pos < in.size || full));
  }
  /* Output may still sit in stdio's buffer: a full disk would show only here. */
  if (fflush(stdout) != 0) {
    perror("streaming_filter: standard output");
    return 1;
  }
  return 0;
}

static int usage(void) {
  fprintf(stderr, "usage: streaming_filter -z [LEVEL] | -d  < INPUT > OUTPUT\n");
  return 2;
}

int main(int argc, char** argv) {
  if (argc < 2 || argc > 3) return usage();
  coder c = {NULL, NULL};
  if (strcmp(argv[1], "-z") == 0) {
    c.enc = pith_encoder_new(NULL);
  } else if (strcmp(argv[1], "-d") == 0 && argc == 2) {
    c.dec = pith_decoder_new(NULL);
  } else {
    return usage();
  }
  if (c.enc == NULL && c.dec == NULL) {
    fprintf(stderr, "streaming_filter: out of memory\n");
    return 1;
  }
  int result = 0;
  if (argc == 3) {
    const int status = pith_encoder_set(c.enc, PITH_PARAM_LEVEL, strtoul(argv[2], NULL, 10));
    if (status < 0) result = fail(&c, status);
  }
  if (result == 0) result = filter(&c);
  pith_encoder_free(c.enc);
  pith_decoder_free(c.dec);
  return result;
}
