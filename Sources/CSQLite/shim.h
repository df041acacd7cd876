#ifndef STOA_CSQLITE_SHIM_H
#define STOA_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
