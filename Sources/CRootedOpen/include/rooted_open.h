#ifndef ROOTED_OPEN_H
#define ROOTED_OPEN_H

/// Opens a folder as the root for later calls; symbolic links in its own path are followed.
///
/// Returns a descriptor, or the negated error number.
int rooted_open_root(const char *path);

/// Opens a file below a folder for reading. Follows no symbolic link in any part of the path and never leaves the folder, even if
/// folders are moved or replaced meanwhile.
///
/// `directory`: whether it must be a folder. `walks`: open part by part, as on systems without openat2. Returns a descriptor, or
/// the negated error number: ELOOP for a symbolic link.
int rooted_open_beneath(int root, const char *path, int directory, int walks);

#endif
