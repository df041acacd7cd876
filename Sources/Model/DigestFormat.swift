/// What a digest is written as for somebody who sends it.
package enum DigestFormat: String, Sendable, CaseIterable {
  case markdown
  case html
  /// A message as mail programs keep it.
  case eml
}
