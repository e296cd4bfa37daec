/* pith: lossless compression of text (and of any other bytes) with learned predictors.
 *
 * This header is the whole public interface in C; <pith/pith.hpp> wraps it for C++.
 *
 * Guarantees
 *  - Output depends on the input and the parameters alone: never on the number of threads, the CPU,
 * the sizes of the buffers handed in, or the way the input was cut into calls.
 *  - No byte of a block is handed out before the block's checksum has been verified.
 *  - No globals, no environment variables, no stdio, no exit(), no C++ exception across this
 * boundary. The floating-point environment is neither read nor changed.
 *  - Damaged, truncated or foreign data gives a negative status, never wrong bytes with PITH_OK.
 *
 * Threads: an object (encoder, decoder, reader) may be used by one thread at a time; different
 * objects are independent. Inside a call pith may run worker threads of its own (parameter
 * PITH_PARAM_THREADS).
 *
 * Example (one shot):
 *     size_t n = pith_bound(src_size);
 *     uint8_t* dst = malloc(n);
 *     int s = pith_compress(dst, &n, src, src_size, PITH_LEVEL_DEFAULT);
 *     if (s < 0) fprintf(stderr, "%s\n", pith_status_name(s));
 *
 * The format is described in docs/format.md and pith(5).
 */
#ifndef PITH_PITH_H
#define PITH_PITH_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define PITH_API
#elif defined(__GNUC__)
#define PITH_API __attribute__((visibility("default")))
#else
#define PITH_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define PITH_VERSION_MAJOR 0
#define PITH_VERSION_MINOR 1
#define PITH_VERSION_PATCH 0
#define PITH_VERSION_STRING "0.1.0"

/* Version of the library that is running, as "major.minor.patch". Never null. */
PITH_API const char* pith_version(void);

/* ---- Status
 * ------------------------------------------------------------------------------------------ Frozen
 * values: a number never changes its meaning. Errors are negative. */
typedef enum pith_status {
  PITH_OK = 0,            /* done so far; go on */
  PITH_END = 1,           /* everything is finished */
  PITH_ERR_PARAM = -1,    /* an argument or parameter is out of its range */
  PITH_ERR_MEMORY = -2,   /* an allocation failed */
  PITH_ERR_MEMLIMIT = -3, /* more memory is needed than PITH_PARAM_MEMLIMIT allows */
  PITH_ERR_FORMAT = -4,   /* not pith data */
  PITH_ERR_VERSION = -5,  /* pith data of a version or with a feature this library does not know */
  PITH_ERR_MODEL = -6,    /* the model the data names is not available */
  PITH_ERR_PRIOR = -7,    /* the prior the data names is not available */
  PITH_ERR_CORRUPT = -8,  /* the structure is damaged: fields contradict each other */
  PITH_ERR_CHECKSUM = -9, /* a checksum does not match: the data is damaged */
  PITH_ERR_TRUNCATED = -10,     /* the data ends too early */
  PITH_ERR_TRAILING = -11,      /* foreign bytes follow a complete frame */
  PITH_ERR_OUTPUT_LIMIT = -12,  /* more output than PITH_PARAM_MAX_OUTPUT allows */
  PITH_ERR_DST_TOO_SMALL = -13, /* the destination buffer is too small */
  PITH_ERR_NO_PROGRESS = -14,   /* called twice without input to take or room for output */
  PITH_ERR_STATE = -15,         /* the call does not fit the state of the object */
  PITH_ERR_IO = -16,            /* a callback reported an input or output error */
  PITH_ERR_CANCELLED = -17,     /* the progress callback asked to stop */
  PITH_ERR_VERIFY = -18,        /* decoding what was just encoded did not give the input back */
  PITH_ERR_INTERNAL = -19       /* a defect of pith; please report it */
} pith_status;

/* Name of a status, such as "PITH_ERR_CHECKSUM". Never null: unknown numbers give "PITH_UNKNOWN".
 */
PITH_API const char* pith_status_name(int status);

/* One sentence in English for a status. Never null. */
PITH_API const char* pith_status_text(int status);

