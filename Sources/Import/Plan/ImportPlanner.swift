import StoaAddresses
import StoaLoad
import StoaModel
import StoaYAML

/// Converts another tool's conversations into files of Stoa's format.
struct ImportPlanner {
  /// The community that the files are for: keys, audiences and names.
  struct Context {
    /// The prefix of every key, such as `wordpress:example.org:`.
    let keyPrefix: String
    /// The audience of public items; nil: the community's default.
    let publicAudience: String?
    /// The audience of private items; nil: they are left out.
    let privateAudience: String?
    /// How people's names appear.
    let names: ShownNames
  }

  /// Addresses that any site may have, and which therefore cannot be aliases.
  static let generated = Set(SiteAddress.generated().map(\.path))

  let context: Context
  let record: ImportRecord
  let existing: CommunityFacts
  private var names = ItemNames()
  /// The keys of items.
  private var keys = UniqueNames(separator: "~")
  /// Old addresses, with the file that has each.
  var aliases: [String: String]
  var topics: NamePlan
  var people: NamePlan
  /// The handles of people with accounts, by their login.
  private(set) var handles: [String: String] = [:]
  /// Those handles, folded.
  private var takenHandles = UniqueNames()
  /// The names of people without a handle, by login, if no name may appear.
  var hiddenNames: [String: String] = [:]
  var privacy: Privacy

  init(
    _ context: Context, record: ImportRecord, existing: CommunityFacts, people: [SourcePerson],
    privacy: Privacy
  ) {
    self.context = context
    self.record = record
    self.existing = existing
    self.privacy = privacy
    aliases = existing.aliases
    topics = existing.topics
    self.people = existing.people
    for (slug, file) in existing.files { names.take(slug, for: record.key(ofPath: file) ?? "") }
    for person in people {
      let name = privacy.masked(name: person.name)
      guard !context.names.hidesAll else {
        hiddenNames[person.login] = name
        continue
      }
      let login = privacy.masked(line: person.login)
      let base = ItemNames.slug(from: login.isEmpty ? name : login)
      let handle =
        record.entry(key(person.key)).map { Self.name(ofPath: $0.path) }
        ?? unusedHandle(base.isEmpty ? "contributor" : base)
      handles[person.login] = handle
      takenHandles.take(Slug.foldedKey(handle))
    }
  }

  private mutating func unusedHandle(_ base: String) -> String {
    base + takenHandles.suffix(for: Slug.foldedKey(base))
  }

  /// Whether a person with an account has a handle.
  func hasPerson(withHandle handle: String) -> Bool {
    takenHandles.contains(Slug.foldedKey(handle))
  }

  /// The files of a conversation, and the outcome of each of its items.
  mutating func plan(_ source: SourceConversation) -> ImportPlan {
    let conversation = withKnownAudiences(withUniqueKeys(source))
    var privacy = privacy
    for value in conversation.privateValues { privacy.learn(value) }
    var plan = ImportPlan(privacy: privacy)
    let post = conversation.post
    plan.place.addresses = post.oldAddresses + post.linkNames + [post.permalink]
    let kept = conversation.comments.filter { $0.leftOut == nil }
    if let reason = reasonToLeaveOut(post, hasComments: !kept.isEmpty) {
      plan.leaveOut(post, reason)
      for comment in conversation.comments {
        plan.leaveOut(comment, comment.leftOut ?? "its parent was left out: \(reason)")
      }
      return plan
    }
    let slug: String
    if let found = existingPost(for: post) {
      slug = found.slug
      plan.merge(post, into: found.file)
    } else {
      slug = self.slug(of: post)
      addPost(post, slug: slug, comments: kept, to: &plan)
    }
    plan.place.file = filePath(ofSlug: slug, in: plan)
    addComments(conversation, slug: slug, to: &plan)
    return plan
  }

  /// The file of the conversation's post: a file of the plan, or an existing one.
  private func filePath(ofSlug slug: String, in plan: ImportPlan) -> String? {
    plan.files.first { $0.role == .post }?.path
      ?? existing.files.first { $0.slug == slug }?.file
  }

  /// An item's key in the record of imports; addresses are masked in it, since the record is published too.
  func key(_ key: String) -> String {
    let isPublic = Privacy().masked(line: key, maximumLength: 2_000) == key
    let name = isPublic ? key : "sha256-\(SHA256.hexadecimal(of: Array(key.utf8)))"
    return context.keyPrefix + name
  }

