import StoaAddresses
import StoaLink
import StoaLoad
package import StoaModel
import StoaYAML

extension EditableCommunity {
  /// Plans to remove a post or response: replies and references to it keep a tombstone to point at.
  ///
  /// - Parameters:
  ///   - name: as wikilinks name it, or a path.
  ///   - reason: the text for readers.
  ///   - folder: the working folder, which paths are relative to.
  package func planRemoval(
    of name: String, reason: String, from folder: String
  ) throws(UsageError) -> EditPlan {
    guard !reason.withoutOuterSpace.isEmpty else {
      throw UsageError("readers see why: give a reason with --reason")
    }
    var draft = Draft(self)
    var removal = Removal(self)
    switch try ItemName(name, folder: folder, root: root) {
    case .response(let post, let id):
      let responses = sources.responses.map(\.item).filter { $0.postSlug == post }
      guard let response = responses.first(where: { $0.id == id }) else {
        let nearest = Nearest.match(for: id, among: responses.map(\.id))
        throw UsageError(
          "“\(post)” has no response “\(id)”" + (nearest.map { ": did you mean “\($0)”?" } ?? ""))
      }
      try removal.remove(response, reason: reason, &draft)
    case .text(let slug):
      try removal.remove(post(slug) { $0.slug == slug }, reason: reason, &draft)
    case .file(let path):
      try removal.remove(
        post(path) { $0.file == path || $0.file == "\(path)/index.md" }, reason: reason, &draft)
    case .topic, .contributor:
      throw UsageError(
        "only posts and responses can be removed: stoa merge merges a topic or contributor into another, and stoa erase removes a person"
      )
    }
    return draft.plan
  }

  private func post(_ name: String, _ isMeant: (Post) -> Bool) throws(UsageError) -> Post {
    guard let post = sources.posts.map(\.item).first(where: isMeant) else {
      throw .unknown("post", name, among: sources.posts.map(\.item.slug))
    }
    return post
  }
}

/// Removes posts and responses.
struct Removal {
  private let content: EditableCommunity
  /// Files that the same edit removes, and which therefore need no tombstone.
  var going: Set<String> = []
  /// Whether the removed addresses must stay secret, so that only their digests are written.
  var hidesAddresses = false

  init(_ content: EditableCommunity) { self.content = content }

  // MARK: Responses

  mutating func remove(
    _ response: Response, reason: String, _ draft: inout Draft
  ) throws(UsageError) {
    let isAnswered = content.sources.responses.contains {
      $0.item.postSlug == response.postSlug && $0.item.replyTo?.value == response.id
        && !going.contains($0.item.file)
    }
    if isAnswered || isReferredTo(response) {
      try leaveTombstone(
        response.file, reason: reason,
        keeping: ["date", "reply-to", "audience", "aliases", "id"], &draft)
    } else {
      draft.remove(response.file)
    }
    let name = "\(response.postSlug)#\(response.id)"
    for post in content.sources.posts.map(\.item)
    where post.slug == response.postSlug && post.answer?.value == response.id
      && !going.contains(post.file)
    {
      try draft.edit(post.file) { $0.remove("answer") }
      draft.note("\(post.file): its answer was “\(response.id)”, and it has none now")
    }
    try withdraw(name, &draft)
  }

  /// Whether a document, or the front matter of a post, refers to a response.
  private func isReferredTo(_ response: Response) -> Bool {
    let post = content.community.conversations.first { $0.post.slug == response.postSlug }
    let fragment = "response-\(response.id)"
    let isLinked = content.texts.contains { text in
      text.file != response.file && !going.contains(text.file)
        && text.body.targets.contains { target in
          guard case .site(let address, _) = target else { return false }
          return address.fragment == fragment && address.path == post?.address.path
        }
    }
    return isLinked
      || content.sources.posts.contains { other in
        other.item.distilledFrom.contains {
          $0.value == "\(response.postSlug)#response-\(response.id)"
        }
      }
  }

  /// Removes a response from the lists of those that claim it, because it no longer has content.
  private func withdraw(_ name: String, _ draft: inout Draft) throws(UsageError) {
    for file in content.files.keys.sorted(by: { $0.precedes($1) })
    where file.hasPrefix("content/contributors/")
      && draft.texts(of: "claims", in: file).contains(where: { Self.isSame($0, name) })
    {
      try draft.edit(file) { editor in
        editor.change { $0.key == "claims" && Self.isSame($0.text, name) ? .remove : .keep }
          .failures.isEmpty
      }
    }
  }

