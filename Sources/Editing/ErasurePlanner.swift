import StoaAddresses
import StoaLink
import StoaLoad
package import StoaModel

/// The plan to erase a person: the edit, the traces to look for afterwards, and the commands for git's history.
package struct Erasure: Sendable {
  package let plan: EditPlan
  package let traces: TraceFinder
  /// Shell commands that remove the person from the repository's history, once the edit is committed.
  package let recipe: String
}

extension EditableCommunity {
  /// Plans to remove a person's name and writing from the content.
  ///
  /// - Parameters:
  ///   - person: a contributor by handle, name or alias, or a guest by name.
  ///   - reason: the text that readers see where a response to a removed document remains.
  ///   - word: the replacement for the name in other people's documents.
  package func planErasure(
    of person: String, reason: String, word: String
  ) throws(UsageError) -> Erasure {
    var planner = ErasurePlanner(self, word: word)
    return try planner.erase(person, reason: reason)
  }
}

/// Computes the changes of an erasure.
private struct ErasurePlanner {
  private let content: EditableCommunity
  private let word: String
  private var draft: Draft
  private var names: [String] = []
  private var handle: String?
  private var keys: Set<NameKey> = []

  init(_ content: EditableCommunity, word: String) {
    self.content = content
    self.word = word
    draft = Draft(content)
  }

  private var sources: Sources { content.sources }

  mutating func erase(_ person: String, reason: String) throws(UsageError) -> Erasure {
    try identify(person)
    let responses = sources.responses.map(\.item).filter { isTheirs($0.voice) }
    let posts = sources.posts.map(\.item).filter { post in
      !post.authors.isEmpty && post.authors.allSatisfy { keys.contains(NameKey($0.value)) }
    }
    var removal = Removal(content)
    removal.going = Set(responses.map(\.file) + posts.map(\.file))
    removal.hidesAddresses = true
    let texts = (responses.map(\.file) + posts.map(\.file)).compactMap { content.files[$0] }
    let traces = TraceFinder(names: names, texts: texts.map { Array(FrontMatter.body(of: $0)) })
    for response in responses { try removal.remove(response, reason: reason, &draft) }
    for post in posts { try removal.remove(post, reason: reason, &draft) }
    var files = Set(responses.map(\.file) + posts.map(\.file))
    if let handle, let entry = content.community.contributors.first(where: { $0.handle == handle })
    {
      try takeOut(entry, removal, &files)
    }
    try takeNames(traces, except: files)
    try endChanges(traces)
    return Erasure(
      plan: draft.plan, traces: traces,
      recipe: HistoryRecipe(
        names: names, quotes: draft.removedQuotes, files: files.sorted { $0.precedes($1) },
        word: word
      ).script)
  }

  // MARK: Who

  private mutating func identify(_ person: String) throws(UsageError) {
    let name = person.hasPrefix("@") ? String(person.dropFirst()) : person
    if let index = content.contributor(named: name) {
      let entry = content.community.contributors[index]
      handle = entry.handle
      names = [entry.handle, entry.name] + (entry.file?.aliases.map(\.value) ?? [])
    } else {
      let key = NameKey(name)
      let guests = sources.responses.compactMap { response -> String? in
        guard case .guest(let guest, _)? = response.item.voice, NameKey(guest) == key else {
          return nil
        }
        return guest
      }
      guard !guests.isEmpty else {
        throw .unknown(
          "contributor or guest", name, among: content.community.contributors.map(\.handle))
      }
      names = [name] + guests
    }
    keys = Set(names.map { NameKey($0) })
    // A name in another spelling may still be theirs.
    for post in sources.posts {
      for author in post.item.authors where content.contributor(named: author.value) != nil {
        if keys.contains(NameKey(Slug.make(from: author.value))) { names.append(author.value) }
      }
    }
    keys = Set(names.map { NameKey($0) })
    var seen: Set<String> = []
    names = names.filter { seen.insert($0).inserted }
  }

  private func isTheirs(_ voice: Response.Voice?) -> Bool {
    switch voice {
    case .author(let name)?: handle != nil && keys.contains(NameKey(name.value))
    case .guest(let name, _)?: handle == nil && keys.contains(NameKey(name))
    case nil: false
    }
  }

  // MARK: Removed items

  private mutating func takeOut(
    _ person: ContributorEntry, _ removal: Removal, _ files: inout Set<String>
  ) throws(UsageError) {
    if let file = person.file {
      draft.remove(file.file)
      files.insert(file.file)
      if let image = file.image?.value {
        let path = "content/contributors/\(image)"
        let isShared = content.community.contributors.contains {
          $0.handle != person.handle && $0.file?.image?.value == image
        }
        if content.paths.contains(path), !isShared {
          draft.remove(path)
          files.insert(path)
        }
      }
    }
    try removal.leaveGone(person.address.path, reason: "erased", &draft)
    for file in content.files.keys.sorted(by: { $0.precedes($1) })
    where !files.contains(file) && !draft.isRemoved(file) { try takeOut(ofFrontMatter: file) }
    leaveLinks(to: person.address)
  }

