#ifndef SPAWN_CLOSE_H
#define SPAWN_CLOSE_H

/// Has a child closed all descriptors from a number on; a call of glibc (2.34) that Swift does not import.
///
/// `actions`: a `posix_spawn_file_actions_t`. Returns 0, or the number of the error.
int spawn_close_from(void *actions, int first);

#endif
