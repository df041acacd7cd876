#define _GNU_SOURCE
#include "rooted_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#ifndef SYS_openat2
#define SYS_openat2 437
#endif
#define ON_THE_WAY O_PATH
#else
#define ON_THE_WAY O_RDONLY
#endif

// Without O_NONBLOCK, opening a FIFO blocks until it has a writer.
#define TO_READ (O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)

int rooted_open_root(const char *path) {
  int root = open(path, ON_THE_WAY | O_DIRECTORY | O_CLOEXEC);
  return root < 0 ? -errno : root;
}

// Chooses the error for a path component of the wrong type: with O_PATH or O_DIRECTORY, some systems report ENOTDIR for a link.
static int failure_at(int folder, const char *name) {
  int failure = errno;
  struct stat status;
  if (failure == ENOTDIR && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)) return -ELOOP;
  return -failure;
}

static int walk(int root, const char *path, int flags) {
  char name[256];
  int folder = root;
  for (;;) {
    size_t length = strcspn(path, "/");
    int is_last = path[length] == 0;
    int next;
    if (length == 0 || length >= sizeof name) {
      next = length == 0 ? -EINVAL : -ENAMETOOLONG;
    } else {
      memcpy(name, path, length);
      name[length] = 0;
      if (strcmp(name, "..") == 0) {
        next = -EXDEV;
      } else {
        next = openat(folder, name, is_last ? flags : ON_THE_WAY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
        if (next < 0) next = failure_at(folder, name);
      }
    }
    if (folder != root) close(folder);
    if (is_last || next < 0) return next;
    folder = next;
    path += length + 1;
  }
}

int rooted_open_beneath(int root, const char *path, int directory, int walks) {
  int flags = TO_READ | (directory ? O_DIRECTORY : 0);
#ifdef __linux__
  // The header linux/openat2.h is younger than some systems that this is built on. O_NOFOLLOW would report ENOTDIR for a link where
  // a folder is expected, as it does for a file.
  struct {
    uint64_t flags, mode, resolve;
  } how = {(uint64_t)(flags & ~O_NOFOLLOW), 0, 0x08 /* RESOLVE_BENEATH */ | 0x04 /* RESOLVE_NO_SYMLINKS */};
  // The kernel returns EAGAIN when folders were moved during the lookup.
  for (int attempt = 0; !walks && attempt < 8; attempt++) {
    long opened = syscall(SYS_openat2, root, path, &how, sizeof how);
    if (opened >= 0) return (int)opened;
    // Sandboxes return EPERM for system calls that they do not know.
    if (errno == ENOSYS || errno == EPERM) break;
    if (errno != EAGAIN && errno != EINTR) return -errno;
  }
#else
  (void)walks;
#endif
  return walk(root, path, flags);
}
