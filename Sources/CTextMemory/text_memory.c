#include "text_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
  alignment = 16,
  // Most documents need less. Pages that no document has touched cost nothing.
  first_chunk = 4 << 20,
};

/// The header of each block, so that realloc knows how much to copy.
typedef struct {
  size_t size;
  size_t padding;
} header;

typedef struct chunk {
  struct chunk *previous;
  size_t size;
  size_t used;
  size_t padding;
  unsigned char bytes[];
} chunk;

static chunk *current;
/// The block that was allocated last: it can grow in place.
static unsigned char *last;

static chunk *new_chunk(size_t size, chunk *previous) {
  chunk *made = malloc(sizeof(chunk) + size);
  // The library's own allocator aborts, too: the caller cannot recover.
  if (made == NULL) abort();
  made->previous = previous;
  made->size = size;
  made->used = 0;
  return made;
}

static size_t rounded(size_t size) {
  if (size > SIZE_MAX / 2) abort();
  return (size + alignment - 1) & ~(size_t)(alignment - 1);
}

static void *allocate(size_t size) {
  size_t needed = sizeof(header) + rounded(size);
  if (current == NULL) current = new_chunk(first_chunk, NULL);
  if (current->size - current->used < needed) {
    // Double the chunk before, so that even a large document needs few chunks.
    size_t next = current->size * 2;
    current = new_chunk(next > needed ? next : needed, current);
  }
  header *head = (header *)(current->bytes + current->used);
  current->used += needed;
  head->size = size;
  last = (unsigned char *)(head + 1);
  return last;
}

void *stoa_text_calloc(size_t count, size_t size) {
  if (size != 0 && count > SIZE_MAX / size) abort();
  return memset(allocate(count * size), 0, count * size);
}

void *stoa_text_realloc(void *block, size_t size) {
  if (block == NULL) return allocate(size);
  header *head = (header *)block - 1;
  if (size <= head->size) return block;
  if (block == last) {
    size_t more = rounded(size) - rounded(head->size);
    if (current->size - current->used >= more) {
      current->used += more;
      head->size = size;
      return block;
    }
  }
  size_t kept = head->size;
  return memcpy(allocate(size), block, kept);
}

void stoa_text_free(void *block) { (void)block; }

void stoa_text_reset(void) {
  while (current != NULL && current->previous != NULL) {
    chunk *previous = current->previous;
    free(current);
    current = previous;
  }
  if (current != NULL) current->used = 0;
  last = NULL;
}
