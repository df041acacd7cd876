import StoaAddresses
import StoaData
import StoaLoad
import StoaModel
import StoaPlatform

/// Reads a folder of notes: of Obsidian, Foam, Logseq or Quartz, or plain markdown.
///
/// Two passes: the first collects the names of notes, the second reads one note at a time.
struct VaultReader: ConversationReader {
  let site: SourceSite
  let people: [SourcePerson] = []
  let privateValues: [String] = []
  private(set) var counts = SourceCounts()

  private let root: String
  private let options: Options
  private let history: VaultHistory
  private var layout: VaultLayout
  /// The places of Logseq's blocks, by name, and whether their notes are published.
  private var blocks: [String: (words: String, note: String, isPublished: Bool)] = [:]
  private var nextNote = 0
  private var topics: [String] = []
  private var taken: Set<String> = []
  private var entries: [ImportReport.Entry] = []

  struct Options {
    let dates: SourceDates
    let author: String
    /// Whether all posts are in one folder, and not in folders like the vault's.
    let flattens: Bool
    /// The absolute path of git; nil when nobody is to be asked.
    let git: String?
  }

  init(root: String, siteName: String, options: Options) throws {
    self.root = root
    self.options = options
    let folder = root.split(separator: "/").last.map(String.init) ?? "vault"
    site = SourceSite(name: siteName.isEmpty ? folder : siteName, title: folder)
    layout = try VaultLayout(root: root)
    history = VaultHistory(root: root, git: options.git, dates: options.dates)
    for note in layout.notes {
      guard let text = try? ForeignFile.text(note, below: root),
        let matter = try? SourceFrontMatter(text)
      else { continue }
      for name in matter.record.texts("aliases", "alias") + [matter.record.text("title")] {
        layout.add(name, of: note)
      }
      guard layout.tool == .logseq else { continue }
      let properties = LogseqText(matter.text, block: { _ in nil }).properties
      let isPublished = isPublished(matter.record.adding(properties))
      for (name, words) in LogseqText.blocks(in: matter.text) {
        blocks[name] = (words, note, isPublished)
      }
      for (name, value) in properties where name == "alias" || name == "title" {
        for alias in value.split(separator: ",") {
          layout.add(CleanText.trim(String(alias)), of: note)
        }
      }
    }
  }

  mutating func next() throws -> SourceConversation? {
    while nextNote < layout.notes.count {
      defer { nextNote += 1 }
      let note = layout.notes[nextNote]
      counts.add("post")
      do {
        let post = try post(of: note)
        counts.add("file", post.files.count { $0.noun == "file" })
        return SourceConversation(post: post)
      } catch let problem as SourceProblem {
        leaveOut(note, "line \(problem.line), column \(problem.column): \(problem.message)")
      } catch let refusal as ForeignFile.Refusal {
        leaveOut(note, refusal.reason)
      }
    }
    return nil
  }

  mutating func rest() throws -> SourceRest {
    for file in layout.files where !taken.contains(file) {
      let noun = file.hasSuffix(".canvas") ? "canvas" : "file"
      counts.add(noun)
      entries.append(
        ImportReport.Entry(
          noun: noun, source: file,
          outcome: .leftOut(
            reason: noun == "canvas" ? "a canvas, which is no text" : "no note shows it")))
    }
    return SourceRest(topics: tree(of: topics), entries: entries)
  }

  private mutating func leaveOut(_ note: String, _ reason: String) {
    entries.append(
      ImportReport.Entry(noun: "post", source: note, outcome: .leftOut(reason: reason)))
  }

  /// Topics with a slash in their names, and those above them.
  private mutating func tree(of names: [String]) -> [SourceTopic] {
    var found: Set<NameKey> = []
    var topics: [SourceTopic] = []
    for name in names where name.contains("/") {
      let parts = name.split(separator: "/").map(String.init)
      for depth in 1...parts.count {
        let path = parts[..<depth].joined(separator: "/")
        guard found.insert(NameKey(path)).inserted else { continue }
        counts.add("topic")
        topics.append(
          SourceTopic(
            key: "topic-\(path)", name: path,
            parent: depth > 1 ? parts[..<(depth - 1)].joined(separator: "/") : nil))
      }
    }
    return topics
  }

  // MARK: Notes