  /// The entry with its item's name in a form that may be shown.
  func masked(_ entry: ImportReport.Entry) -> ImportReport.Entry {
    let source = privacy.masked(line: entry.source, maximumLength: 1_000)
    return ImportReport.Entry(
      noun: entry.noun, source: source.isEmpty ? Privacy.mask : source, outcome: entry.outcome,
      file: entry.file, notes: entry.notes)
  }

  private func reasonToLeaveOut(_ post: SourcePost, hasComments: Bool) -> String? {
    switch post.state {
    case .leftOut(let reason): return reason
    case .restricted(let reason):
      return context.privateAudience == nil ? "\(reason), and the community has no audiences" : nil
    case .published, .draft:
      if post.isStandIn, !hasComments { return "it has no comments" }
      return nil
    }
  }

  /// The conversation with unique keys: broken exports repeat numbers.
  private mutating func withUniqueKeys(_ source: SourceConversation) -> SourceConversation {
    var conversation = source
    conversation.post.key += keys.suffix(for: source.post.key)
    if conversation.post.key != source.post.key {
      conversation.post.notes.append("another item has the same id")
    }
    for index in conversation.comments.indices {
      conversation.comments[index].key += keys.suffix(for: conversation.comments[index].key)
    }
    return conversation
  }

  /// An existing post of the community that replaces a placeholder post.
  private func existingPost(for post: SourcePost) -> (slug: String, file: String)? {
    guard record.entry(key(post.key)) == nil else { return nil }
    for match in post.matches {
      let path = OldAddress.path(of: match)
      let last = (path ?? match).split(separator: "/").last.map(String.init) ?? ""
      for name in [path ?? match, StaticmanLayout.stem(of: last)] {
        let folded = Slug.make(from: name)
        if !folded.isEmpty, let found = existing.postsByName[folded] { return found }
      }
    }
    return nil
  }

  // MARK: Posts

  private mutating func slug(of post: SourcePost) -> String {
    if let entry = record.entry(key(post.key)) {
      let slug = Self.name(ofPath: entry.path)
      names.take(slug, for: key(post.key))
      return slug
    }
    return names.slug(
      wishes: [post.wishedSlug, post.title], keepsFirst: post.keepsSlug, key: key(post.key))
  }

  private mutating func addPost(
    _ post: SourcePost, slug: String, comments: [SourceComment], to plan: inout ImportPlan
  ) {
    var notes = post.notes
    var isPage = post.kind == .page
    if isPage, !comments.isEmpty || post.text.count > BodyText.maximumPost {
      isPage = false
      notes.append(
        comments.isEmpty
          ? "a page over the size limit becomes a post: only posts can continue in responses"
          : "a page with comments becomes a post: only posts have responses")
    }
    let path = path(of: post, slug: slug, isPage: isPage)
    var matter = FrontMatterText()
    var title = plan.privacy.masked(line: post.title)
    if title.isEmpty {
      title = "Untitled"
      if post.title.isEmpty { notes.append("it has no title") }
    }
    matter.add("title", title)
    var voice = FrontMatterText()
    if !isPage {
      let authors = authors(of: post, plan.privacy, &notes)
      matter.add("author", authors)
      voice.add("author", authors[0])
      let date = date(of: post, comments, &notes)
      matter.add("date", date)
      voice.add("date", date.isEmpty ? Self.text(Self.firstDay) : date)
      if let updated = post.updated, let date = post.date ?? comments.compactMap(\.date).min(),
        updated > date
      {
        matter.add("updated", Self.text(updated))
      }
      matter.add("topics", topicNames(of: post, plan.privacy, &notes))
    }
    matter.add("audience", audience(of: post) ?? "")
    if !isPage {
      matter.add("summary", plan.privacy.masked(line: post.summary, maximumLength: 2_000))
    }
    if !isPage { matter.add("image", plan.privacy.masked(line: post.image)) }
    matter.add("aliases", aliases(of: post, in: path, slug: slug, isPage: isPage, &notes))
    matter.add("anchors", mapping: post.anchors)
    if case .draft = post.state, !isPage { matter.add("draft", flag: true) }
    matter.add("language", Self.languageTag(post.language))
    if post.isQuestion, !isPage { matter.add("kind", "question") }
    if !isPage { addSource(post.permalink, to: &matter, plan.privacy, &notes) }
    for (key, texts) in post.more where !isPage {
      matter.add(key, texts.map { plan.privacy.masked(line: $0) })
    }
    matter.add("pinned", flag: post.isPinned && !isPage)
    if !post.acceptsResponses, !isPage { matter.add("responses", "closed") }
    plan.files.append(
      ImportedFile(
        key: key(post.key), path: path, role: .post, frontMatter: matter, text: post.text,
        page: post.oldAddresses.first ?? "",
        continuation: isPage ? nil : Continuation(frontMatter: voice, slug: slug, replyTo: ""),
        entry: ImportReport.Entry(
          noun: post.noun, source: plan.label(post.key), outcome: .imported(path: path),
          notes: notes)))
    addFiles(of: post, slug: slug, isPage: isPage, to: &plan)
  }

