import StoaAddresses
import StoaLoad

/// Takes conversations through planner, converter and writer, a batch at a time.
struct ImportRun {
  private(set) var entries: [ImportReport.Entry] = []
  private(set) var notes: [String] = []

  private let options: ImportOptions
  private let context: ImportPlanner.Context
  private let record: ImportRecord
  private var planner: ImportPlanner
  private var converter: MarkupConverter
  private var batch: [(file: ImportedFile, privacy: Privacy)] = []
  private var batchSize = 0
  private var itemCount = 0

  /// One child process converts a batch: large enough to make its start cheap, small enough for memory.
  private static let maximumBatchSize = 1 << 20
  private static let maximumBatchCount = 400

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
      privateAudience: audiences.count > 1 ? audiences.first : nil)
    var privacy = Privacy(showsAddressesInText: community.showsAddressesInText)
    for value in reader.privateValues { privacy.learn(value) }
    planner = ImportPlanner(
      context, record: record, existing: community, people: reader.people, privacy: privacy)
    converter = MarkupConverter(keepsHTML: options.keepsHTML, pandoc: options.pandoc)
  }

  mutating func take(_ conversation: SourceConversation, _ writer: inout ContentWriter) throws {
    let plan = planner.plan(conversation)
    entries += plan.entries
    itemCount += 1 + conversation.comments.count
    for file in plan.files { try take(file, plan.privacy, &writer) }
    options.progress(itemCount)
  }

  mutating func takeRest(
    _ rest: SourceRest, people: [SourcePerson], _ writer: inout ContentWriter
  ) throws {
    entries += rest.entries.map(planner.masked)
    let plan = planner.planRest(rest, people: people)
    entries += plan.entries
    for file in plan.files { try take(file, plan.privacy, &writer) }
    try flush(&writer)
    notes += converter.notes
  }

  private mutating func take(
    _ file: ImportedFile, _ privacy: Privacy, _ writer: inout ContentWriter
  ) throws {
    let isFull = batchSize + file.text.count > Self.maximumBatchSize
    if !batch.isEmpty, isFull || batch.count >= Self.maximumBatchCount { try flush(&writer) }
    batch.append((file, privacy))
    batchSize += file.text.count
  }

  private mutating func flush(_ writer: inout ContentWriter) throws {
    let files = batch
    batch = []
    batchSize = 0
    let texts = try converter.convert(
      try files.map { file, privacy in
        MarkupConverter.Input(
          bytes: privacy.masked(
            try file.text.load(), isComment: file.role == .comment,
            isMarkdown: !file.text.isHTML),
          isHTML: file.text.isHTML, role: file.role)
      })
    for (index, (file, privacy)) in files.enumerated() {
      var file = file
      file.entry.notes += texts[index].notes
      if let copied = file.copied {
        try copy(copied.path, below: copied.root, as: file, &writer)
        continue
      }
      let markdown = privacy.masked(
        texts[index].markdown, isComment: file.role == .comment, isMarkdown: true)
      for (part, bytes) in ContentFile.files(of: file, markdown) {
        var part = part
        if let note = Privacy.account(of: bytes) { part.entry.notes.append(note) }
        try write(part, bytes, &writer)
      }
    }
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
