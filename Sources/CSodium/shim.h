#ifndef STOA_CSODIUM_SHIM_H
#define STOA_CSODIUM_SHIM_H

#include <sodium.h>

#endif
