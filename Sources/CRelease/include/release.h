#ifndef STOA_RELEASE_H
#define STOA_RELEASE_H

// What Tools/package says of the program that it builds; both are empty in any other build.

/// The address of the repository whose releases this program is one of.
const char *stoa_release_repository(void);

/// The libraries that are linked in, as "name version" with a semicolon between two of them.
const char *stoa_release_libraries(void);

#endif
