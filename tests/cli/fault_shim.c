/* Preloaded into pith, makes one system call fail.
 *
 *   FAULT_CALL   name of the function, such as write
 *   FAULT_ERRNO  number of the error; -1: not an error, but transfers of one byte each, every time
 *   FAULT_AT     which call fails, from 1
 *   FAULT_LOG    file that is created when that has happened
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static int setting(const char* name) {
  const char* text = getenv(name);
  return text != NULL ? (int)strtol(text, NULL, 10) : 0;
}

static int is_chosen(const char* call) {
  const char* chosen = getenv("FAULT_CALL");
  return chosen != NULL && strcmp(chosen, call) == 0;
}

/* Whether this call is the one that fails. */
static int fails(const char* call) {
  static int count = 0;
  if (!is_chosen(call) || setting("FAULT_ERRNO") < 0) return 0;
  if (__atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST) != setting("FAULT_AT")) return 0;
  const char* log = getenv("FAULT_LOG");
  if (log != NULL) {
    /* Not through open() and close(), which may be the calls in question. */
    long fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT, 0600);
    if (fd >= 0) syscall(SYS_close, fd);
  }
  errno = setting("FAULT_ERRNO");
  return 1;
}

/* Bytes to transfer. */
static size_t cut(const char* call, size_t size) {
  return is_chosen(call) && setting("FAULT_ERRNO") < 0 && size > 1 ? 1 : size;
}

#define REAL(type, name, ...)              \
  static type (*real)(__VA_ARGS__) = NULL; \
  if (real == NULL) *(void**)(&real) = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void* data, size_t size) {
  REAL(ssize_t, write, int, const void*, size_t);
  /* Messages are not what is tested, and what they say helps. */
  if (fd == STDERR_FILENO) return real(fd, data, size);
  return fails("write") ? -1 : real(fd, data, cut("write", size));
}

ssize_t read(int fd, void* data, size_t size) {
  REAL(ssize_t, read, int, void*, size_t);
  return fails("read") ? -1 : real(fd, data, cut("read", size));
}

ssize_t pread(int fd, void* data, size_t size, off_t offset) {
  REAL(ssize_t, pread, int, void*, size_t, off_t);
  return fails("pread") ? -1 : real(fd, data, cut("pread", size), offset);
}

ssize_t pread64(int fd, void* data, size_t size, off64_t offset) {
  REAL(ssize_t, pread64, int, void*, size_t, off64_t);
  return fails("pread") ? -1 : real(fd, data, cut("pread", size), offset);
}

/* The descriptor is closed all the same, as on Linux. */
int close(int fd) {
  REAL(int, close, int);
  if (!fails("close")) return real(fd);
  int error = errno;
  real(fd);
  errno = error;
  return -1;
}

int fsync(int fd) {
  REAL(int, fsync, int);
  return fails("fsync") ? -1 : real(fd);
}

/* What pith opens; what the C library opens for itself does not pass here. */
int open64(const char* path, int flags, ...) {
  REAL(int, open64, const char*, int, ...);
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails("open") ? -1 : real(path, flags, mode);
}

int openat64(int dir, const char* path, int flags, ...) {
  REAL(int, openat64, int, const char*, int, ...);
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails("openat") ? -1 : real(dir, path, flags, mode);
}

int fstat64(int fd, struct stat64* status) {
  REAL(int, fstat64, int, struct stat64*);
  return fails("fstat") ? -1 : real(fd, status);
}

off64_t lseek64(int fd, off64_t offset, int whence) {
  REAL(off64_t, lseek64, int, off64_t, int);
  return fails("lseek") ? -1 : real(fd, offset, whence);
}

ssize_t getrandom(void* data, size_t size, unsigned int flags) {
  REAL(ssize_t, getrandom, void*, size_t, unsigned int);
  return fails("getrandom") ? -1 : real(data, size, flags);
}

int unlinkat(int dir, const char* path, int flags) {
  REAL(int, unlinkat, int, const char*, int);
  return fails("unlinkat") ? -1 : real(dir, path, flags);
}

int renameat2(int from_fd, const char* from, int to_fd, const char* to, unsigned int flags) {
  REAL(int, renameat2, int, const char*, int, const char*, unsigned int);
  return fails("renameat2") ? -1 : real(from_fd, from, to_fd, to, flags);
}

int renameat(int from_fd, const char* from, int to_fd, const char* to) {
  REAL(int, renameat, int, const char*, int, const char*);
  return fails("renameat") ? -1 : real(from_fd, from, to_fd, to);
}

int linkat(int from_fd, const char* from, int to_fd, const char* to, int flags) {
  REAL(int, linkat, int, const char*, int, const char*, int);
  return fails("linkat") ? -1 : real(from_fd, from, to_fd, to, flags);
}

int fchmod(int fd, mode_t mode) {
  REAL(int, fchmod, int, mode_t);
  return fails("fchmod") ? -1 : real(fd, mode);
}

int fchown(int fd, uid_t owner, gid_t group) {
  REAL(int, fchown, int, uid_t, gid_t);
  return fails("fchown") ? -1 : real(fd, owner, group);
}

int futimens(int fd, const struct timespec times[2]) {
  REAL(int, futimens, int, const struct timespec*);
  return fails("futimens") ? -1 : real(fd, times);
}

int unlink(const char* path) {
  REAL(int, unlink, const char*);
  return fails("unlink") ? -1 : real(path);
}