/* The name of a model that is part of pith ("small"), by its id in a frame; NULL for others. */
PITH_API const char* pith_model_name(uint64_t id);

/* The name of a prior that is part of pith ("prose", "wiki", "code"), by its id; NULL for others.
 */
PITH_API const char* pith_prior_name(uint64_t id);

/* ---- Levels, kinds and methods
 * ---------------------------------------------------------------------- */
#define PITH_LEVEL_MIN 1
#define PITH_LEVEL_MAX 9
#define PITH_LEVEL_DEFAULT 3

#define PITH_BLOCK_SIZE_MIN 1024u                /* bytes */
#define PITH_BLOCK_SIZE_MAX (256u * 1024 * 1024) /* bytes */

/* What a block was taken for. */
enum {
  PITH_KIND_TEXT = 0,
  PITH_KIND_STRUCTURED = 1,
  PITH_KIND_BINARY = 2,
  PITH_KIND_INCOMPRESSIBLE = 3
};

/* How a block is coded. */
enum {
  PITH_METHOD_STORED = 0,
  PITH_METHOD_ZSTD = 1,
  PITH_METHOD_NGRAM = 2,
  PITH_METHOD_NEURAL = 3 /* a network and n-grams */
};

/* ---- Allocation
 * -------------------------------------------------------------------------------------- Every
 * allocation of an object goes through its hooks. alloc returns null on failure, and memory aligned
 * for any type otherwise; free is never called with null. Both may be called from worker threads at
 * once. */
typedef struct pith_allocator {
  void* (*alloc)(void* opaque, size_t size);
  void (*free)(void* opaque, void* address);
  void* opaque;
} pith_allocator;

/* ---- Error detail
 * ------------------------------------------------------------------------------------ */
#define PITH_UNKNOWN_POSITION UINT64_MAX

typedef struct pith_error {
  int status;      /* the status this describes; PITH_OK when there was no error */
  int sys_errno;   /* errno of a failed callback or system call, else 0 */
  uint64_t block;  /* number of the block within its frame from 0, or PITH_UNKNOWN_POSITION */
  uint64_t offset; /* offset in the compressed data in bytes, or PITH_UNKNOWN_POSITION */
  uint64_t needed; /* MEMLIMIT: bytes needed; OUTPUT_LIMIT, DST_TOO_SMALL: bytes if known; PRIOR,
                      MODEL: id of what the data was made with, if known; else 0 */
  char text[192];  /* what went wrong, in English, ends with NUL */
} pith_error;

/* ---- Progress
 * ---------------------------------------------------------------------------------------- Called
 * now and then from the thread that called pith; a non-zero return cancels the operation with
 * PITH_ERR_CANCELLED. Counts only grow, in bytes of this object since creation or reset. */
typedef struct pith_progress_info {
  uint64_t raw_bytes;   /* uncompressed bytes processed, including parts of blocks in work */
  uint64_t coded_bytes; /* compressed bytes produced or consumed */
} pith_progress_info;
typedef int (*pith_progress_fn)(void* opaque, const pith_progress_info* info);

/* ---- Parameters
 * -------------------------------------------------------------------------------------- */
typedef enum pith_param {
  PITH_PARAM_LEVEL = 1,      /* encoder: 1..9, default PITH_LEVEL_DEFAULT */
  PITH_PARAM_BLOCK_SIZE = 2, /* encoder: bytes, 0 = the level's own (default) */
  PITH_PARAM_THREADS = 3,  /* encoder, decoder, reader: workers, 0 = one per processor; default 1 */
  PITH_PARAM_MEMLIMIT = 4, /* all: bytes in all for this object, 0 = no limit (default). An encoder
                              or decoder with threads uses fewer of them before it fails. Counted
                              is what pith allocates; its own priors and most of its network are
                              read where they lie in the program. */
  PITH_PARAM_MAX_OUTPUT = 5, /* decoder: bytes it may hand out, default UINT64_MAX */
  PITH_PARAM_IGNORE_TRAILING =
      6, /* decoder: 1 = stop quietly at foreign bytes after a frame; default 0 */
  PITH_PARAM_VERIFY =
      7, /* encoder: 1 = decode every block after coding it and compare; default 0 */
  PITH_PARAM_BUILT_IN_PRIORS =
      8 /* encoder: 1 = start text with what pith knows of such texts; default 1 */
} pith_param;

