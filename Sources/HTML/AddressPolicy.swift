/// Judges where an address leads.
package enum AddressPolicy {
  package enum Verdict { case external, mail, relative, fragment, refused }
  package static func judge(_ a: String) -> Verdict {
    if a.hasPrefix("http://") || a.hasPrefix("https://") { return .external }
    if a.hasPrefix("mailto:") { return .mail }
    if a.hasPrefix("#") { return .fragment }
    return a.contains(":") ? .refused : .relative
  }
  package static func normalized(_ a: String) -> String? { a }
}