  /// Takes the person out of every key that names people.
  private mutating func takeOut(ofFrontMatter file: String) throws(UsageError) {
    guard let schema = EditableCommunity.schema(of: file), let bytes = draft[file],
      let editor = FrontMatterEditor(bytes, isWholeFile: file == "stoa.yml")
    else { return }
    let keys = keys
    let isTheirs = { (scalar: FrontMatterEditor.Scalar) in
      schema.reference(of: scalar.key) == .contributor && keys.contains(NameKey(scalar.text))
    }
    guard editor.scalars.contains(where: isTheirs) else { return }
    try draft.edit(file) { editor in
      for key in Set(editor.scalars.filter(isTheirs).map(\.key)).sorted() {
        // Names may be grouped by audience, and an audience may have no name left.
        let isChanged = editor.change { $0.key == key && isTheirs($0) ? .remove : .keep }
          .failures.isEmpty
        guard isChanged || editor.remove(key) else { return false }
      }
      return true
    }
  }

  /// Points links to the person's page at the list of people.
  private mutating func leaveLinks(to address: SiteAddress) {
    for text in content.texts {
      let changes = zip(text.body.document.slots, text.body.targets).enumerated().compactMap {
        index, pair -> BodyEditor.Change? in
        guard case .site(let target, _) = pair.1, target.path == address.path,
          case .link = pair.0.content
        else { return nil }
        return BodyEditor.Change(slot: index, target: "/contributors/")
      }
      guard !changes.isEmpty, !draft.isRemoved(text.file), let bytes = draft[text.file],
        let (front, markdown) = ReferenceRewriter.markdown(of: text, in: bytes, content)
      else { continue }
      var editor = BodyEditor(markdown)
      guard editor.slotCount == text.body.document.slots.count else { continue }
      _ = editor.make(changes)
      draft.set(text.file, front + editor.bytes)
    }
  }

  /// Removes the names, and quotes of the person's words, from other people's documents.
  private mutating func takeNames(_ traces: TraceFinder, except files: Set<String>)
    throws(UsageError)
  {
    for file in content.files.keys.sorted(by: { $0.precedes($1) }) where !draft.isRemoved(file) {
      guard let bytes = draft[file] else { continue }
      let text = String(decoding: bytes, as: UTF8.self)
      // Front matter cannot have an ellipsis, so a quote there is listed instead.
      let matter = FrontMatter(bytes, file: file)
      let isText = file != "stoa.yml" && matter.diagnostics.isEmpty
      let bodyStart = file == "stoa.yml" ? bytes.count : matter.bodyStart
      let front = takeNames(traces, fromFrontMatter: Array(bytes[..<bodyStart]), file)
      let body = String(decoding: bytes[bodyStart...], as: UTF8.self)
      let (unquoted, quotes) = isText ? traces.withoutQuotes(body) : (body, [])
      let changed =
        String(decoding: front, as: UTF8.self) + traces.withoutNames(unquoted, word: word)
      guard !changed.utf8.elementsEqual(text.utf8) else {
        noteWords(traces, in: text, file)
        continue
      }
      draft.removedQuotes += quotes
      draft.set(file, Array(changed.utf8))
      noteWords(traces, in: changed, file)
    }
  }

  /// The values in which a name may be replaced: words for readers, names, and addresses, on which nothing else depends.
  ///
  /// People may be called like a key or any other value. Replaced there, a name such as `audience` or `draft` would publish what is
  /// hidden.
  private static let keysOfWords: Set<String> = [
    "about", "aliases", "author", "description", "gone", "guest", "menu", "name", "removed",
    "source",
    "summary", "title", "topics", "url",
  ]
  private static let settingsOfWords: Set<String> = ["description", "gone", "title"]

  /// The front matter, or all of stoa.yml, without the names.
  private mutating func takeNames(
    _ traces: TraceFinder, fromFrontMatter front: [UInt8], _ file: String
  ) -> [UInt8] {
    let isSettings = file == "stoa.yml"
    let keys = isSettings ? Self.settingsOfWords : Self.keysOfWords
    guard var editor = FrontMatterEditor(front, isWholeFile: isSettings) else {
      if traces.isFound(in: front) {
        draft.note("\(file): its front matter cannot be read, and has a trace: change it by hand")
      }
      return front
    }
    let (_, failures) = editor.change { scalar in
      guard keys.contains(scalar.key) || scalar.key.hasPrefix("x-") else { return .keep }
      return .replace(traces.withoutNames(scalar.text, word: word))
    }
    for place in failures {
      draft.note("\(file):\(place.line): contains the erased name: change it by hand")
    }
    return editor.bytes
  }

  /// Ends the change lists that have a trace: git still has the old versions.
  private mutating func endChanges(_ traces: TraceFinder) throws(UsageError) {
    for conversation in content.community.conversations {
      let texts =
        [(conversation.post.file, conversation.revisions)]
        + conversation.responses.map { ($0.response.file, $0.revisions) }
      for (file, revisions) in texts where !draft.isRemoved(file) {
        guard let changes = revisions?.changes, changes.contains(where: { isTrace($0, traces) })
        else { continue }
        try draft.edit(file) { $0.set("changes", "none") }
        draft.note("\(file): its old versions contained a trace, so the site no longer shows them")
      }
    }
  }

  private func isTrace(_ change: Revisions.Change, _ traces: TraceFinder) -> Bool {
    let came = change.words.filter { $0.kind != .deleted }.map(\.text).joined()
    let went = change.words.filter { $0.kind != .inserted }.map(\.text).joined()
    let people = change.people.map { speaker in
      switch speaker {
      case .contributor(let index): content.community.contributors[index].name
      case .guest(let name, _): name
      }
    }
    return ([came, went, change.reason] + people).contains { traces.isFound(in: Array($0.utf8)) }
  }

  private mutating func noteWords(_ traces: TraceFinder, in text: String, _ file: String) {
    for line in traces.lines(in: text) {
      draft.note("\(file):\(line): contains the erased words: check it by hand")
    }
  }
}