  /// Adds the public URL of an item at the source.
  func addSource(
    _ permalink: String, to matter: inout FrontMatterText, _ privacy: Privacy,
    _ notes: inout [String]
  ) {
    let address = WebAddress.checked(permalink, privacy)
    if address.isEmpty, !permalink.isEmpty {
      notes.append(
        "its URL at the source was left out: it contains an e-mail address, or is not a web URL")
    }
    matter.add("source", address)
  }

  private func path(of post: SourcePost, slug: String, isPage: Bool) -> String {
    if let entry = record.entry(key(post.key)) { return entry.path }
    if isPage { return "content/pages/\(slug).md" }
    let place = Self.folder(of: post) + slug
    return post.files.isEmpty ? "\(place).md" : "\(place)/index.md"
  }

  /// The folder for a post's file or bundle, with a slash at its end.
  private static func folder(of post: SourcePost) -> String {
    let parts = post.folder.split(separator: "/").map { ItemNames.slug(from: String($0)) }
    return (["content/posts"] + parts.filter { !$0.isEmpty }).joined(separator: "/") + "/"
  }

  private mutating func addFiles(
    of post: SourcePost, slug: String, isPage: Bool, to plan: inout ImportPlan
  ) {
    for file in post.files {
      let isSound = file.name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        AssetName.problem(in: String($0)) == nil && !$0.hasPrefix(".")
      }
      // An export may name any file beside it, and hidden files may contain keys and passwords.
      let isHidden = file.path.split(separator: "/").contains { $0 != "." && $0.hasPrefix(".") }
      let label = plan.label(file.key)
      let reason: String? =
        if isPage { "pages cannot have files" } else if isHidden {
          "it is a hidden file"
        } else if !isSound {
          "its name is not portable"
        } else if file.name.hasSuffix(".md") { "a bundle has one markdown file" } else { nil }
      if let reason {
        plan.entries.append(
          ImportReport.Entry(noun: file.noun, source: label, outcome: .leftOut(reason: reason)))
        continue
      }
      let path = "\(Self.folder(of: post))\(slug)/\(file.name)"
      plan.files.append(
        ImportedFile(
          key: key(of: file, besides: post, at: path), path: path, role: .other,
          frontMatter: FrontMatterText(),
          text: .markdown([]), copied: file,
          entry: ImportReport.Entry(noun: file.noun, source: label, outcome: .imported(path: path)))
      )
    }
  }

  /// The key of a post's file: a file that two posts have is copied for each, so the key includes the post.
  private func key(of file: SourceFile, besides post: SourcePost, at path: String) -> String {
    let alone = key(file.key)
    guard record.entry(alone)?.path != path else { return alone }
    return key("\(file.key) of \(post.key)")
  }

  // MARK: Values

  static func text(_ moment: Timestamp) -> String {
    // In UTC, so that a date means the same in every community.
    moment.isDay
      ? moment.day.description
      : Timestamp(seconds: moment.seconds, offset: 0, isDay: false).machineReadable
  }

  /// The slug or id in a path.
  static func name(ofPath path: String) -> String {
    let parts = path.split(separator: "/")
    guard let last = parts.last else { return path }
    if last == "index.md", parts.count > 1 { return String(parts[parts.count - 2]) }
    return StaticmanLayout.stem(of: String(last))
  }

  static func languageTag(_ text: String) -> String {
    let tag = text.split(separator: "_").joined(separator: "-")
    let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
    let isTag = parts.enumerated().allSatisfy { index, part in
      (index == 0 ? 2...8 : 1...8).contains(part.utf8.count)
        && part.allSatisfy { $0.isASCII && ($0.isLetter || index > 0 && $0.isNumber) }
    }
    return isTag ? tag : ""
  }
}