/* ---- One shot
 * ---------------------------------------------------------------------------------------- */

/* Largest possible size of the compressed form of src_size bytes at any level; SIZE_MAX on
 * overflow. */
PITH_API size_t pith_bound(size_t src_size);

/* Compresses src into dst as one frame. *dst_size: capacity in, bytes written out. PITH_OK or an
 * error. */
PITH_API int pith_compress(void* dst, size_t* dst_size, const void* src, size_t src_size,
                           int level);

/* Decompresses all frames of src into dst. *dst_size: capacity in, bytes written out. PITH_OK or an
 * error; after PITH_ERR_DST_TOO_SMALL *dst_size holds the size needed where the data tells it, else
 * 0. */
PITH_API int pith_decompress(void* dst, size_t* dst_size, const void* src, size_t src_size);

/* What a frame says of itself. Fields a probe cannot see are PITH_UNKNOWN_POSITION (sizes) or 0. */
typedef struct pith_info {
  int format_version;
  int level;
  uint64_t block_size;            /* largest raw size of a block, bytes */
  uint64_t decoder_memory;        /* bytes one worker allocates to decode a block */
  uint64_t raw_size;              /* of this frame, known only where its footer was seen */
  uint64_t coded_size;            /* of this frame, likewise */
  uint64_t blocks;                /* number of blocks, likewise */
  uint64_t prior_id;              /* 0: none */
  uint64_t model_id;              /* 0: none */
  unsigned char content_hash[16]; /* XXH3-128 of the raw bytes, big-endian, zeros if unknown */
} pith_info;

/* Reads the header of the frame that src starts with (and, where src holds the whole frame and
 * nothing else, its footer). Needs 64 bytes at most to be sure of the header; PITH_ERR_TRUNCATED
 * asks for more. */
PITH_API int pith_probe(pith_info* info, const void* src, size_t src_size);

/* ---- Streaming
 * --------------------------------------------------------------------------------------- Buffers
 * belong to the caller; pith reads in->data[pos..size) and advances in->pos, and writes
 * out->data[pos..size) and advances out->pos. Any size from one byte works. */
typedef struct pith_in {
  const void* data;
  size_t size;
  size_t pos;
} pith_in;
typedef struct pith_out {
  void* data;
  size_t size;
  size_t pos;
} pith_out;

typedef enum pith_op {
  PITH_RUN = 0,   /* take input, give output when it is ready */
  PITH_FLUSH = 1, /* as RUN, then end the block and give everything out; PITH_OK with in empty and
                     out not full = flushed. Costs ratio. Repeat with more room otherwise. */
  PITH_FINISH = 2 /* as RUN, then end the frame; repeat until PITH_END */
} pith_op;

typedef struct pith_prior pith_prior; /* see below */
typedef struct pith_model pith_model; /* likewise */
typedef struct pith_encoder pith_encoder;
typedef struct pith_decoder pith_decoder;

/* allocator may be null (the system's). Null return: out of memory. */
PITH_API pith_encoder* pith_encoder_new(const pith_allocator* allocator);
PITH_API void pith_encoder_free(pith_encoder* enc); /* null is fine */
/* Makes the object ready for a new frame; parameters, callback and memory are kept. */
PITH_API int pith_encoder_reset(pith_encoder* enc);
/* Before the first byte of a frame only (else PITH_ERR_STATE). */
PITH_API int pith_encoder_set(pith_encoder* enc, pith_param param, uint64_t value);
/* A prior of one's own, or null for none, instead of the built-in ones where it serves. Before the
 * first byte of a frame only; kept by reset. It must outlive its use. */
PITH_API int pith_encoder_set_prior(pith_encoder* enc, const pith_prior* prior);
/* A model of one's own, or null for the built-in one, for levels 5 to 9; others use none. Before
 * the first byte of a frame only; kept by reset. It must outlive its use. */
