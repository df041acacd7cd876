#ifndef ROOTED_OPEN_H
#define ROOTED_OPEN_H

/// Opens a folder below which files are opened; links on the way to it are followed.
///
/// Returns a descriptor, or the number of the error below zero.
int rooted_open_root(const char *path);

/// Opens a file below a folder to be read, without following a symbolic link at any part of its path and without leaving the
/// folder, whatever is done to the folders meanwhile.
///
/// `directory`: whether it has to be a folder. `walks`: go part by part, as on systems without openat2. Returns a descriptor, or
/// the number of the error below zero: that of a symbolic link is ELOOP.
int rooted_open_beneath(int root, const char *path, int directory, int walks);

#endif