  private mutating func post(of note: String) throws -> SourcePost {
    let matter = try SourceFrontMatter(try ForeignFile.text(note, below: root))
    var record = matter.record
    var post = SourcePost(key: note)
    post.notes = matter.notes
    var text = matter.text
    if layout.tool == .logseq {
      let logseq = LogseqText(text) { [blocks] name in
        // Text of a hidden note is not copied into other notes.
        blocks[name].flatMap { $0.isPublished || $0.note == note ? ($0.words, $0.note) : nil }
      }
      text = logseq.output
      post.notes += logseq.notes
      record = record.adding(logseq.properties)
    }
    let name = NoteName(note)
    post.title = CleanText.line(HTMLEntities.decode(record.text("title")))
    if let (heading, rest) = Self.heading(of: text),
      post.title.isEmpty || NameKey(post.title) == NameKey(heading)
    {
      post.title = heading
      text = rest
    }
    if post.title.isEmpty { post.title = name.title }
    post.wishedSlug = name.slug
    if !options.flattens { post.folder = name.folder }
    post.oldAddresses = record.texts("permalink", "url") + [name.address]
    takePeopleAndDates(of: note, name, record, into: &post)
    hide(record, &post)
    let read = self.text(text, of: note, &post)
    post.text = .markdown(read.output)
    post.notes += read.notes
    takeTopics(record, read.tags, into: &post)
    return post
  }

  /// The first level-1 heading, if nothing is above it, and the text below it.
  private static func heading(of text: [UInt8]) -> (String, [UInt8])? {
    let start = text.drop { $0 <= 0x20 }
    guard start.starts(with: "# ".utf8) else { return nil }
    let line = start.prefix { $0 != 0x0A }
    let words = CleanText.line(String(decoding: line.dropFirst(2), as: UTF8.self))
    let isPlain = !words.isEmpty && !words.utf8.contains { "[]<>`*_".utf8.contains($0) }
    return isPlain ? (words, Array(start[line.endIndex...])) : nil
  }

  private func takePeopleAndDates(
    of note: String, _ name: NoteName, _ record: SourceRecord, into post: inout SourcePost
  ) {
    post.authors = record.texts("author", "authors").map { CleanText.line($0) }
    let committer = history.author(of: note)
    if post.authors.isEmpty { post.authors = [committer.isEmpty ? options.author : committer] }
    let written = record.text(
      "date", "created", "date created", "date_created", "creation date", "created_at",
      "publishDate")
    post.date = options.dates.read(written)
    if !written.isEmpty, post.date == nil { post.notes.append("the date cannot be read") }
    if let day = name.day {
      post.date = post.date ?? options.dates.reader.timestamp(of: day)
      post.notes.append("a daily note")
    }
    post.date = post.date ?? history.date(of: note)
    if post.date == nil, let seconds = Self.modification(of: "\(root)/\(note)") {
      post.date = options.dates.reader.timestamp(atInstant: seconds)
      post.notes.append("the date is that of its file's last change")
    }
    post.updated = options.dates.read(
      record.text("updated", "modified", "date modified", "date_modified", "lastmod", "updated_at"))
  }

  private static func modification(of path: String) -> Int64? {
    var status = stat()
    return lstat(path, &status) == 0 ? Int64(status.st_mtim.tv_sec) : nil
  }

  private func isPublished(_ record: SourceRecord) -> Bool {
    var post = SourcePost(key: "")
    hide(record, &post)
    if case .published = post.state { return true }
    return false
  }

  private func hide(_ record: SourceRecord, _ post: inout SourcePost) {
    post.language = record.text("lang", "language")
    post.summary = CleanText.line(record.text("description", "summary"), maximumLength: 2_000)
    if record.flag("draft") == true { post.state = .draft }
    if record.flag("publish") == false || record.flag("private") == true
      || record.flag("public") == false
    {
      post.state = .leftOut(reason: "its front matter hides it")
    }
    for plugin in ["excalidraw-plugin", "kanban-plugin"] where record[plugin] != nil {
      post.state = .leftOut(
        reason: "a drawing or board of the plugin “\(plugin)”, which is no text")
    }
  }