PITH_API int pith_encoder_set_model(pith_encoder* enc, const pith_model* model);
PITH_API int pith_encoder_progress(pith_encoder* enc, pith_progress_fn fn, void* opaque);
/* PITH_OK, PITH_END (FINISH only) or an error. A call that can neither take input nor give output
 * returns PITH_OK once and PITH_ERR_NO_PROGRESS when repeated (not fatal). After any other error
 * only reset and free are allowed (PITH_ERR_STATE). */
PITH_API int pith_encoder_run(pith_encoder* enc, pith_out* out, pith_in* in, pith_op op);
PITH_API void pith_encoder_error(const pith_encoder* enc, pith_error* error);
/* Memory in bytes the encoder will use with its present parameters and the given number of workers.
 */
PITH_API uint64_t pith_encoder_memory(const pith_encoder* enc, unsigned threads);

PITH_API pith_decoder* pith_decoder_new(const pith_allocator* allocator);
PITH_API void pith_decoder_free(pith_decoder* dec);
PITH_API int pith_decoder_reset(pith_decoder* dec);
/* Before the first byte, except PITH_PARAM_MEMLIMIT, which may be raised after PITH_ERR_MEMLIMIT;
 * the call that failed is then repeated and nothing is lost. */
PITH_API int pith_decoder_set(pith_decoder* dec, pith_param param, uint64_t value);
/* The prior that frames made with one need (PITH_ERR_PRIOR otherwise), null for none. Before the
 * first byte; kept by reset. It must outlive its use. */
PITH_API int pith_decoder_set_prior(pith_decoder* dec, const pith_prior* prior);
/* The model that frames made with one of the user's own need (PITH_ERR_MODEL otherwise), null for
 * none; the built-in one is always there. Before the first byte, or after PITH_ERR_MODEL (needed of
 * the error is its id): the call that failed is then repeated and nothing is lost. Kept by reset.
 * It must outlive its use. */
PITH_API int pith_decoder_set_model(pith_decoder* dec, const pith_model* model);
PITH_API int pith_decoder_progress(pith_decoder* dec, pith_progress_fn fn, void* opaque);
/* Decodes concatenated frames. op is PITH_RUN, or PITH_FINISH when in holds the last bytes there
 * are: then PITH_END once everything is handed out, PITH_ERR_TRUNCATED inside a frame or on no
 * input at all. */
PITH_API int pith_decoder_run(pith_decoder* dec, pith_out* out, pith_in* in, pith_op op);
PITH_API void pith_decoder_error(const pith_decoder* dec, pith_error* error);
/* Memory in bytes decoding needs per worker: an upper estimate before the header was seen, exact
 * after. */
PITH_API uint64_t pith_decoder_memory(const pith_decoder* dec);
/* Header of the frame in work; PITH_ERR_STATE before it was seen. */
PITH_API int pith_decoder_info(const pith_decoder* dec, pith_info* info);

/* ---- Random access, listing, recovery
 * ---------------------------------------------------------------- */

/* Reads up to size bytes at offset into dst; returns the number read (0 only at the end of the
 * data), or a negative errno. Called from the thread that called pith. */
typedef struct pith_source {
  int64_t (*pread)(void* opaque, void* dst, size_t size, uint64_t offset);
  void* opaque;
  uint64_t size; /* of the compressed data, bytes */
} pith_source;

typedef struct pith_reader pith_reader;

typedef struct pith_block_info {
  uint64_t frame;        /* number of the frame, from 0 */
  uint64_t block;        /* number of the block in its frame, from 0 */
  uint64_t raw_offset;   /* over all frames, bytes */
  uint64_t raw_size;     /* bytes */
  uint64_t coded_offset; /* over all frames, bytes */
  uint64_t coded_size;   /* with its header, bytes */
  int method;            /* PITH_METHOD_* */
  int kind;              /* PITH_KIND_* */
  int level;
  uint64_t raw_hash; /* XXH3-64 of the raw bytes */
  uint64_t prior_id; /* what it is coded with, 0: none */
  uint64_t model_id; /* likewise */
} pith_block_info;

