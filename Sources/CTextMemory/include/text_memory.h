#ifndef STOA_TEXT_MEMORY_H
#define STOA_TEXT_MEMORY_H

#include <stddef.h>

/// The memory of one document while it is parsed: blocks come one after another from large chunks, and all of them go back at
/// once. There is one such region in a process, so one document at a time may use it.

/// Zeroed memory for `count` things of `size` bytes, aligned to 16 bytes; ends the process when there is none.
void *stoa_text_calloc(size_t count, size_t size);

/// The block with another size: what fits of its bytes is kept, what follows is undefined.
void *stoa_text_realloc(void *block, size_t size);

/// Does nothing: the block goes back with all the others.
void stoa_text_free(void *block);

/// Takes every block back. The first chunk stays for the next document.
void stoa_text_reset(void);

#endif
