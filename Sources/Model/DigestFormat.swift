/// The format of a digest that somebody sends.
package enum DigestFormat: String, Sendable, CaseIterable {
  case markdown
  case html
  /// A message in the format of mail programs.
  case eml
}
