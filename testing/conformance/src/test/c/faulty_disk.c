/*
 * A disk that fails on demand, for FaultyDiskIT; preloaded into the server with LD_PRELOAD.
 *
 * It counts the calls that write, sync or read files under FAULTY_DISK_DIRECTORY, and makes calls
 * first..last of one class fail with a chosen errno. The test says which calls fail, and reads the
 * counts, in the file FAULTY_DISK_PAGE: a page of shared memory, so that the test can break and heal
 * the disk while the server runs. FaultyDisk.java uses the same layout.
 *
 * When several writes fail, the first of them writes half of its bytes and returns that number, as a
 * full disk does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum operation { NONE, WRITE, SYNC, READ, OPERATIONS };

struct page {
  _Atomic uint64_t failing; /* an operation */
  _Atomic uint64_t first;
  _Atomic uint64_t last;
  _Atomic uint64_t error;
  _Atomic uint64_t fired;
  _Atomic uint64_t seen[OPERATIONS];
  char path[512]; /* the file whose call failed last */
};

static struct page *page;
static char directory[4096];
static size_t directory_length;

/* Runs before main; calls made earlier by other libraries pass through. */
__attribute__((constructor)) static void open_page(void) {
  const char *page_path = getenv("FAULTY_DISK_PAGE");
  const char *under = getenv("FAULTY_DISK_DIRECTORY");
  if (page_path == NULL || under == NULL || strlen(under) >= sizeof directory) {
    return;
  }
  strcpy(directory, under);
  directory_length = strlen(under);
  int descriptor = open(page_path, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) {
    return;
  }
  void *mapped = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  close(descriptor);
  if (mapped != MAP_FAILED) {
    page = mapped;
  }
}

/* Whether the descriptor is open on the directory or below it; `path` is where. */
static int is_watched(int descriptor, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) {
    return 0;
  }
  path[length] = '\0';
  return strncmp(path, directory, directory_length) == 0 &&
         (path[directory_length] == '/' || path[directory_length] == '\0');
}

enum fate { PASSES, FAILS, FALLS_SHORT };

/* Counts one call and says what becomes of it; errno is set when it fails. */
static enum fate fate_of(enum operation operation, int descriptor) {
  char path[sizeof page->path];
  int unchanged = errno;
  if (page == NULL || !is_watched(descriptor, path, sizeof path)) {
    errno = unchanged;
    return PASSES;
  }
  errno = unchanged;
  uint64_t number = atomic_fetch_add(&page->seen[operation], 1) + 1;
  if (page->failing != operation || number < page->first || number > page->last) {
    return PASSES;
  }
  strcpy(page->path, path);
  atomic_fetch_add(&page->fired, 1);
  if (operation == WRITE && number == page->first && page->last > page->first) {
    return FALLS_SHORT;
  }
  errno = (int)page->error;
  return FAILS;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) { \
    real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
  }

static size_t half(size_t size) { return size > 1 ? size / 2 : size; }

ssize_t write(int descriptor, const void *bytes, size_t size) {
  REAL(write)
  enum fate fate = fate_of(WRITE, descriptor);
  return fate == FAILS ? -1 : real(descriptor, bytes, fate == FALLS_SHORT ? half(size) : size);
}

#define POSITIONED_WRITE(name, offset_type) \
  ssize_t name(int descriptor, const void *bytes, size_t size, offset_type offset) { \
    REAL(name) \
    enum fate fate = fate_of(WRITE, descriptor); \
    size_t allowed = fate == FALLS_SHORT ? half(size) : size; \
    return fate == FAILS ? -1 : real(descriptor, bytes, allowed, offset); \
  }

POSITIONED_WRITE(pwrite, off_t)
POSITIONED_WRITE(pwrite64, off64_t)

/* Vectors never fall short: they pass or fail. */
ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  REAL(writev)
  return fate_of(WRITE, descriptor) == FAILS ? -1 : real(descriptor, parts, count);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
  REAL(pwritev)
  return fate_of(WRITE, descriptor) == FAILS ? -1 : real(descriptor, parts, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off64_t offset) {
  REAL(pwritev64)
  return fate_of(WRITE, descriptor) == FAILS ? -1 : real(descriptor, parts, count, offset);
}

int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  REAL(fallocate)
  return fate_of(WRITE, descriptor) == FAILS ? -1 : real(descriptor, mode, offset, length);
}

int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
  REAL(fallocate64)
  return fate_of(WRITE, descriptor) == FAILS ? -1 : real(descriptor, mode, offset, length);
}

int posix_fallocate(int descriptor, off_t offset, off_t length) {
  REAL(posix_fallocate)
  return fate_of(WRITE, descriptor) == FAILS ? errno : real(descriptor, offset, length);
}

int fsync(int descriptor) {
  REAL(fsync)
  return fate_of(SYNC, descriptor) == FAILS ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
  REAL(fdatasync)
  return fate_of(SYNC, descriptor) == FAILS ? -1 : real(descriptor);
}

/* Without flags it syncs nothing: RocksDB asks so whether the file system knows the call. */
int sync_file_range(int descriptor, off64_t offset, off64_t length, unsigned int flags) {
  REAL(sync_file_range)
  int fails = flags != 0 && fate_of(SYNC, descriptor) == FAILS;
  return fails ? -1 : real(descriptor, offset, length, flags);
}

ssize_t read(int descriptor, void *bytes, size_t size) {
  REAL(read)
  return fate_of(READ, descriptor) == FAILS ? -1 : real(descriptor, bytes, size);
}

ssize_t pread(int descriptor, void *bytes, size_t size, off_t offset) {
  REAL(pread)
  return fate_of(READ, descriptor) == FAILS ? -1 : real(descriptor, bytes, size, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t size, off64_t offset) {
  REAL(pread64)
  return fate_of(READ, descriptor) == FAILS ? -1 : real(descriptor, bytes, size, offset);
}

/* RocksDB reads its logs through the C library's streams. */
#undef fread_unlocked
size_t fread_unlocked(void *bytes, size_t size, size_t count, FILE *stream) {
  REAL(fread_unlocked)
  return fate_of(READ, fileno(stream)) == FAILS ? 0 : real(bytes, size, count, stream);
}