/* Opens compressed data by its footers, last frame first; reads no payload. *status (may be null)
 * tells why null was returned; *error (may be null) tells more. */
PITH_API pith_reader* pith_reader_open(const pith_source* source, const pith_allocator* allocator,
                                       int* status, pith_error* error);
PITH_API void pith_reader_free(pith_reader* reader);
PITH_API int pith_reader_set(pith_reader* reader, pith_param param, uint64_t value);
/* As pith_decoder_set_prior(); at any time. */
PITH_API int pith_reader_set_prior(pith_reader* reader, const pith_prior* prior);
/* As pith_decoder_set_model(); at any time. */
PITH_API int pith_reader_set_model(pith_reader* reader, const pith_model* model);
PITH_API uint64_t pith_reader_size(const pith_reader* reader); /* raw bytes over all frames */
PITH_API uint64_t pith_reader_frames(const pith_reader* reader);
PITH_API uint64_t pith_reader_blocks(const pith_reader* reader); /* over all frames */
PITH_API int pith_reader_frame_info(const pith_reader* reader, uint64_t frame, pith_info* info);
/* Reads the block's header (one pread). index counts over all frames. */
PITH_API int pith_reader_block_info(pith_reader* reader, uint64_t index, pith_block_info* info);
/* Reads raw bytes [offset, offset + size) into dst; *done = bytes read, less than size only at the
 * end of the data or on error. Keeps the last block decoded, so that reading on is cheap. */
PITH_API int pith_reader_read(pith_reader* reader, void* dst, size_t size, uint64_t offset,
                              size_t* done);
PITH_API void pith_reader_error(const pith_reader* reader, pith_error* error);

/* Recovery: scans damaged data for undamaged blocks, decodes them and hands their bytes to on_data
 * in order of their place in the file. Every gap is reported by on_lost: raw range within its frame
 * where it is known (raw_size PITH_UNKNOWN_POSITION: everything after raw_offset up to the end of
 * the frame is uncertain; 0: the compressed range is damaged or foreign, but held no data), and
 * compressed range. Frames are numbered as they are found; docs/format.md section 10 tells how.
 * Both callbacks are needed. Non-zero from one stops with PITH_ERR_CANCELLED. PITH_OK: no data was
 * lost; PITH_ERR_CORRUPT: some was, and what was found has been handed out; PITH_ERR_FORMAT: there
 * is nothing of pith in there. prior, model: for data made with such of the user's own, else null;
 * PITH_ERR_PRIOR, PITH_ERR_MODEL: it is needed. memlimit: bytes, 0 = none. */
typedef struct pith_lost {
  uint64_t frame;
  uint64_t raw_offset;
  uint64_t raw_size;
  uint64_t coded_offset;
  uint64_t coded_size;
} pith_lost;
typedef struct pith_recover_sink {
  int (*on_data)(void* opaque, uint64_t frame, uint64_t raw_offset, const void* data, size_t size);
  int (*on_lost)(void* opaque, const pith_lost* lost);
  void* opaque;
} pith_recover_sink;
PITH_API int pith_recover(const pith_source* source, const pith_recover_sink* sink,
                          const pith_prior* prior, const pith_model* model,
                          const pith_allocator* allocator, uint64_t memlimit, pith_error* error);

/* ---- Models
 * -----------------------------------------------------------------------------------------------
 * A model is the network of levels 5 to 9 and its vocabulary. One is built in; `pith-model` trains
 * others. Decoding needs the very same model. */

/* Reads a model file. data is not copied and must outlive the model: most of its weights are used
 * where they lie. Null on failure: *status (may be null) is PITH_ERR_FORMAT (not a model, or one
 * too large for the format: it works in more than 5.8 MB beside its weights), PITH_ERR_VERSION,
 * PITH_ERR_CORRUPT (damaged or cut short), PITH_ERR_MEMORY or PITH_ERR_INTERNAL (this processor
 * does not compute networks as defined). What it takes is not part of any PITH_PARAM_MEMLIMIT.
 * Objects on several threads may use one model. */
