/// The system's C library: the only file that knows which one it is.
///
/// Where one of our methods has the same name as a C function, `StoaPlatform.read` refers to the function.
@_exported public import Glibc
