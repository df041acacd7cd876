package import StoaAddresses
package import StoaLoad
package import StoaModel

/// How far every post and response of a community travels, and whose words they are; drafts and scheduled ones among them.
///
/// It answers who has to agree when something is shared more widely. A build has no use for it: Select decides there.
package struct SharedTexts: Sendable {
  /// What a text is called, wherever its file lies.
  package enum Name: Hashable, Sendable {
    case post(String)
    case response(post: String, id: String)
  }

  /// Whose words a text is.
  package enum Voice: Hashable, Sendable {
    /// A person, by the folded handle, or by the folded name where there is no file.
    case person(NameKey)
    case guest
  }

  package struct Text: Sendable {
    package let name: Name
    package let file: String
    /// After inheritance.
    package let audience: Audience
    /// As its file says.
    package let written: Located<Audience>?
    /// The names as they are written, each with whom it means; a tombstone has none.
    package let voices: [(name: String, voice: Voice)]
    package let agreements: [Agreement]
    /// Old addresses and anchors, by which it was called before.
    package let formerNames: [String]
    /// Nil for a file that could not be read.
    package let body: SourceText?

    /// Whether the agreement of somebody covers an audience.
    ///
    /// - Parameter names: whom names mean.
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

  /// The responses of a post, each after what it answers.
  package func responses(to post: String) -> [Text] { threads[post]?.map { texts[$0] } ?? [] }

  private var threads: [String: [Int]] = [:]
  /// What each response answers, if that is another one.
  private var parents: [Name: Name] = [:]

  /// What a response answers.
  package func parent(of name: Name) -> Name? {
    guard case .response(let post, _) = name else { return nil }
    return parents[name] ?? .post(post)
  }

  private mutating func add(_ text: Text) {
    // Two files of one name are an error; until it is mended both go as far as the narrower one.
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
      // Up to what is known, then back down.
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
    // What is missing or answers itself is an error; meanwhile the response answers the post.
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

  /// A text of which nothing but its visibility is known: whoever wrote it has agreed to nothing.
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

/// Whom names in front matter mean: everybody with a file by the handle, everybody else by the name.
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
    // As in addresses, the slug of a name is one more spelling of it.
    let slug = Slug.make(from: name)
    return .person(NameKey(handles[NameKey(slug)] ?? (slug.isEmpty ? name : slug)))
  }

  /// How front matter is to name somebody: by handle, or as they are named.
  package func written(_ name: String) -> String { handles[NameKey(name)] ?? name }

  func claimant(of claim: Contributor.Claim) -> (handle: String, voice: SharedTexts.Voice)? {
    claimants[claim].map { ($0, .person(NameKey($0))) }
  }
}
