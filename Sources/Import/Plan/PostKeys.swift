import StoaAddresses
import StoaLoad
import StoaModel
import StoaYAML

// The values of a post's front matter.
extension ImportPlanner {
  mutating func authors(
    of post: SourcePost, _ privacy: Privacy, _ notes: inout [String]
  ) -> [String] {
    var authors: [String] = []
    for author in post.authors {
      let name = contributor(author, privacy)
      if !name.isEmpty, !authors.contains(name) { authors.append(name) }
    }
    if authors.count > Post.maximumAuthors {
      notes.append("only its first \(Post.maximumAuthors) authors were kept, of \(authors.count)")
      authors.removeSubrange(Post.maximumAuthors...)
    }
    if authors.isEmpty { authors = ["Unknown"] }
    for author in authors { people.add(author) }
    return authors
  }

  /// A handle for an author with an account, otherwise the name; empty when neither is usable.
  func contributor(_ name: String, _ privacy: Privacy) -> String {
    if let handle = handles[name] { return handle }
    let slug = Slug.make(from: name)
    if hasPerson(withHandle: slug) { return slug }
    let name = context.names.shown(privacy.masked(name: hiddenNames[name] ?? name))
    return Slug.make(from: name).isEmpty ? "" : name
  }

  /// The date for the file; empty for a draft without one.
  func date(
    of post: SourcePost, _ comments: [SourceComment], _ notes: inout [String]
  ) -> String {
    let first = comments.compactMap(\.date).min()
    if let date = post.date {
      return Self.text(earlier(date, than: first, of: post, &notes))
    }
    if let first {
      if !post.isStandIn { notes.append("no date: that of its first comment was used") }
      return Self.text(first)
    }
    if case .draft = post.state {
      notes.append("a draft without a date")
      return ""
    }
    notes.append("no date: dated 1970-01-01")
    return Self.text(Self.firstDay)
  }

  /// The post's date, or an earlier one if the first response is older than the post.
  func earlier(
    _ date: Timestamp, than first: Timestamp?, of post: SourcePost, _ notes: inout [String]
  ) -> Timestamp {
    guard let first, first.isBefore(date) else { return date }
    if post.isStandIn { return first }
    // A day begins at a different time in each zone.
    let day = existing.dates.timestamp(atInstant: first.seconds).day
    guard date.isDay, date.day.daysSinceEpoch - day.daysSinceEpoch <= 1 else { return date }
    notes.append("its first response came before that day began, so it has the day before")
    return existing.dates.timestamp(of: day)
  }

  static let firstDay = Timestamp(seconds: 0, offset: 0, isDay: true)

  mutating func topicNames(
    of post: SourcePost, _ privacy: Privacy, _ notes: inout [String]
  ) -> [String] {
    var seen: Set<NameKey> = []
    var kept: [String] = []
    for topic in post.topics {
      let name = privacy.masked(line: topic, maximumLength: 120)
      guard !Slug.make(from: name).isEmpty else {
        if !topic.isEmpty { notes.append("a topic without a letter was left out") }
        continue
      }
      guard kept.count < Post.maximumTopics else {
        notes.append(
          "only its first \(Post.maximumTopics) topics were kept, of \(post.topics.count)")
        break
      }
      if seen.insert(NameKey(name)).inserted {
        kept.append(name)
        topics.add(name)
      }
    }
    return kept
  }

  func audience(of post: SourcePost) -> String? {
    if case .restricted = post.state { return context.privateAudience }
    // What a source says of one item is more than what is said of all.
    if let audience = post.audience {
      return audience == existing.defaultAudience ? nil : audience
    }
    return context.publicAudience
  }

  mutating func aliases(
    of post: SourcePost, in file: String, slug: String, isPage: Bool, _ notes: inout [String]
  ) -> [String] {
    var kept: [String] = []
    let own = isPage ? "/\(slug)/" : "/posts/\(slug)/"
    for address in post.oldAddresses {
      guard let path = OldAddress.path(of: address) else {
        let isQuery = address.utf8.contains(UInt8(ascii: "?"))
        if isQuery {
          notes.append("its old address has a query, which the address of a file cannot have")
        }
        continue
      }
      let form = path.hasSuffix("/") || path.split(separator: "/").last?.contains(".") == true
      let alias = form ? path : path + "/"
      guard alias != own, !Self.generated.contains(alias), !kept.contains(alias) else {
        continue
      }
      guard aliases[alias] ?? file == file else {
        notes.append("its old address \(alias) is also the old address of another item")
        continue
      }
      aliases[alias] = file
      kept.append(alias)
    }
    return kept
  }
}
