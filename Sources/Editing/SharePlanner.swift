import StoaAddresses
import StoaLoad
package import StoaModel
import StoaSelect

extension EditableCommunity {
  /// Plans to share a post, page or response more widely, or less.
  ///
  /// Responses to it keep their audience, unless their authors agreed to the wider one.
  ///
  /// - Parameters:
  ///   - name: as wikilinks name it, or a path.
  ///   - audience: one of the settings' audiences.
  ///   - people: those who agree, for everything that they wrote in the conversation; by handle or name.
  ///   - folder: the working folder, which paths are relative to.
  package func planSharing(
    of name: String, with audience: String, agreedBy people: [String], from folder: String
  ) throws(UsageError) -> EditPlan {
    let audiences = sources.settings.audiences
    guard !audiences.isEmpty else {
      throw UsageError(
        "stoa.yml lists no audiences, so everything is for everybody: the guide's page on audiences says how they are listed"
      )
    }
    guard let rank = audiences.firstIndex(where: { $0.utf8.elementsEqual(audience.utf8) }) else {
      throw .unknown("audience", audience, among: audiences)
    }
    var draft = Draft(self)
    let target = Audience(rank: rank)
    switch try sharedItem(name, folder: folder) {
    case .page(let page):
      guard people.isEmpty else {
        throw UsageError("a page has no authors, so nobody has to agree: leave --agreed-by out")
      }
      try draft.edit(page) { $0.set("audience", audience) }
    case .text(let text):
      var planner = SharePlanner(self, text, target)
      try planner.agree(people)
      try planner.share(&draft)
    }
    return draft.plan
  }

  private enum SharedItem {
    case page(file: String)
    case text(SharedTexts.Name)
  }

  private func sharedItem(_ name: String, folder: String) throws(UsageError) -> SharedItem {
    let posts = sources.posts.map(\.item)
    let pages = sources.pages.map(\.item)
    switch try ItemName(name, folder: folder, root: root) {
    case .response(let post, let id):
      let ids = sources.responses.map(\.item).filter { $0.postSlug == post }.map(\.id)
      guard ids.contains(id) else {
        let nearest = Nearest.match(for: id, among: ids)
        throw UsageError(
          "“\(post)” has no response “\(id)”" + (nearest.map { ": did you mean “\($0)”?" } ?? ""))
      }
      return .text(.response(post: post, id: id))
    case .text(let slug):
      if posts.contains(where: { $0.slug == slug }) { return .text(.post(slug)) }
      if let page = pages.first(where: { $0.slug == slug }) { return .page(file: page.file) }
      throw .unknown("post or page", slug, among: posts.map(\.slug) + pages.map(\.slug))
    case .file(let path):
      if let post = posts.first(where: { $0.file == path || $0.file == "\(path)/index.md" }) {
        return .text(.post(post.slug))
      }
      if pages.contains(where: { $0.file == path }) { return .page(file: path) }
      throw .unknown("post or page", path, among: posts.map(\.file) + pages.map(\.file))
    case .topic, .contributor:
      throw UsageError(
        "posts, pages and responses are shared: topics and people appear wherever something visible names them"
      )
    }
  }
}

/// Plans the changes that share a document and the responses to it.
private struct SharePlanner {
  private let content: EditableCommunity
  private let texts: SharedTexts
  private let name: SharedTexts.Name
  private let target: Audience
  /// The people who agree, each with the name for front matter.
  private var agreeing: [(name: String, voice: SharedTexts.Voice)] = []

  init(_ content: EditableCommunity, _ name: SharedTexts.Name, _ target: Audience) {
    self.content = content
    self.name = name
    self.target = target
    texts = SharedTexts(content.sources)
  }

  private var post: String {
    switch name {
    case .post(let slug), .response(let slug, _): slug
    }
  }

  private func quoted(_ audience: Audience) -> String { "“\(texts.settings.name(of: audience))”" }

  // MARK: Who agrees

  mutating func agree(_ people: [String]) throws(UsageError) {
    let authors = ([texts[.post(post)]].compactMap(\.self) + texts.responses(to: post))
      .flatMap(\.voices).filter { $0.voice != .guest }
    for person in people {
      let bare = person.hasPrefix("@") ? String(person.dropFirst()) : person
      let voice = texts.people.voice(of: bare)
      guard let author = authors.first(where: { $0.voice == voice }) else {
        throw UsageError(
          "“\(bare)” wrote nothing in this conversation, so there is nothing to agree to"
            + (Nearest.match(for: bare, among: authors.map(\.name)).map {
              ": did you mean “\($0)”?"
            } ?? ""))
      }
      if !agreeing.contains(where: { $0.voice == voice }) {
        agreeing.append((texts.people.written(author.name), voice))
      }
    }
  }

  // MARK: The text itself

