package import StoaAddresses
internal import StoaLoad
package import StoaModel

extension Selected {
  /// Takes contributors' and topics' files: those with an audience by it, the others where something visible uses them.
  ///
  /// A community without audiences has nothing to hide, so there every file is taken.
  internal mutating func takeUsed(
    contributors files: [Loaded<Contributor>], topics topicFiles: [Loaded<Topic>], gate: Gate
  ) {
    let hasAudiences = !settings.audiences.isEmpty
    let authors = hasAudiences ? Set(authorNames.map(NameKey.init)) : []
    for file in files {
      let contributor = file.item
      let isShown =
        contributor.audience.map { gate.shows($0.value, nil) }
        ?? (!hasAudiences || contributor.keys.contains { authors.contains($0) })
      guard isShown else { continue }
      diagnostics += file.diagnostics
      contributors.append(
        SelectedItem(
          item: contributor, text: file.text,
          audience: contributor.audience?.value ?? settings.widestAudience, mark: nil))
    }

    var used = hasAudiences ? Set(posts.flatMap(\.item.topics).map { NameKey($0.value) }) : []
    var isTaken = [Bool](repeating: false, count: topicFiles.count)
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (index, file) in topicFiles.enumerated() where !isTaken[index] {
        let topic = file.item
        let isShown =
          topic.audience.map { gate.shows($0.value, nil) }
          ?? (!hasAudiences || topic.keys.contains { used.contains($0) })
        guard isShown else { continue }
        isTaken[index] = true
        if let parent = topic.parent, used.insert(NameKey(parent.value)).inserted {
          isGrowing = true
        }
      }
    }
    for (index, file) in topicFiles.enumerated() where isTaken[index] {
      diagnostics += file.diagnostics
      topics.append(
        SelectedItem(
          item: file.item, text: file.text,
          audience: file.item.audience?.value ?? settings.widestAudience, mark: nil))
    }
  }

  /// Each name once: few people write most of what there is.
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

extension Contributor {
  /// The names under which content may speak of this person.
  package var keys: [NameKey] {
    [NameKey(handle)] + (name.map { [NameKey($0.value)] } ?? []) + aliases.map { NameKey($0.value) }
  }
}

extension Topic {
  /// The names under which content may speak of this topic.
  package var keys: [NameKey] {
    [NameKey(slug)] + (title.map { [NameKey($0.value)] } ?? []) + aliases.map { NameKey($0.value) }
  }
}
