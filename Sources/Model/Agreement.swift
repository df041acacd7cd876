/// Somebody's word that what they wrote may be shared as widely as it is (`agreed-by`).
package struct Agreement: Sendable, Hashable {
  /// A handle or a name.
  package let name: Located<String>
  /// The audience that was agreed to; nil when the front matter leaves it at the one that the text had got.
  package let audience: Audience?

  package init(_ name: Located<String>, to audience: Audience? = nil) {
    self.name = name
    self.audience = audience
  }

  /// Whether it is about an audience as wide as this one.
  package func covers(_ other: Audience) -> Bool { audience.map { $0 >= other } ?? true }
}