PITH_API pith_model* pith_model_new(const void* data, size_t size, const pith_allocator* allocator,
                                    int* status, pith_error* error);
PITH_API void pith_model_free(pith_model* model); /* null is fine */
/* What frames call it, the same for the same bytes: the last eight of its file, little-endian. */
PITH_API uint64_t pith_model_id(const pith_model* model);

/* ---- Priors
 * -----------------------------------------------------------------------------------------------
 * A prior is what samples taught: contexts that recur in them and what follows, with values tuned
 * to go with them. Text like the samples gets much smaller with it, small files most of all;
 * decoding needs the very same prior. pith has some of its own built in. */

/* Reads a prior. data is not copied and must outlive the prior; aligned to 64 bytes it is fastest
 * (a mapped file is). Null on failure: *status (may be null) is PITH_ERR_FORMAT (not a prior),
 * PITH_ERR_VERSION, PITH_ERR_TRUNCATED, PITH_ERR_CHECKSUM, PITH_ERR_CORRUPT or PITH_ERR_MEMORY.
 * Objects on several threads may use one prior. */
PITH_API pith_prior* pith_prior_new(const void* data, size_t size, const pith_allocator* allocator,
                                    int* status, pith_error* error);
PITH_API void pith_prior_free(pith_prior* prior); /* null is fine */
/* What frames call it: never 0, and the same for the same bytes. */
PITH_API uint64_t pith_prior_id(const pith_prior* prior);

#define PITH_PRIOR_SIZE_MIN ((size_t)1 << 20)
#define PITH_PRIOR_SIZE_MAX ((size_t)1 << 30)
#define PITH_SAMPLES_MIN ((size_t)64 << 10) /* bytes of samples */

typedef struct pith_training {
  const void* samples;   /* documents, one after another */
  size_t samples_size;   /* bytes of all; less than 4 GiB */
  const uint64_t* sizes; /* bytes of each document */
  size_t count;          /* of documents */
  uint64_t memory_limit; /* bytes to work in beside the samples, 0: none */
  /* Called with the share done, 0 to 1; non-zero cancels. May be null. */
  int (*progress)(void* opaque, double done);
  void* progress_opaque;
} pith_training;

/* Bytes. A part of the samples is kept back to tell what the prior is worth. */
typedef struct pith_training_report {
  uint64_t counted;               /* of samples that the prior is made from */
  uint64_t tuned;                 /* of samples that it was tuned with */
  uint64_t held;                  /* of samples kept back, in pieces of at most 150,000 bytes */
  uint64_t contexts;              /* in the prior */
  uint64_t held_without_prior[4]; /* [level - 1] what those are coded to without any prior */
  uint64_t held_with_prior[4];    /* ... and with this one */
} pith_training_report;

/* Makes a prior. *dst_size: the size it may have, PITH_PRIOR_SIZE_MIN..PITH_PRIOR_SIZE_MAX bytes of
 * room at dst; then the size it has, 0 on failure. The same samples give the same prior.
 * PITH_ERR_PARAM: too few samples, or no text among them. report and error may be null. */
PITH_API int pith_train_prior(void* dst, size_t* dst_size, const pith_training* training,
                              pith_training_report* report, pith_error* error);

/* ---- What this build can do
 * -------------------------------------------------------------------------- */

/* What a level means. */
typedef struct pith_level_info {
  int level;
  uint64_t block_size;     /* bytes */
  uint64_t encoder_memory; /* bytes a worker, buffers included */
  uint64_t decoder_memory; /* bytes a worker, buffers included */
  uint64_t model_id;       /* of the built-in model it uses, 0: none */
} pith_level_info;
PITH_API int pith_level(int level, pith_level_info* info);

/* Name of the instruction-set path in use, such as "avx2". Never null. */
PITH_API const char* pith_kernel_name(void);

/* Quick verdict on a sample: 1 if data looks incompressible (random, encrypted or compressed), else
 * 0. Looks at 64 KiB at most. */
PITH_API int pith_looks_incompressible(const void* data, size_t size);

#ifdef __cplusplus
}
#endif

#endif /* PITH_PITH_H */
