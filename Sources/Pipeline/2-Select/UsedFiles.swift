package import StoaAddresses
import StoaLoad
package import StoaModel

extension Selected {
  /// Selects contributors' and topics' files: a file with an audience by its audience, any other if a visible item uses it.
  ///
  /// In a community without audiences nothing is hidden, so every file is selected.
  mutating func takeUsed(_ sources: Sources, gate: Gate) {
    let hasAudiences = !settings.audiences.isEmpty
    // Builds for the narrowest audience also report files that nothing uses: no other build would.
    let seesAll = gate.audience == Audience(rank: 0)
    let authors = hasAudiences ? Set(authorNames.map(NameKey.init)) : []
    for file in sources.unread where file.kind == .contributor {
      tell(file, gate, isUsed: seesAll || file.keys.contains { authors.contains($0) })
    }
    let files = sources.contributors
    let hasClaims = hasAudiences && files.contains { !$0.item.claims.isEmpty }
    let shown = Set(
      hasClaims ? responses.map { Contributor.Claim(post: $0.item.postSlug, id: $0.item.id) } : [])
    for file in files {
      let contributor = file.item
      let isShown =
        contributor.audience.map { gate.shows($0.value, nil) }
        ?? (!hasAudiences || contributor.keys.contains { authors.contains($0) }
          || contributor.claims.contains {
            Contributor.Claim($0.value).map(shown.contains) ?? false
          })
      guard isShown else {
        if seesAll { diagnostics += file.diagnostics }
        continue
      }
      diagnostics += file.diagnostics
      contributors.append(
        SelectedItem(
          item: contributor, text: file.text,
          audience: contributor.audience?.value ?? settings.widestAudience, status: nil))
    }
    // An image that only hidden people's files name is hidden, too.
    let images = Set(contributors.compactMap { $0.item.image?.value })
    assets.contributors = sources.contributorAssets.filter { images.contains($0.name) }

    let (isTaken, used) = usedTopics(sources.topics, gate)
    for file in sources.unread where file.kind == .topic {
      tell(file, gate, isUsed: seesAll || file.keys.contains { used.contains($0) })
    }
    for (index, file) in sources.topics.enumerated() {
      guard isTaken[index] else {
        if seesAll { diagnostics += file.diagnostics }
        continue
      }
      diagnostics += file.diagnostics
      topics.append(
        SelectedItem(
          item: file.item, text: file.text,
          audience: file.item.audience?.value ?? settings.widestAudience, status: nil))
    }
  }

  /// The selected topics' files, and the names of used topics: a selected topic uses its parent.
  private func usedTopics(
    _ files: [Loaded<Topic>], _ gate: Gate
  ) -> (isTaken: [Bool], names: Set<NameKey>) {
    let hasAudiences = !settings.audiences.isEmpty
    var isTaken = files.map { file in
      file.item.audience.map { gate.shows($0.value, nil) } ?? !hasAudiences
    }
    guard hasAudiences else { return (isTaken, []) }
    var bearers: [NameKey: [Int]] = [:]
    for (index, file) in files.enumerated() where file.item.audience == nil {
      for key in file.item.keys { bearers[key, default: []].append(index) }
    }
    func parent(_ index: Int) -> NameKey? { files[index].item.parent.map { NameKey($0.value) } }
    // Each name is looked up once, so that a long chain of topics takes no longer than a wide tree.
    var used = Set(posts.flatMap(\.item.topics).map { NameKey($0.value) })
    used.formUnion(files.indices.filter { isTaken[$0] }.compactMap(parent))
    var waiting = Array(used)
    while let name = waiting.popLast() {
      for index in bearers[name] ?? [] where !isTaken[index] {
        isTaken[index] = true
        if let parent = parent(index), used.insert(parent).inserted { waiting.append(parent) }
      }
    }
    return (isTaken, used)
  }

  /// Without duplicates: few people write most of the content.
  private var authorNames: Set<String> {
    var names: Set<String> = []
    for post in posts {
      for author in post.item.authors { names.insert(author.value) }
    }
    for response in responses where response.item.removed == nil {
      if case .author(let name)? = response.item.voice { names.insert(name.value) }
    }
    return names
  }
}

extension UnreadFile {
  /// The names by which content may refer to the item that the file should be.
  fileprivate var keys: [NameKey] { [NameKey(name)] + (title.map { [NameKey($0)] } ?? []) }
}

extension Contributor {
  /// The names by which content may refer to this person.
  package var keys: [NameKey] {
    [NameKey(handle)] + (name.map { [NameKey($0.value)] } ?? []) + aliases.map { NameKey($0.value) }
  }
}

extension Topic {
  /// The names by which content may refer to this topic.
  package var keys: [NameKey] {
    [NameKey(slug)] + (title.map { [NameKey($0.value)] } ?? []) + aliases.map { NameKey($0.value) }
  }
}
