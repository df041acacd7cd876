#ifndef STOA_RELEASE_H
#define STOA_RELEASE_H

// Set by Tools/package for the program that it builds; both are empty in any other build.

/// The URL of the repository that released this program.
const char *stoa_release_repository(void);

/// The libraries that are linked in, each as "name version", separated by semicolons.
const char *stoa_release_libraries(void);

#endif
