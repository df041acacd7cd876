package import StoaAddresses
package import StoaLoad
package import StoaModel

/// The audience and the authors of every post and response of a community, including drafts and scheduled items.
///
/// It determines who has to agree when a document is shared more widely. A build does not use it, because Select decides there.
package struct SharedTexts: Sendable {
  /// The name of a document, which does not depend on its file's place.
  package enum Name: Hashable, Sendable {
    case post(String)
    case response(post: String, id: String)
  }

  /// An author of a document.
  package enum Voice: Hashable, Sendable {
    /// A person, by the folded handle, or by the folded name if the person has no file.
    case person(NameKey)
    case guest
  }

  package struct Text: Sendable {
    package let name: Name
    package let file: String
    /// The audience after inheritance.
    package let audience: Audience
    /// The audience in its file.
    package let written: Located<Audience>?
    /// The authors' names as written, each with the person; empty for a tombstone.
    package let voices: [(name: String, voice: Voice)]
    package let agreements: [Agreement]
    /// Its former addresses and anchors.
    package let formerNames: [String]
    /// Nil for a file that could not be read.
    package let body: SourceText?

    /// Whether a person's agreement covers an audience.
    ///
    /// - Parameter names: the people whom names mean.
    package func isAgreed(by voice: Voice, to audience: Audience, _ names: PersonKeys) -> Bool {
      agreements.contains { names.voice(of: $0.name.value) == voice && $0.covers(audience) }
    }
  }

  /// In the order of Load: posts, then responses.
  package private(set) var texts: [Text] = []
  package let settings: Settings
  package let people: PersonKeys
  private var places: [Name: Int] = [:]

  package init(_ sources: Sources) {
    settings = sources.settings
    people = PersonKeys(sources.contributors.map(\.item))
    for post in sources.posts { add(post) }
    for file in sources.unread where file.kind == .post { add(unread: file) }
    add(sources.responses)
    for file in sources.unread {
      if case .response = file.kind { add(unread: file) }
    }
  }

  package subscript(name: Name) -> Text? { places[name].map { texts[$0] } }

  /// The responses to a post, each after the document that it answers.
  package func responses(to post: String) -> [Text] { threads[post]?.map { texts[$0] } ?? [] }

  private var threads: [String: [Int]] = [:]
  /// The parent of each response, if it is another response.
  private var parents: [Name: Name] = [:]

  /// The document that a response answers.
  package func parent(of name: Name) -> Name? {
    guard case .response(let post, _) = name else { return nil }
    return parents[name] ?? .post(post)
  }

  private mutating func add(_ text: Text) {
    // Two files with one name are an error; until it is fixed, both have the narrower of their audiences.
    if let other = places[text.name] {
      if text.audience < texts[other].audience { texts[other] = text }
      return
    }
    places[text.name] = texts.count
    if case .response(let post, _) = text.name { threads[post, default: []].append(texts.count) }
    texts.append(text)
  }

  private mutating func add(_ post: Loaded<Post>) {
    let item = post.item
    add(
      Text(
        name: .post(item.slug), file: item.file,
        audience: item.audience?.value ?? settings.audienceByDefault, written: item.audience,
        voices: item.removed == nil
          ? item.authors.map { ($0.value, people.voice(of: $0.value)) } : [],
        agreements: item.agreements, formerNames: item.aliases.map(\.value), body: post.text))
  }

  private mutating func add(_ responses: [Loaded<Response>]) {
    var indices: [Name: Int] = [:]
    for (index, response) in responses.enumerated() {
      indices[.response(post: response.item.postSlug, id: response.item.id)] = index
    }
    var isMet = [Bool](repeating: false, count: responses.count)
    for start in responses.indices where !isMet[start] {
      // Walk up to a known audience, then back down.
      var path: [Int] = []
      var next: Int? = start
      while let index = next, !isMet[index] {
        isMet[index] = true
        path.append(index)
        let item = responses[index].item
        next = item.replyTo.flatMap { indices[.response(post: item.postSlug, id: $0.value)] }
      }
      for index in path.reversed() { add(responses[index]) }
    }
  }

  private mutating func add(_ response: Loaded<Response>) {
    let item = response.item
    let name = Name.response(post: item.postSlug, id: item.id)
    // A missing or cyclic parent is an error; meanwhile the response answers the post.
    let answered =
      item.replyTo.map { Name.response(post: item.postSlug, id: $0.value) }
      .flatMap { places[$0] == nil ? nil : $0 }
    if let answered { parents[name] = answered }
    let above = self[answered ?? .post(item.postSlug)]?.audience ?? settings.audienceByDefault
    var voices: [(String, Voice)] = []
    switch item.removed == nil ? item.voice : nil {
    case .author(let name)?: voices = [(name.value, people.voice(of: name.value))]
    case .guest(let guest, _)?:
      let claim = Contributor.Claim(post: item.postSlug, id: item.id)
      voices = people.claimant(of: claim).map { [($0.handle, $0.voice)] } ?? [(guest, .guest)]
    case nil: break
    }
    add(
      Text(
        name: name, file: item.file, audience: min(item.audience?.value ?? above, above),
        written: item.audience, voices: voices, agreements: item.agreements,
        formerNames: item.aliases.map(\.value) + item.formerPlaces.map(\.value),
        body: response.text))
  }

  /// Adds a file of which only the visibility is known: its authors have agreed to nothing.
  private mutating func add(unread file: UnreadFile) {
    var name = Name.post(file.name)
    var above = settings.audienceByDefault
    if case .response(let post) = file.kind {
      name = .response(post: post, id: file.name)
      above = self[.post(post)]?.audience ?? above
    }
    let written = file.visibility.widest(ifUnknown: Audience(rank: 0), ifSilent: above)
    add(
      Text(
        name: name, file: file.file,
        audience: { if case .post = name { written } else { min(written, above) } }(),
        written: nil, voices: [], agreements: [], formerNames: [], body: nil))
  }
}

/// The people whom names in front matter mean: a handle for people with a file, a name for all others.
package struct PersonKeys: Sendable {
  private var handles: [NameKey: String] = [:]
  private var claimants: [Contributor.Claim: String] = [:]

  init(_ people: [Contributor]) {
    // A handle wins over a name, a name over an alias.
    for person in people { claim(NameKey(person.handle), person.handle) }
    for person in people {
      if let name = person.name { claim(NameKey(name.value), person.handle) }
    }
    for person in people {
      for alias in person.aliases { claim(NameKey(alias.value), person.handle) }
      for claim in person.claims {
        if let claim = Contributor.Claim(claim.value) { claimants[claim] = person.handle }
      }
    }
  }

  private mutating func claim(_ key: NameKey, _ handle: String) {
    if handles[key] == nil { handles[key] = handle }
  }

  package func voice(of name: String) -> SharedTexts.Voice {
    if let handle = handles[NameKey(name)] { return .person(NameKey(handle)) }
    // The slug of a name is one more spelling of it, as in URLs.
    let slug = Slug.make(from: name)
    return .person(NameKey(handles[NameKey(slug)] ?? (slug.isEmpty ? name : slug)))
  }

  /// The name of a person for front matter: the handle, or the name as written.
  package func written(_ name: String) -> String { handles[NameKey(name)] ?? name }

  func claimant(of claim: Contributor.Claim) -> (handle: String, voice: SharedTexts.Voice)? {
    claimants[claim].map { ($0, .person(NameKey($0))) }
  }
}
