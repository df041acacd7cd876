#ifndef STOA_SHA256_H
#define STOA_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for SHA-256 that `stoa_sha256_compress` uses.
bool stoa_sha256_is_available(void);

/// Takes `count` blocks of 64 bytes into the state. Only where `stoa_sha256_is_available`.
void stoa_sha256_compress(uint32_t *state, const uint8_t *blocks, size_t count);

#endif
