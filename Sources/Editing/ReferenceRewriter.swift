import StoaAddresses
import StoaLink
import StoaLoad
import StoaModel
import StoaParse

/// Rewrites every reference to a renamed item, in front matter and in bodies.
struct ReferenceRewriter {
  let content: EditableCommunity
  let relocation: Relocation
  private let targets: TargetWriter

  init(_ content: EditableCommunity, _ relocation: Relocation) {
    self.content = content
    self.relocation = relocation
    targets = TargetWriter(content, relocation)
  }

  /// The result for one file.
  struct Result {
    var bytes: [UInt8]
    var count = 0
    /// Places of references that could not be changed.
    var failures: [SourceLocation] = []
  }

  /// The files with rewritten references, by their paths before the edit.
  func results(of draft: Draft) -> [String: Result] {
    let texts = Dictionary(
      content.texts.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    var results: [String: Result] = [:]
    for file in content.files.keys {
      guard let bytes = draft[file] else { continue }
      var result = Result(bytes: bytes)
      if let text = texts[file] { rewriteText(text, &result) }
      rewriteFrontMatter(of: file, &result)
      if result.count > 0 || !result.failures.isEmpty { results[file] = result }
    }
    return results
  }

  // MARK: Texts

  private func rewriteText(_ text: EditableCommunity.Text, _ result: inout Result) {
    let origin = TargetWriter.Origin(
      file: text.file, address: text.address, newFile: relocation.file(text.file),
      newAddress: relocation.address(text.address))
    let changes = zip(text.body.document.slots, text.body.targets).enumerated().compactMap {
      index, pair -> BodyEditor.Change? in
      targets.target(of: pair.0, leadingTo: pair.1, from: origin)
        .map { BodyEditor.Change(slot: index, target: $0) }
    }
    guard !changes.isEmpty,
      let (front, markdown) = Self.markdown(of: text, in: result.bytes, content)
    else { return }
    var editor = BodyEditor(markdown)
    let isSame = editor.slotCount == text.body.document.slots.count
    let failed = isSame ? Set(editor.make(changes)) : Set(changes.map(\.slot))
    result.bytes = front + editor.bytes
    result.count += changes.count - failed.count
    for slot in failed.sorted() {
      let slot = text.body.document.slots[slot]
      result.failures.append(
        SourceLocation(file: text.file, line: slot.line, column: slot.column))
    }
  }

  /// A body as Parse gets it, and the part of the file before it.
  static func markdown(
    of text: EditableCommunity.Text, in bytes: [UInt8], _ content: EditableCommunity
  ) -> (front: ArraySlice<UInt8>, body: MarkdownText)? {
    let matter = FrontMatter(bytes, file: text.file)
    guard matter.diagnostics.isEmpty else { return nil }
    return (
      bytes[..<matter.bodyStart],
      MarkdownText(
        text.kind, bytes: Array(bytes[matter.bodyStart...]), firstLine: matter.bodyLine,
        takesTitle: text.takesTitle, smartPunctuation: content.sources.settings.smartPunctuation,
        mailAddresses: text.kind.mailAddresses(
          areShown: content.sources.settings.showsAddressesInText),
        math: content.sources.settings.math, diagrams: content.sources.settings.diagrams)
    )
  }

  // MARK: Front matter

  private func rewriteFrontMatter(of file: String, _ result: inout Result) {
    guard let schema = EditableCommunity.schema(of: file),
      schema.keys.contains(where: { $0.reference != nil }),
      var editor = FrontMatterEditor(result.bytes, isWholeFile: file == "stoa.yml")
    else { return }
    let before = editor
    var seen: Set<String> = []
    let changed = editor.change { scalar in
      guard let reference = schema.reference(of: scalar.key) else { return .keep }
      guard let new = renamed(scalar.text, reference, in: file) else { return .keep }
      // After the edit, two names in a list may be equal.
      let isThere =
        before.texts(of: scalar.key).contains { $0.utf8.elementsEqual(new.utf8) }
        || !seen.insert("\(scalar.key)\u{0}\(new)").inserted
      return isThere ? .remove : .replace(new)
    }
    guard changed.count > 0 || !changed.failures.isEmpty else { return }
    result.bytes = editor.bytes
    result.count += changed.count
    result.failures += changed.failures.map {
      SourceLocation(file: file, line: $0.line, column: $0.column)
    }
  }

  /// The new value of a scalar in front matter; nil if it does not change.
  private func renamed(_ text: String, _ reference: Schema.Reference, in file: String) -> String? {
    switch reference {
    case .post: return relocation.texts[text]
    case .topic: return relocation.topics.first { $0.matches(text) }?.new
    case .contributor: return relocation.contributors.first { $0.matches(text) }?.new
    case .response: return renamedResponse(text, in: file)
    case .postOrResponse:
      guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "#")) else {
        return relocation.texts[text]
      }
      let fragment = text[text.utf8.index(after: sign)...]
      let prefix = fragment.hasPrefix("response-") ? "response-" : ""
      let old = Relocation.ResponseName(
        post: String(text[..<sign]), id: ItemName.identifier(fragment))
      let new = relocation.response(old)
      return new == old ? nil : "\(new.post)#\(prefix)\(new.id)"
    case .address:
      if let new = relocation.texts[text] { return new }
      let address = SiteAddress(text.hasSuffix("/") ? text : text + "/")
      let new = relocation.address(address).path
      return new == address.path ? nil : new
    case .file:
      let origin = content.texts.first { $0.file == file }
      guard let origin else { return nil }
      return targets.path(
        text,
        from: TargetWriter.Origin(
          file: file, address: origin.address, newFile: relocation.file(file),
          newAddress: relocation.address(origin.address)))
    }
  }

  /// The new id of a response, in the front matter of its post or of another response to it.
  private func renamedResponse(_ id: String, in file: String) -> String? {
    let parts = file.pathParts().map(String.init)
    guard parts.count > 2 else { return nil }
    let post =
      parts[1] == "responses"
      ? parts[2] : content.sources.posts.first { $0.item.file == file }?.item.slug ?? ""
    let new = relocation.response(Relocation.ResponseName(post: post, id: id))
    return new.id == id ? nil : new.id
  }
}