  private static func isSame(_ claim: String, _ name: String) -> Bool {
    claim == name || claim == name.replacingFirst("#", with: "#response-")
  }

  // MARK: Posts

  mutating func remove(_ post: Post, reason: String, _ draft: inout Draft) throws(UsageError) {
    let responses = content.sources.responses.contains {
      $0.item.postSlug == post.slug && !going.contains($0.item.file)
    }
    let isAnswered =
      responses
      || content.paths.contains {
        $0.hasPrefix("content/responses/\(post.slug)/") && !going.contains($0)
      }
    if let bundle = post.file.hasSuffix("/index.md") ? post.file.pathFolder : nil {
      for path in content.paths where path.hasPrefix("\(bundle)/") && path != post.file {
        draft.remove(path)
      }
    }
    let conversation = content.community.conversations.first { $0.post.slug == post.slug }
    if isAnswered {
      if post.title == nil, let title = conversation?.title {
        try draft.edit(post.file) { $0.set("title", title) }
      }
      try leaveTombstone(
        post.file, reason: reason,
        keeping: [
          "title", "date", "topics", "audience", "aliases", "id", "kind", "answer", "language",
          "unlisted", "responses", "draft",
        ], &draft)
      return
    }
    draft.remove(post.file)
    try withdrawReferences(to: post.slug, &draft)
    if let conversation { try leaveGone(conversation.address.path, reason: reason, &draft) }
    noteLinks(to: conversation?.address.path, &draft)
  }

  /// Removes a post from reading orders and from the sources of practices.
  private func withdrawReferences(to slug: String, _ draft: inout Draft) throws(UsageError) {
    for file in content.files.keys.sorted(by: { $0.precedes($1) }) {
      guard let schema = EditableCommunity.schema(of: file), !going.contains(file) else { continue }
      let isGone = { (scalar: FrontMatterEditor.Scalar) in
        let reference = schema.reference(of: scalar.key)
        return (reference == .post || reference == .postOrResponse)
          && scalar.text.split(separator: "#").first.map { $0.utf8.elementsEqual(slug.utf8) }
            == true
      }
      guard let bytes = draft[file],
        let editor = FrontMatterEditor(bytes, isWholeFile: file == "stoa.yml"),
        editor.scalars.contains(where: isGone)
      else { continue }
      try draft.edit(file) { editor in
        editor.change { isGone($0) ? .remove : .keep }.failures.isEmpty
      }
    }
  }

  /// Records in stoa.yml that an address was removed on purpose.
  func leaveGone(_ address: String, reason: String, _ draft: inout Draft) throws(UsageError) {
    guard Schema.settings.keys.contains(where: { $0.name == "gone" }) else { return }
    let name =
      hidesAddresses ? "sha256:" + SHA256.hexadecimal(of: Array(address.utf8)) : address
    try draft.edit("stoa.yml") { $0.append(name, reason, toMapping: "gone") }
  }

  private func noteLinks(to path: String?, _ draft: inout Draft) {
    guard let path else { return }
    for text in content.texts where !going.contains(text.file) {
      for (slot, target) in zip(text.body.document.slots, text.body.targets) {
        guard case .site(let address, _) = target, address.path == path,
          draft[text.file] != nil, text.address.path != path
        else { continue }
        draft.note("\(text.file):\(slot.line): this link leads nowhere now")
      }
    }
  }

  // MARK: Tombstones

  private func leaveTombstone(
    _ file: String, reason: String, keeping kept: Set<String>, _ draft: inout Draft
  ) throws(UsageError) {
    try draft.edit(file) { editor in
      for key in editor.entries.map(\.key) where !kept.contains(key) && key != "removed" {
        guard editor.remove(key) else { return false }
      }
      return editor.set("removed", reason)
    }
    guard let bytes = draft[file] else { return }
    draft.set(file, Array(bytes[..<FrontMatter(bytes, file: file).bodyStart]))
  }
}

extension String {
  fileprivate func replacingFirst(_ old: String, with new: String) -> String {
    guard let range = firstRange(of: old) else { return self }
    return replacingCharacters(range, with: new)
  }

  private func replacingCharacters(_ range: Range<Index>, with new: String) -> String {
    self[..<range.lowerBound] + new + self[range.upperBound...]
  }
}
