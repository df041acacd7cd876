import StoaHistory
package import StoaModel

/// Reads git's history, unless the settings say `none`.
func readHistory(
  of root: String, _ options: LoadOptions, _ settings: Settings, _ cache: LoadCache?
) async -> HistoryReading? {
  settings.history == Settings.History.none
    ? nil
    : readHistory(
      of: root, git: options.git,
      HistoryOptions(
        ignoredRevisions: settings.ignoredRevisions,
        masksMailAddresses: !settings.showsAddressesInText, math: settings.math),
      comments: { try options.comments.removed(from: $0, settings) }, cache: cache?.history)
}

extension Sources {
  /// Gives every document its history, and responses without a date the date of their first commit.
  mutating func take(_ reading: HistoryReading?) {
    if let problem = historyProblem(reading) { diagnostics.append(problem) }
    if case .unavailable? = reading { trustsCache = false }
    guard case .read(let history)? = reading else {
      for index in responses.indices where responses[index].lacksDate {
        responses[index] = responses[index].adding(missingDate(of: responses[index].item))
      }
      return
    }
    hasHistory = true
    if history.holdsCache {
      trustsCache = false
      diagnostics.append(
        Diagnostic(
          .trackedCache, at: SourceLocation(file: ".stoa-cache"),
          "git tracks this folder, so its contents cannot be trusted, and were ignored",
          suggestion: "run git rm -r --cached .stoa-cache"))
    }
    let context = ReadingContext(audiences: settings.audiences, dates: dates)
    for index in posts.indices {
      posts[index] = posts[index].with(
        history: history.text(
          posts[index].item.file, context,
          agreement: Agreed(posts[index].item.agreements, posts[index].item.audience)))
    }
    for index in pages.indices {
      pages[index] = pages[index].with(
        history: history.text(pages[index].item.file, context))
    }
    for index in responses.indices {
      let item = responses[index].item
      let response = responses[index].with(
        history: history.text(
          item.file, context, parent: .some(item.replyTo?.value),
          agreement: Agreed(item.agreements, item.audience)))
      responses[index] =
        response.lacksDate ? response.dated(response.history?.created) : response
    }
  }

  private func missingDate(of response: Response) -> Diagnostic {
    Diagnostic(
      .missingDate, at: SourceLocation(file: response.file, line: 1, column: 1),
      "the response has no date, and there is no history to take it from",
      suggestion: "add a line such as date: 2026-03-04")
  }

  /// Why the history that the settings require was not read.
  private func historyProblem(_ reading: HistoryReading?) -> Diagnostic? {
    let isRequired = settings.history == .required
    switch reading {
    case nil, .read?: return nil
    case .noRepository?:
      guard isRequired else { return nil }
      return missingHistory(
        "the history is required, and the folder is in no git repository",
        suggestion: "run git init, or write history: optional")
    case .unavailable(.shallow)?:
      var diagnostic = Diagnostic(
        .shallowHistory, at: SourceLocation(file: "stoa.yml"),
        "the clone is shallow: git has only the newest commits, and dates would be wrong",
        suggestion:
          "fetch the rest with git fetch --unshallow (on a forge: fetch-depth: 0, or GIT_DEPTH: 0)"
      )
      if settings.history == .optional { diagnostic.severity = .warning }
      return diagnostic
    case .unavailable(.gitNotInstalled)?:
      return missingHistory(
        "git is not installed, so its history cannot be read",
        suggestion: "install git, or write history: none")
    case .unavailable(.foreignOwner(let path))?:
      return missingHistory(
        "the repository belongs to another user, so git does not read it",
        suggestion: "if you trust it, run git config --global --add safe.directory \(path)")
    case .unavailable(.failed(let reason))?:
      return missingHistory("git cannot read the history: \(reason)")
    }
  }

  private func missingHistory(_ message: String, suggestion: String = "") -> Diagnostic {
    var diagnostic = Diagnostic(
      .missingHistory, at: SourceLocation(file: "stoa.yml"), message, suggestion: suggestion)
    if settings.history == .required { diagnostic.severity = .error }
    return diagnostic
  }
}

