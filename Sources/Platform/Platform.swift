/// The C library of the system: the one place that knows which there is.
///
/// Where a method of ours hides a function of the library, `StoaPlatform.read` names the function.
@_exported public import Glibc