  mutating func share(_ draft: inout Draft) throws(UsageError) {
    guard let text = texts[name] else { return }
    if let above = texts.parent(of: name).flatMap({ texts[$0] }), above.audience < target {
      throw UsageError(
        "\(above.file) is for \(quoted(above.audience)), and a response cannot have a wider audience: share that first"
      )
    }
    let isWider = target > text.audience
    if isWider, text.voices.contains(where: { $0.voice == .guest }) {
      throw UsageError(
        "a guest wrote \(text.file), and a guest cannot agree: it stays with \(quoted(text.audience))"
      )
    }
    if target == text.audience {
      guard text.voices.contains(where: { voice in agreeing.contains { $0.voice == voice.voice } })
      else { throw UsageError("\(text.file) is for \(quoted(target)) already") }
    } else {
      let audience = texts.settings.name(of: target)
      try draft.edit(text.file) { $0.set("audience", audience) }
    }
    if target < text.audience {
      try draft.edit(text.file) { $0.remove("agreed-by") }
    } else {
      try writeAgreement(to: text, from: text.audience, target, &draft)
      noteMissing(text, &draft)
    }
    try shareResponses(below: text, &draft)
    noteUnread(&draft)
  }

  /// Writes into a file the names of people who agree to its audience.
  private func writeAgreement(
    to text: SharedTexts.Text, from old: Audience, _ new: Audience, _ draft: inout Draft
  ) throws(UsageError) {
    let voices = text.voices.map(\.voice)
    let added = agreeing.filter { person in
      voices.contains(person.voice)
        && !(isAgreed(text, by: person.voice, from: old, to: new))
    }
    guard !added.isEmpty else { return }
    let kept = text.agreements.filter { agreement in
      agreement.covers(new) && (agreement.audience != nil || old.rank == 0 || old == new)
    }
    let names = kept.map(\.name.value) + added.map(\.name)
    // Earlier agreements do not cover the new audience, so front matter has to name the audience of the new ones.
    let needsAudience = text.agreements.contains {
      $0.audience != nil || old.rank > 0 && old != new
    }
    try draft.edit(text.file) { editor in
      if needsAudience { return editor.set("agreed-by", texts.settings.name(of: new), names) }
      if kept.count == text.agreements.count, editor.has("agreed-by") {
        return added.allSatisfy { editor.append($0.name, to: "agreed-by") }
      }
      return editor.set("agreed-by", names)
    }
  }

  /// Whether a person's agreement covers the new audience.
  ///
  /// A name without an audience agreed to the document's earlier audience, or, if that was the narrowest, to the new one.
  private func isAgreed(
    _ text: SharedTexts.Text, by voice: SharedTexts.Voice, from old: Audience, to new: Audience
  ) -> Bool {
    text.agreements.contains { agreement in
      texts.people.voice(of: agreement.name.value) == voice
        && (agreement.audience.map { $0 >= new } ?? (old.rank == 0 || old == new))
    }
  }

  private func noteMissing(_ text: SharedTexts.Text, _ draft: inout Draft) {
    let missing = text.voices.filter { author in
      !agreeing.contains { $0.voice == author.voice }
        && !isAgreed(text, by: author.voice, from: text.audience, to: target)
    }
    guard target > text.audience else { return }
    for author in missing {
      let person = texts.people.written(author.name)
      draft.note(
        "\(text.file): “\(person)” has to agree: --agreed-by adds the agreement")
    }
  }

  // MARK: What answers it

  private func shareResponses(
    below text: SharedTexts.Text, _ draft: inout Draft
  ) throws(UsageError) {
    var audiences = [text.name: target]
    for response in texts.responses(to: post) {
      guard let parent = texts.parent(of: response.name), let above = audiences[parent] else {
        continue
      }
      let wanted = min(response.written?.value ?? above, above)
      audiences[response.name] = wanted
      if wanted < response.audience {
        try narrow(response, above, &draft)
      } else if wanted > response.audience {
        audiences[response.name] = try widen(response, to: wanted, &draft)
      }
    }
  }

  /// Shares a response with the wider audience if its authors agree; otherwise writes its present audience into its file.
  private func widen(
    _ response: SharedTexts.Text, to wanted: Audience, _ draft: inout Draft
  ) throws(UsageError) -> Audience {
    let old = response.audience
    let isOpen = response.voices.allSatisfy { author in
      author.voice != .guest
        && (agreeing.contains { $0.voice == author.voice }
          || isAgreed(response, by: author.voice, from: old, to: wanted))
    }
    guard !isOpen else {
      try writeAgreement(to: response, from: old, wanted, &draft)
      return wanted
    }
    guard content.files[response.file] != nil, response.body != nil else { return wanted }
    let name = texts.settings.name(of: old)
    try draft.edit(response.file) { $0.set("audience", name) }
    draft.note("\(response.file) stays with \(quoted(old))")
    return old
  }

  /// Narrows a response to the audience of the document that it answers, by removing its own keys.
  private func narrow(
    _ response: SharedTexts.Text, _ above: Audience, _ draft: inout Draft
  ) throws(UsageError) {
    if let written = response.written, written.value > above {
      try draft.edit(response.file) { $0.remove("audience") }
    }
    if !response.agreements.isEmpty { try draft.edit(response.file) { $0.remove("agreed-by") } }
  }

  private func noteUnread(_ draft: inout Draft) {
    for file in content.sources.unread where file.kind == .response(post: post) {
      draft.note("\(file.file): it could not be read: look at its audience yourself")
    }
  }
}
