/// A file, a folder or another program that the system refused: a full disk, a folder without permission.
///
/// The description says what was refused, with its path. Commands end with status 74.
public protocol InputOutputFailure: Error, CustomStringConvertible {}

/// A mistake in what a person wrote that shows only while the site is written.
///
/// Commands end with status 1, as for a diagnostic.
package protocol ContentFailure: Error {
  var diagnostic: Diagnostic { get }
}
