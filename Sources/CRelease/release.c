#include "release.h"

#ifndef STOA_REPOSITORY
#define STOA_REPOSITORY ""
#endif
#ifndef STOA_LIBRARIES
#define STOA_LIBRARIES ""
#endif

const char *stoa_release_repository(void) { return STOA_REPOSITORY; }

const char *stoa_release_libraries(void) { return STOA_LIBRARIES; }
