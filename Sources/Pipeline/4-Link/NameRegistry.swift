import StoaAddresses
import StoaModel

/// A file with its names.
struct NamingFile {
  let slug: String
  let path: String
  let title: Located<String>?
  let aliases: [Located<String>]
}

/// Groups the spellings of a name, of contributors or topics, with and without files.
///
/// The community has an element for each entry, in the same order.
struct NameRegistry<Element>: Sendable {
  struct Entry: Sendable {
    let slug: String
    let title: String
    /// The index of the file, if there is one.
    let file: Int?
  }

  /// The kind of item, for diagnostics.
  let noun: String
  /// By folded title, then slug.
  private(set) var entries: [Entry] = []
  private(set) var diagnostics: [Diagnostic] = []

  private var byKey: [NameKey: Int] = [:]
  /// Exact spellings seen before, to avoid folding them again.
  private var bySpelling: [String: Int] = [:]
  /// Entries that are only ever referred to by their slug, which any name with that slug may mean.
  private var bySlugAlone: [String: Int] = [:]

  /// - Parameter uses: every visible use of a name.
  init(noun: String, files: [NamingFile], uses: [Located<String>]) {
    self.noun = noun
    var groups = filesByName(files)
    gather(uses, into: &groups)
    finish(groups)
  }

  /// The entry for a name.
  func find(_ name: String) -> Index<Element>? {
    (bySpelling[name] ?? byKey[NameKey(name)] ?? bySlugAlone[Slug.make(from: name)])
      .map { Index($0) }
  }

  subscript(index: Index<Element>) -> Entry { entries[index.position] }

  /// The entry of a file, by the file's index.
  func entry(ofFile file: Int) -> Index<Element>? {
    entries.firstIndex { $0.file == file }.map { Index($0) }
  }

  private struct Group {
    let slug: String
    let file: Int?
    var title: String?
    /// Whether a name other than the slug was used.
    var hasName = false
    var spellings: [String: Int] = [:]

    /// The displayed title: the file's, otherwise the most frequent spelling, then byte order.
    var shownTitle: String {
      if let title { return title }
      let best = spellings.min { left, right in
        left.value != right.value
          ? left.value > right.value : left.key.precedes(right.key)
      }
      return best?.key ?? slug
    }
  }

  private mutating func filesByName(_ files: [NamingFile]) -> [Group] {
    var groups: [Group] = []
    var slugs: [String: Int] = [:]
    for (index, file) in files.enumerated() {
      let folded = Slug.foldedKey(file.slug)
      if let other = slugs[folded] {
        diagnostics.append(
          Diagnostic(
            .duplicateSlug, file.slug, of: file.path, like: files[other].slug, of: files[other].path
          ))
        continue
      }
      slugs[folded] = index
      groups.append(Group(slug: file.slug, file: index, title: file.title?.value))
    }
    // A handle or slug has precedence over a title, and a title over an alias.
    for (position, group) in groups.enumerated() {
      byKey[NameKey(group.slug)] = byKey[NameKey(group.slug)] ?? position
    }
    for (position, group) in groups.enumerated() {
      if let title = group.file.flatMap({ files[$0].title }) {
        claim(title, for: position, groups, files)
      }
    }
    for (position, group) in groups.enumerated() {
      // An alias that begins with a slash is an address.
      for alias in group.file.map({ files[$0].aliases }) ?? [] where !alias.value.hasPrefix("/") {
        claim(alias, for: position, groups, files)
      }
    }
    return groups
  }

  private mutating func claim(
    _ name: Located<String>, for position: Int, _ groups: [Group], _ files: [NamingFile]
  ) {
    let key = NameKey(name.value)
    if let other = byKey[key] {
      guard other != position, let first = groups[other].file else { return }
      diagnostics.append(
        Diagnostic(
          .slugCollision, at: name.location,
          "“\(name.value)” is also a name of \(files[first].path)",
          suggestion: "give the two \(noun)s different names",
          notes: [
            Diagnostic.Note(
              "first used here",
              at: files[first].title?.location ?? SourceLocation(file: files[first].path))
          ]))
    } else {
      byKey[key] = position
    }
  }

  private mutating func gather(_ uses: [Located<String>], into groups: inout [Group]) {
    var slugs: [String: Int] = [:]
    for (index, group) in groups.enumerated() { slugs[group.slug] = index }
    // In order of place, so that the first use names the group whatever the order of files.
    for use in uses {
      if let known = bySpelling[use.value] {
        groups[known].spellings[use.value, default: 0] += 1
        continue
      }
      let key = NameKey(use.value)
      let position: Int
      if let known = byKey[key] {
        position = known
      } else {
        let slug = Slug.make(from: use.value)
        position = slugs[slug] ?? groups.count
        if position == groups.count {
          slugs[slug] = position
          groups.append(Group(slug: slug, file: nil, title: nil))
        }
        // The slug itself is one more spelling of the name; other names with that slug belong to other items.
        if key != NameKey(slug) {
          if groups[position].file != nil || groups[position].hasName {
            reportCollision(use, slug: slug, with: groups[position].shownTitle)
          }
          groups[position].hasName = true
        }
        byKey[key] = position
      }
      bySpelling[use.value] = position
      groups[position].spellings[use.value, default: 0] += 1
    }
  }

  private mutating func reportCollision(_ use: Located<String>, slug: String, with other: String) {
    diagnostics.append(
      Diagnostic(
        .slugCollision, at: use.location,
        "“\(use.value)” and “\(other)” would both be “\(slug)” in addresses",
        suggestion: "write a file for one of them, or name it as an alias of the other"))
  }

  /// Sorts the groups by displayed title and updates all lookups.
  private mutating func finish(_ groups: [Group]) {
    let titles = groups.map(\.shownTitle.directionBalanced)
    let sortKeys = titles.map { NameKey($0).folded }
    let order = groups.indices.sorted { left, right in
      sortKeys[left].utf8.elementsEqual(sortKeys[right].utf8)
        ? groups[left].slug.precedes(groups[right].slug)
        : sortKeys[left].precedes(sortKeys[right])
    }
    var places = [Int](repeating: 0, count: groups.count)
    for (place, position) in order.enumerated() { places[position] = place }
    entries = order.map { Entry(slug: groups[$0].slug, title: titles[$0], file: groups[$0].file) }
    byKey = byKey.mapValues { places[$0] }
    bySpelling = bySpelling.mapValues { places[$0] }
    for (place, position) in order.enumerated()
    where groups[position].file == nil && !groups[position].hasName {
      bySlugAlone[groups[position].slug] = place
    }
    // A slug is a name too, even if no document uses it.
    for (place, entry) in entries.enumerated() where byKey[NameKey(entry.slug)] == nil {
      byKey[NameKey(entry.slug)] = place
    }
  }
}
