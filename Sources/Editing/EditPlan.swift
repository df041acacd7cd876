import StoaLoad
import StoaModel

/// The changes that an edit makes to a community's files: a value, complete before any file is changed.
package struct EditPlan: Sendable {
  package struct File: Sendable {
    /// Nil for a new file.
    package let from: String?
    /// Nil for a file that is removed.
    package let to: String?
    /// Nil if the content does not change.
    package let bytes: [UInt8]?
    /// How many references in it are rewritten.
    package let references: Int

    init(from: String?, to: String?, bytes: [UInt8]? = nil, references: Int = 0) {
      self.from = from
      self.to = to
      self.bytes = bytes
      self.references = references
    }
  }

  /// In order of path.
  package private(set) var files: [File] = []
  /// Notes for the user: information, and what to do by hand.
  package private(set) var notes: [String] = []

  init() {}

  package var isEmpty: Bool { files.isEmpty }

  mutating func add(_ file: File) {
    files.append(file)
    files.sort { ($0.from ?? $0.to ?? "").precedes($1.from ?? $1.to ?? "") }
  }

  mutating func note(_ text: String) { if !notes.contains(text) { notes.append(text) } }

  /// The plan as text: a line for each file, then the notes.
  package var lines: [String] {
    files.map { file in
      let references = file.references == 1 ? " (1 reference)" : " (\(file.references) references)"
      let rewritten = file.references > 0 ? references : ""
      switch (file.from, file.to) {
      case (let from?, let to?) where from != to:
        return "moved \(from) to \(to)\(rewritten)"
      case (let from?, .some): return "changed \(from)\(rewritten)"
      case (let from?, nil): return "removed \(from)"
      case (nil, let to?): return "made \(to)"
      case (nil, nil): return ""
      }
    } + notes
  }
}

/// The files of a community while a plan is made: their original content, and the changes so far.
struct Draft {
  let content: EditableCommunity
  private var bytes: [String: [UInt8]] = [:]
  private var moves: [String: String] = [:]
  private var removed: Set<String> = []
  private var made: Set<String> = []
  private var references: [String: Int] = [:]
  private(set) var notes: [String] = []
  /// Lines that quoted an erased response.
  var removedQuotes: [String] = []

  init(_ content: EditableCommunity) { self.content = content }

  subscript(file: String) -> [UInt8]? { bytes[file] ?? content.files[file] }

  /// - Parameter file: its path before the edit.
  mutating func move(_ file: String, to path: String) { moves[file] = path }

  mutating func remove(_ file: String) { removed.insert(file) }

  func isRemoved(_ file: String) -> Bool { removed.contains(file) }

  mutating func make(_ file: String, _ text: [UInt8]) {
    made.insert(file)
    bytes[file] = text
  }

  mutating func set(_ file: String, _ text: [UInt8]) { bytes[file] = text }

  mutating func note(_ text: String) { notes.append(text) }

  /// The current values of a key of a file.
  func texts(of key: String, in file: String) -> [String] {
    self[file].flatMap { FrontMatterEditor($0) }?.texts(of: key) ?? []
  }

  /// Adds a note about documents that could not be read, since they may hold references.
  mutating func noteUnread(_ relocation: Relocation) {
    let read = Set(content.texts.map(\.file))
    let gone = Set(content.sources.responses.filter { $0.item.removed != nil }.map(\.item.file))
    let names =
      relocation.texts.keys + relocation.topics.map(\.slug) + relocation.contributors.map(\.slug)
      + relocation.responses.keys.map(\.id)
    for (file, bytes) in content.files.sorted(by: { $0.key.precedes($1.key) })
    where file != "stoa.yml" && !read.contains(file) && !gone.contains(file)
      && !file.hasPrefix("content/static/")
    {
      guard let name = names.first(where: { bytes.firstRange(of: Array($0.utf8)) != nil }) else {
        continue
      }
      note("\(file): it could not be read, and contains “\(name)”: check it by hand")
    }
  }

  /// Adds the results of rewriting references.
  mutating func take(_ results: [String: ReferenceRewriter.Result]) {
    for (file, result) in results.sorted(by: { $0.key.precedes($1.key) }) {
      if result.count > 0 { bytes[file] = result.bytes }
      references[file] = result.count
      for place in result.failures {
        note(
          "\(place.file):\(place.line): this reference cannot be changed without changing something else: change it by hand"
        )
      }
    }
  }

  /// Changes the front matter of a file; throws if that is impossible without changing anything else.
  mutating func edit(
    _ file: String, _ change: (inout FrontMatterEditor) -> Bool
  ) throws(UsageError) {
    guard let before = self[file],
      var editor = FrontMatterEditor(before, isWholeFile: file == "stoa.yml")
    else { throw UsageError("the front matter of \(file) cannot be read: stoa check reports why") }
    guard change(&editor) else {
      throw UsageError(
        "the front matter of \(file) cannot be changed automatically: change it by hand")
    }
    bytes[file] = editor.bytes
  }

  var plan: EditPlan {
    var plan = EditPlan()
    for file in made { plan.add(EditPlan.File(from: nil, to: file, bytes: bytes[file])) }
    for file in removed { plan.add(EditPlan.File(from: file, to: nil)) }
    for file in Set(moves.keys).union(bytes.keys).subtracting(removed).subtracting(made) {
      let changed = bytes[file].flatMap { $0 == content.files[file] ? nil : $0 }
      let to = moves[file] ?? file
      guard to != file || changed != nil else { continue }
      plan.add(
        EditPlan.File(
          from: file, to: to, bytes: changed, references: references[file] ?? 0))
    }
    for note in notes { plan.note(note) }
    return plan
  }
}
