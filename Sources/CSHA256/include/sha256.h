#ifndef STOA_SHA256_H
#define STOA_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has the SHA-256 instructions that `stoa_sha256_compress` uses.
bool stoa_sha256_is_available(void);

/// Adds `count` blocks of 64 bytes to the state. Call it only if `stoa_sha256_is_available` returns true.
void stoa_sha256_compress(uint32_t *state, const uint8_t *blocks, size_t count);

#endif
