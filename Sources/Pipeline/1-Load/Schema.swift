/// The keys that a kind of file may have: what Load reads by, and what the guide's reference documents.
package struct Schema: Sendable {
  package struct Key: Sendable {
    package let name: String
    package let shape: ValueShape
    /// What the key's texts name; nil when they name nothing that can be renamed.
    package let reference: Reference?
    /// The beginning of what the reference says of it.
    package let meaning: String

    /// As the reference names what it takes, such as `text`, `list of names` or `date`.
    package var type: String { shape.name }

    init(_ name: String, _ shape: ValueShape, names reference: Reference? = nil, _ meaning: String)
    {
      self.name = name
      self.shape = shape
      self.reference = reference
      self.meaning = meaning
    }
  }

  /// What must hold between the keys of one file.
  enum Condition: Sendable {
    case required(String)
    /// One of these has to be there, or more.
    case any([String])
    case notBoth(String, String)
    /// Only a question has an answer.
    case answerNeedsQuestion
  }

  /// What a text of front matter can name.
  ///
  /// A key that is marked with one of these is rewritten when that is renamed.
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
    /// A file, by its path from here or from the site's root.
    case file
    /// The slug of a page or post, or an address.
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

  /// What the texts of a key name.
  package func reference(of key: String) -> Reference? {
    keys.first { $0.name == key }?.reference
  }

  func contains(_ key: String) -> Bool { names.contains(key) }

  /// Whether a key holds words or names, alone or in a list; the keys that begin with `x-` do.
  func takesText(_ key: String) -> Bool {
    keys.first { $0.name == key }?.shape.takesText ?? true
  }

  /// Whether a key may hold several texts.
  func takesList(_ key: String) -> Bool {
    keys.first { $0.name == key }?.shape.takesList ?? false
  }
}
