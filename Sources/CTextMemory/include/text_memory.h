#ifndef STOA_TEXT_MEMORY_H
#define STOA_TEXT_MEMORY_H

#include <stddef.h>

/// The memory of one document while it is parsed: blocks are allocated one after another from large chunks, and are all freed at
/// once. A process has one such region, so only one document at a time may use it.

/// Zeroed memory for `count` elements of `size` bytes, aligned to 16 bytes; aborts when there is no memory.
void *stoa_text_calloc(size_t count, size_t size);

/// Resizes a block: its bytes are kept as far as they fit, and any bytes after them are undefined.
void *stoa_text_realloc(void *block, size_t size);

/// Does nothing: the block is freed with all the others.
void stoa_text_free(void *block);

/// Frees every block. The first chunk is kept for the next document.
void stoa_text_reset(void);

#endif