  private mutating func takeTopics(
    _ record: SourceRecord, _ tags: [String], into post: inout SourcePost
  ) {
    let listed = record.texts("tags", "tag", "topics", "categories").flatMap { text in
      text.split { $0 == "," || $0 == ";" }.flatMap { part in
        // Obsidian reads a text of several words as several tags.
        record["tags"]?.text == nil ? [String(part)] : part.split(separator: " ").map(String.init)
      }
    }
    var names = Set(post.topics.map { NameKey($0) })
    for tag in listed + tags {
      var name = CleanText.line(tag)
      while name.hasPrefix("#") { name.removeFirst() }
      if name.hasPrefix("[["), name.hasSuffix("]]") { name = String(name.dropFirst(2).dropLast(2)) }
      if !name.isEmpty, names.insert(NameKey(name)).inserted { post.topics.append(name) }
    }
    if case .published = post.state { topics += post.topics }
    if case .draft = post.state { topics += post.topics }
  }

  /// The text with resolved links; the files that it embeds are put beside the post.
  private mutating func text(
    _ source: [UInt8], of note: String, _ post: inout SourcePost
  ) -> VaultText {
    var files: [String: String] = [:]
    let layout = layout
    func target(_ name: String) -> VaultText.Target {
      let decoded = PercentEncoding.decode(name) ?? name
      if let found = layout.note(decoded, from: note) { return .note(key: found) }
      guard let path = layout.file(decoded, from: note) else { return .missing }
      let last = path.split(separator: "/").last.map(String.init) ?? path
      var file = last
      var number = 1
      while let other = files[file], other != path {
        number += 1
        file =
          "\(StaticmanLayout.stem(of: last))-\(number).\(StaticmanLayout.fileExtension(of: last))"
      }
      files[file] = path
      return .file(name: file)
    }
    // Markdown links first, because the vault's own links become markdown links.
    let linked = MarkdownLinks.rewrite(source) { address in
      guard !address.isEmpty, !address.hasPrefix("#"), !address.hasPrefix(OldLinks.scheme),
        !address.prefix(12).contains(":")
      else { return .kept }
      let parts = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let fragment = parts.count > 1 ? String(parts[1]) : ""
      switch target(String(parts[0])) {
      case .note(let key):
        let heading = PercentEncoding.decode(fragment) ?? fragment
        return .address(
          OldLinks.address(
            ofKey: key, fragment: heading.hasPrefix("^") ? "" : VaultText.anchor(heading)))
      case .file(let name): return .address(name)
      case .missing: return .kept
      }
    }
    let text = VaultText(linked) { target($0) }
    for (name, path) in files.sorted(by: { $0.key.precedes($1.key) }) {
      if case .leftOut = post.state { continue }
      // A file that several notes embed is copied beside each of them.
      let isFirst = taken.insert(path).inserted
      post.files.append(
        SourceFile(key: path, name: name, path: path, root: root, noun: isFirst ? "file" : ""))
    }
    return text
  }
}

/// The properties of a note that follow from its path.
private struct NoteName {
  let title: String
  let slug: String
  let folder: String
  /// The day of a daily note.
  let day: CalendarDay?
  /// The URL under which Quartz publishes it, and Obsidian Publish, except that the latter writes plus signs.
  let address: String

  init(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    var stem = StaticmanLayout.stem(of: parts.last ?? path)
    let isIndex = ["index", "_index", "readme"].contains(stem.lowercased())
    var folders = Array(parts.dropLast())
    if isIndex, let last = folders.popLast() { stem = last }
    for mark in ["___", "%2F", "%2f"] { stem = stem.replacing(mark, with: "/") }
    stem = PercentEncoding.decode(stem) ?? stem
    day = Self.day(stem)
    title = day?.description ?? stem
    slug = stem.split(separator: "/").last.map(String.init) ?? stem
    folder = folders.map { Slug.make(from: $0) }.filter { !$0.isEmpty }.joined(separator: "/")
    let name = (folders + [stem]).joined(separator: "/")
    address = "/" + name.map { $0 == " " ? "-" : String($0) }.joined() + "/"
  }

  /// `2024-01-02`, `2024_01_02` or `20240102`.
  private static func day(_ stem: String) -> CalendarDay? {
    let digits = stem.utf8.filter(ASCII.isDigit)
    let isDay =
      digits.count == 8 && stem.utf8.allSatisfy { ASCII.isDigit($0) || $0 == 0x2D || $0 == 0x5F }
    guard isDay, let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    return CalendarDay(year: number / 10_000, month: number / 100 % 100, day: number % 100)
  }
}
