/* Compresses a file in memory, decompresses it again and compares: the shortest complete use of
 * libpith.
 *
 *     one_shot FILE
 *     notes.txt: 152089 -> 36702 bytes, round trip ok
 */
#include <pith/pith.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads a whole file; null on failure. The caller frees it. */
static unsigned char* read_file(const char* name, size_t* size) {
  FILE* file = fopen(name, "rb");
  if (file == NULL) return NULL;
  unsigned char* data = NULL;
  size_t used = 0;
  size_t room = 0;
  do {
    if (used == room) {
      room = room == 0 ? 65536 : room * 2;
      unsigned char* larger = realloc(data, room);
      if (larger == NULL) break;
      data = larger;
    }
    used += fread(data + used, 1, room - used, file);
  } while (used == room);
  const int complete = feof(file) && !ferror(file);
  fclose(file);
  if (!complete) {
    free(data);
    return NULL;
  }
  *size = used;
  return data;
}

/* Returns a status of pith; sets *packed_size. */
static int round_trip(const unsigned char* raw, size_t raw_size, size_t* packed_size) {
  /* pith_bound() bytes are enough whatever the input is, so pith_compress() cannot run out of room.
   */
  const size_t bound = pith_bound(raw_size);
  unsigned char* packed = malloc(bound);
  unsigned char* back = malloc(raw_size > 0 ? raw_size : 1);
  int status = PITH_ERR_MEMORY;
  if (packed != NULL && back != NULL) {
    *packed_size = bound; /* capacity in, size out */
    status = pith_compress(packed, packed_size, raw, raw_size, PITH_LEVEL_DEFAULT);
  }
  if (status >= 0) {
    size_t back_size = raw_size;
    status = pith_decompress(back, &back_size, packed, *packed_size);
    /* pith checks every byte itself before it reports success; this shows that one may rely on it.
     */
    if (status >= 0 && (back_size != raw_size || memcmp(back, raw, raw_size) != 0)) {
      status = PITH_ERR_INTERNAL;
    }
  }
  free(packed);
  free(back);
  return status;
}

int main(int argc, char** argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: one_shot FILE\n");
    return 2;
  }
  size_t raw_size = 0;
  unsigned char* raw = read_file(argv[1], &raw_size);
  if (raw == NULL) {
    fprintf(stderr, "one_shot: %s: cannot read it\n", argv[1]);
    return 1;
  }
  size_t packed_size = 0;
  const int status = round_trip(raw, raw_size, &packed_size);
  free(raw);
  if (status < 0) {
    fprintf(stderr, "one_shot: %s: %s (%s)\n", argv[1], pith_status_text(status),
            pith_status_name(status));
    return 1;
  }
  printf("%s: %zu -> %zu bytes, round trip ok\n", argv[1], raw_size, packed_size);
  return 0;
}
