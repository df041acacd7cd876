/// A person's agreement to share a text as widely as its audience says (`agreed-by`).
package struct Agreement: Sendable, Hashable {
  /// A handle or a name.
  package let name: Located<String>
  /// The audience to which the person agreed; nil for the audience that the text had when the name was added.
  package let audience: Audience?

  package init(_ name: Located<String>, to audience: Audience? = nil) {
    self.name = name
    self.audience = audience
  }

  /// Whether it covers an audience.
  package func covers(_ other: Audience) -> Bool { audience.map { $0 >= other } ?? true }
}
