#ifndef SPAWN_CLOSE_H
#define SPAWN_CLOSE_H

/// Makes a child close all descriptors from a number on; a function of glibc (2.34) that Swift does not import.
///
/// `actions`: a `posix_spawn_file_actions_t`. Returns 0, or the error number.
int spawn_close_from(void *actions, int first);

#endif
