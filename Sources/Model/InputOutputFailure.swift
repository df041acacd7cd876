/// A failed operation on a file, a folder or another program, for example because of a full disk or missing permission.
///
/// The description has the operation and the path. Commands exit with code 74.
public protocol InputOutputFailure: Error, CustomStringConvertible {}

/// An error in the content that is found only while the site is written.
///
/// Commands exit with code 1, as for a diagnostic.
package protocol ContentFailure: Error {
  var diagnostic: Diagnostic { get }
}
