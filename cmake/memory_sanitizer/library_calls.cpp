// Calls of installed libraries as the memory sanitizer has to see them, which knows nothing of what
// they do. The linker puts these in their place (--wrap, see PithMemorySanitizer.cmake): a call of
// X arrives at __wrap_X, and __real_X is the library's own.
//
// Of zstd those that read or write memory of the caller: what goes in must be initialised, what
// comes out is. Of libstdc++ one that writes for GoogleTest, and those that compare tables of their
// own, on a stack that may have been ours before.
#define ZSTD_STATIC_LINKING_ONLY
#include <sanitizer/msan_interface.h>
#include <zstd.h>

#include <locale>

#define REAL(name) __real_##name
#define WRAP(name) __wrap_##name

namespace {

// A result of zstd's is a size, or an error after which nothing is said of the memory.
size_t written(void* memory, size_t result) {
  if (ZSTD_isError(result) == 0) __msan_unpoison(memory, result);
  return result;
}

ZSTD_compressionParameters seen(ZSTD_compressionParameters params) {
  __msan_unpoison(&params, sizeof params);
  return params;
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the linker's names
extern "C" {

size_t REAL(ZSTD_compress)(void* to, size_t room, const void* from, size_t size, int level);
size_t WRAP(ZSTD_compress)(void* to, size_t room, const void* from, size_t size, int level) {
  __msan_check_mem_is_initialized(from, size);
  return written(to, REAL(ZSTD_compress)(to, room, from, size, level));
}

size_t REAL(ZSTD_compress2)(ZSTD_CCtx* context, void* to, size_t room, const void* from,
                            size_t size);
size_t WRAP(ZSTD_compress2)(ZSTD_CCtx* context, void* to, size_t room, const void* from,
                            size_t size) {
  __msan_check_mem_is_initialized(from, size);
  return written(to, REAL(ZSTD_compress2)(context, to, room, from, size));
}

size_t REAL(ZSTD_decompress)(void* to, size_t room, const void* from, size_t size);
size_t WRAP(ZSTD_decompress)(void* to, size_t room, const void* from, size_t size) {
  __msan_check_mem_is_initialized(from, size);
  return written(to, REAL(ZSTD_decompress)(to, room, from, size));
}

size_t REAL(ZSTD_decompressDCtx)(ZSTD_DCtx* context, void* to, size_t room, const void* from,
                                 size_t size);
size_t WRAP(ZSTD_decompressDCtx)(ZSTD_DCtx* context, void* to, size_t room, const void* from,
                                 size_t size) {
  __msan_check_mem_is_initialized(from, size);
  return written(to, REAL(ZSTD_decompressDCtx)(context, to, room, from, size));
}

size_t REAL(ZSTD_findFrameCompressedSize)(const void* from, size_t size);
size_t WRAP(ZSTD_findFrameCompressedSize)(const void* from, size_t size) {
  __msan_check_mem_is_initialized(from, size);
  return REAL(ZSTD_findFrameCompressedSize)(from, size);
}

size_t REAL(ZSTD_getFrameHeader)(ZSTD_frameHeader* header, const void* from, size_t size);
size_t WRAP(ZSTD_getFrameHeader)(ZSTD_frameHeader* header, const void* from, size_t size) {
  __msan_check_mem_is_initialized(from, size);
  const size_t result = REAL(ZSTD_getFrameHeader)(header, from, size);
  if (result == 0) __msan_unpoison(header, sizeof *header);
  return result;
}

ZSTD_compressionParameters REAL(ZSTD_getCParams)(int level, unsigned long long size,
                                                 size_t dictionary);
ZSTD_compressionParameters WRAP(ZSTD_getCParams)(int level, unsigned long long size,
                                                 size_t dictionary) {
  return seen(REAL(ZSTD_getCParams)(level, size, dictionary));
}

ZSTD_compressionParameters REAL(ZSTD_adjustCParams)(ZSTD_compressionParameters params,
                                                    unsigned long long size, size_t dictionary);
ZSTD_compressionParameters WRAP(ZSTD_adjustCParams)(ZSTD_compressionParameters params,
                                                    unsigned long long size, size_t dictionary) {
  return seen(REAL(ZSTD_adjustCParams)(params, size, dictionary));
}

char* REAL(__cxa_demangle)(const char* name, char* room, size_t* size, int* status);
char* WRAP(__cxa_demangle)(const char* name, char* room, size_t* size, int* status) {
  char* const result = REAL(__cxa_demangle)(name, room, size, status);
  if (result != nullptr) __msan_unpoison_string(result);
  if (size != nullptr) __msan_unpoison(size, sizeof *size);
  if (status != nullptr) __msan_unpoison(status, sizeof *status);
  return result;
}

// std::ctype<char>::_M_widen_init() const
void REAL(_ZNKSt5ctypeIcE13_M_widen_initEv)(const std::ctype<char>* self);
void WRAP(_ZNKSt5ctypeIcE13_M_widen_initEv)(const std::ctype<char>* self) {
  __msan_scoped_disable_interceptor_checks();
  REAL(_ZNKSt5ctypeIcE13_M_widen_initEv)(self);
  __msan_scoped_enable_interceptor_checks();
}

// std::ctype<char>::_M_narrow_init() const
void REAL(_ZNKSt5ctypeIcE14_M_narrow_initEv)(const std::ctype<char>* self);
void WRAP(_ZNKSt5ctypeIcE14_M_narrow_initEv)(const std::ctype<char>* self) {
  __msan_scoped_disable_interceptor_checks();
  REAL(_ZNKSt5ctypeIcE14_M_narrow_initEv)(self);
  __msan_scoped_enable_interceptor_checks();
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
