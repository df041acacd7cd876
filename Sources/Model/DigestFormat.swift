/// The format in which `stoa digest` prints a digest.
package enum DigestFormat: String, Sendable, CaseIterable {
  case markdown
  case html
  /// A message in the format of mail programs.
  case eml
}
