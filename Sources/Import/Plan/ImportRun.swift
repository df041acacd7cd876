import StoaAddresses
import StoaLoad

/// Runs conversations through planner, converter and writer, one batch at a time.
struct ImportRun {
  private(set) var entries: [ImportReport.Entry] = []
  private(set) var notes: [String] = []

  private let options: ImportOptions
  private let context: ImportPlanner.Context
  private let record: ImportRecord
  private var planner: ImportPlanner
  private var links: OldLinks
  private var converter: MarkupConverter
  private var batch: [(file: ImportedFile, privacy: Privacy)] = []
  private var batchSize = 0
  private var itemCount = 0

  /// A child process converts one batch: large enough to make its start cheap, small enough for memory.
  private static let maximumBatchSize = 2 << 20
  private static let maximumBatchCount = 800

  init(
    _ options: ImportOptions, _ community: CommunityFacts, _ record: ImportRecord,
    _ reader: any ConversationReader
  ) {
    self.options = options
    self.record = record
    let audiences = community.audiences
    context = ImportPlanner.Context(
      keyPrefix: "\(options.kind.rawValue):\(reader.site.name):",
      publicAudience: audiences.last == community.defaultAudience ? nil : audiences.last,
      privateAudience: audiences.count > 1 ? audiences.first : nil,
      names: ShownNames(options.names, community: community))
    var privacy = Privacy(showsAddressesInText: community.showsAddressesInText)
    for value in reader.privateValues { privacy.learn(value) }
    planner = ImportPlanner(
      context, record: record, existing: community, people: reader.people, privacy: privacy)
    converter = MarkupConverter(
      keepsHTML: options.keepsHTML, pandoc: options.pandoc, jobs: options.jobs)
    links = OldLinks(sites: options.oldSites + reader.site.addresses + [reader.site.url])
  }

  /// Determines the new place of every conversation, because a link may lead to a later one.
  mutating func survey(_ source: any ConversationReader) throws {
    var source = source
    var planner = planner
    while let conversation = try source.next() {
      links.add(planner.plan(conversation).place, key: conversation.post.key)
    }
  }

  mutating func take(
    _ conversation: SourceConversation, _ writer: inout ContentWriter
  ) async throws {
    let plan = planner.plan(conversation)
    entries += plan.entries
    itemCount += 1 + conversation.comments.count
    for file in plan.files { try await take(file, plan.privacy, &writer) }
    options.progress(itemCount)
  }

  mutating func takeRest(
    _ rest: SourceRest, people: [SourcePerson], _ writer: inout ContentWriter
  ) async throws {
    entries += rest.entries.map(planner.masked)
    let plan = planner.planRest(rest, people: people)
    entries += plan.entries
    for file in plan.files { try await take(file, plan.privacy, &writer) }
    try await flush(&writer)
    notes += converter.notes
  }

  private mutating func take(
    _ file: ImportedFile, _ privacy: Privacy, _ writer: inout ContentWriter
  ) async throws {
    let isFull = batchSize + file.text.count > Self.maximumBatchSize
    if !batch.isEmpty, isFull || batch.count >= Self.maximumBatchCount {
      try await flush(&writer)
    }
    batch.append((file, privacy))
    batchSize += file.text.count
  }

  private mutating func flush(_ writer: inout ContentWriter) async throws {
    var files = batch
    batch = []
    batchSize = 0
    var inputs: [MarkupConverter.Input] = []
    for index in files.indices {
      inputs.append(try input(for: &files[index].file, files[index].privacy))
    }
    let texts = try await converter.convert(inputs)
    for (index, (file, privacy)) in files.enumerated() {
      var file = file
      file.entry.notes += texts[index].notes
      if let copied = file.copied {
        try copy(copied.path, below: copied.root, as: file, &writer)
        continue
      }
      let markdown = masked(texts[index].markdown, of: &file, privacy)
      for (part, bytes) in ContentFile.files(of: file, markdown) {
        var part = part
        if let note = Privacy.account(of: bytes) { part.entry.notes.append(note) }
        try write(part, bytes, &writer)
      }
    }
  }

  /// A file's text, with links to the old site changed to the new one, and links to private addresses replaced by text.
  private func input(
    for file: inout ImportedFile, _ privacy: Privacy
  ) throws -> MarkupConverter.Input {
    let isHTML = file.text.isHTML
    let bytes = try file.text.load()
    let (path, page, isComment) = (file.path, file.page, file.role == .comment)
    var (missing, masked) = (LinkNotes(), LinkNotes())
    let outcome = { [links] (address: String) -> LinkOutcome in
      let outcome = links.outcome(of: address, in: path, page: page)
      if case .address = outcome { return outcome }
      if let shown = privacy.shown(target: address, isComment: isComment) {
        masked.add(shown)
        return .masked(shown)
      }
      if outcome == .missing { missing.add(privacy.masked(line: address, maximumLength: 300)) }
      return outcome
    }
    let text =
      isHTML ? HTMLLinks.rewrite(bytes, outcome) : MarkdownLinks.rewrite(bytes, outcome)
    file.entry.notes += masked.addresses.map(Self.maskedLink)
    file.entry.notes += missing.addresses.map {
      "its link to \($0) leads to a page of the old site that is not part of the import"
    }
    return MarkupConverter.Input(bytes: text, isHTML: isHTML, role: file.role)
  }

  /// A file's markdown without private values.
  private func masked(
    _ markdown: [UInt8], of file: inout ImportedFile, _ privacy: Privacy
  ) -> [UInt8] {
    let isComment = file.role == .comment
    guard privacy.masks(markdown, isComment: isComment) else { return markdown }
    var masked = LinkNotes()
    let text = MarkdownLinks.rewrite(markdown) { address in
      guard let shown = privacy.shown(target: address, isComment: isComment) else { return .kept }
      masked.add(shown)
      return .masked(shown)
    }
    file.entry.notes += masked.addresses.map(Self.maskedLink)
    return privacy.masked(text, isComment: isComment, isMarkdown: true)
  }

  private static func maskedLink(_ shown: String) -> String {
    "its link to \(shown) is text now, because an address in it was masked"
  }

  private mutating func copy(
    _ path: String, below root: String, as file: ImportedFile, _ writer: inout ContentWriter
  ) throws {
    let bytes: [UInt8]
    do throws(ForeignFile.Refusal) {
      bytes = try ForeignFile.bytes(path, below: root)
    } catch {
      var entry = file.entry
      entry.outcome = .leftOut(reason: error.reason)
      entries.append(entry)
      return
    }
    try write(file, bytes, &writer)
  }

  private mutating func write(
    _ file: ImportedFile, _ bytes: [UInt8], _ writer: inout ContentWriter
  ) throws {
    var entry = file.entry
    entry.file = try writer.write(file.key, file.path, bytes)
    entries.append(entry)
  }
}

/// The URLs that the report names for a text: each once, and only the first few.
private struct LinkNotes {
  private static let limit = 5

  private(set) var addresses: [String] = []

  mutating func add(_ address: String) {
    guard !address.isEmpty, addresses.count < Self.limit, !addresses.contains(address) else {
      return
    }
    addresses.append(address)
  }
}
