/// The keys that a kind of file may have: Load reads by them, and the guide's reference documents them.
package struct Schema: Sendable {
  package struct Key: Sendable {
    package let name: String
    package let shape: ValueShape
    /// The kind of name in the key's value; nil if the value names nothing that can be renamed.
    package let reference: Reference?
    /// The beginning of its description in the reference.
    package let meaning: String

    /// The type's name in the reference, such as `text`, `list of names` or `date`.
    package var type: String { shape.name }

    init(_ name: String, _ shape: ValueShape, names reference: Reference? = nil, _ meaning: String)
    {
      self.name = name
      self.shape = shape
      self.reference = reference
      self.meaning = meaning
    }
  }

  /// Conditions between the keys of one file.
  enum Condition: Sendable {
    case required(String)
    /// At least one of these is required.
    case any([String])
    case notBoth(String, String)
    /// Only a question has an answer.
    case answerNeedsQuestion
  }

  /// The kinds of names that front matter can have.
  ///
  /// The value of such a key is rewritten when the named item is renamed.
  package enum Reference: Sendable, CaseIterable {
    /// The slug of a post.
    case post
    /// The slug of a post, or `slug#response-id`.
    case postOrResponse
    /// The id of a response to the same post.
    case response
    /// The name or slug of a topic.
    case topic
    /// The name or handle of a contributor.
    case contributor
    /// A file, by its path relative to this file or to the site's root.
    case file
    /// The slug of a page or post, or a URL.
    case address
  }

  /// The file's kind, as the reference names it.
  package let name: String
  package let keys: [Key]

  let conditions: [Condition]

  private let names: Set<String>

  init(_ name: String, _ keys: [Key], _ conditions: [Condition] = []) {
    self.name = name
    self.keys = keys
    self.conditions = conditions
    names = Set(keys.map(\.name))
  }

  /// The kind of name in the values of a key.
  package func reference(of key: String) -> Reference? {
    keys.first { $0.name == key }?.reference
  }

  func contains(_ key: String) -> Bool { names.contains(key) }

  /// Whether a key holds text or names, alone or in a list; the keys that begin with `x-` do.
  func takesText(_ key: String) -> Bool {
    keys.first { $0.name == key }?.shape.takesText ?? true
  }

  /// Whether a key may hold several strings.
  func takesList(_ key: String) -> Bool {
    keys.first { $0.name == key }?.shape.takesList ?? false
  }
}
