/// Something that the system refused: a full disk, a folder without permission.
///
/// Commands end with status 74.
package protocol InputOutputFailure: Error, CustomStringConvertible {}

/// A mistake in what a person wrote that shows only while the site is written.
///
/// Commands end with status 1, as for a diagnostic.
package protocol ContentFailure: Error {
  var diagnostic: Diagnostic { get }
}