extension Loaded<Response> {
  /// Whether no date was written, as opposed to one that cannot be read.
  package var lacksDate: Bool { item.date == nil && !isHeldBack }

  /// The same response with a date from elsewhere.
  package func dated(_ date: Timestamp?) -> Loaded {
    var item = item
    item.date = date
    return Loaded(
      item, text: text, diagnostics: diagnostics, history: history, isHeldBack: isHeldBack)
  }
}

extension History {
  /// - Parameter parent: the document that a response answers; nil for other documents.
  fileprivate func text(
    _ file: String, _ context: ReadingContext, parent: String?? = nil, agreement: Agreed? = nil
  ) -> TextHistory? {
    guard let entry = entry(for: file) else { return nil }
    return TextHistory(
      created: context.dates.moment(atCommit: entry.created),
      lastChanged: entry.lastChanged.map { context.dates.moment(atCommit: $0) },
      people: entry.people,
      changes: entry.changes.map { change in
        TextRevision(
          order: change.order, date: context.dates.moment(atCommit: change.date ?? 0),
          people: change.people, reason: change.reason,
          reach: TextRevision.Reach(change, context, parent: parent), words: change.words)
      },
      shared: agreement.flatMap { entry.changes.sharing($0, context) })
  }
}

extension TextRevision.Reach {
  /// The front matter of both versions; a version that was scheduled at the time of its commit was never shown.
  fileprivate init(_ change: History.Change, _ context: ReadingContext, parent: String??) {
    self.init()
    guard let matter = change.frontMatter, let date = change.date else {
      isHidden = true
      return
    }
    let day = context.dates.moment(atCommit: date).day
    for bytes in [matter.before, matter.after]
    where !(matter.before.isEmpty && matter.after.isEmpty) {
      let version = VisibilityScan.flawed(bytes, context)
      isHidden =
        isHidden || version.isDraft || !version.isCertain
        || version.date.map { $0.day > day } ?? false
        || Self.isRemoved(bytes)
      if let parent, version.parents != (parent.map { [$0] } ?? []) { isHidden = true }
      if let written = version.audience {
        audience = min(audience ?? written, written)
      } else {
        isSilent = true
      }
    }
  }

  /// Whether a version was a tombstone, which shows no content.
  private static func isRemoved(_ matter: [UInt8]) -> Bool {
    matter.split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: "removed".utf8) }
  }
}

/// The audience of a document to which somebody agreed, according to its file now.
private struct Agreed {
  /// Nil when the file names none.
  let audience: Audience?

  init?(_ agreements: [Agreement], _ audience: Located<Audience>?) {
    guard !agreements.isEmpty else { return nil }
    self.audience = audience?.value
  }
}

extension [History.Change] {
  /// The time since which a document's audience is as wide as its front matter says; nil when that is not committed, or has
  /// always been so.
  ///
  /// It is the time of the newest change of its audience. If its audience has always been that of the document which it
  /// answers, it is the time at which an agreement was added. The changes are the newest first.
  fileprivate func sharing(_ agreed: Agreed, _ context: ReadingContext) -> Timestamp? {
    var isNewest = true
    var written: Timestamp?
    for change in self {
      guard let matter = change.frontMatter, let date = change.date,
        !(matter.before.isEmpty && matter.after.isEmpty)
      else { continue }
      let moment = context.dates.moment(atCommit: date)
      let before = VisibilityScan.flawed(matter.before, context).audience
      let after = VisibilityScan.flawed(matter.after, context).audience
      if isNewest, after != agreed.audience || !matter.after.hasAgreements { return nil }
      isNewest = false
      if before != after { return moment }
      if written == nil, !matter.before.hasAgreements { written = moment }
    }
    return written
  }
}

extension [UInt8] {
  fileprivate var hasAgreements: Bool {
    split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: "agreed-by".utf8) }
  }
}

extension DateReader {
  /// A commit's date, which its author may set to anything, limited to years of four digits.
  fileprivate func moment(atCommit seconds: Int64) -> Timestamp {
    timestamp(atInstant: min(max(seconds, -62_135_510_400), 253_402_214_400))
  }
}
