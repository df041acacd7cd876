import StoaLink
import StoaLoad
public import StoaModel
import StoaParse
import StoaRender
import StoaSelect
public import StoaWrite

/// The result of a build: the problems of the content, and what was written.
public struct BuildReport: Sendable {
  /// A part of the build, and how long it took.
  public struct Stage: Sendable {
    /// The name in English, such as `Load`.
    public let name: String
    /// The time that it took.
    public let duration: Duration
  }

  /// How many items of each kind the site shows.
  public struct Counts: Sendable {
    /// The number of posts.
    public internal(set) var posts = 0
    /// The number of responses, without mentions and without those that were removed.
    public internal(set) var responses = 0
    /// The number of contributors.
    public internal(set) var contributors = 0
    /// The number of topics.
    public internal(set) var topics = 0
    /// The number of pages in `content/pages`.
    public internal(set) var pages = 0
  }

  /// The problems of the content in order of file and line, with the severities that `rules` and the options give them.
  public internal(set) var diagnostics: [Diagnostic] = []
  /// The number of items that the site shows.
  public internal(set) var counts = Counts()
  /// The audience that the site is for; empty when the community has no audiences.
  public internal(set) var audience = ""
  /// The date up to which posts and responses are shown, in ISO 8601.
  public internal(set) var asOf = ""
  /// What changed in the site's folder; nil when errors kept the site from being written.
  public internal(set) var written: WriteReport?
  /// The stages that the build went through, in order.
  public internal(set) var stages: [Stage] = []
  private let onStage: (@Sendable (String) -> Void)?

  init(onStage: (@Sendable (String) -> Void)? = nil) {
    self.onStage = onStage
  }

  /// The number of diagnostics that are errors.
  public var errorCount: Int { diagnostics.count { $0.severity == .error } }
  /// The number of diagnostics that are warnings.
  public var warningCount: Int { diagnostics.count { $0.severity == .warning } }

  /// What to know about this machine's markdown library, when a document met a limit that a newer library may not meet.
  package var libraryAdvice: String? {
    diagnostics.contains { $0.code == .markdownTooComplex } ? MarkdownLibrary.advice : nil
  }

  mutating func describe(
    _ community: Community, _ plan: Plan, _ notes: [Diagnostic], _ options: BuildOptions
  ) {
    counts.posts = community.conversations.count
    counts.responses = community.conversations.reduce(0) { $0 + $1.responseCount }
    counts.contributors = community.contributors.count
    counts.topics = community.topics.count
    counts.pages = community.pages.count
    audience = community.settings.name(of: community.audience)
    asOf = community.asOf.machineReadable
    add(community.diagnostics + plan.diagnostics + notes, community, options)
  }

  /// Says of a site that is as it was what the build said that made it.
  mutating func describe(_ selected: Selected, _ record: BuildRecord) {
    counts = record.counts
    audience = selected.audienceName
    asOf = selected.asOf.machineReadable
  }

  /// What the next build may rely on; nil when it has to look for itself.
  func record(_ digest: BuildDigest?) -> BuildRecord? {
    guard diagnostics.isEmpty, let digest, let written else { return nil }
    return BuildRecord(
      digest: digest, manifest: written.manifest, stamp: written.stamp, counts: counts)
  }

  mutating func add(
    _ more: [Diagnostic], _ community: Community, _ options: BuildOptions
  ) {
    diagnostics += leveled(more, community.settings, isStrict: options.isStrict)
    diagnostics.sort()
  }

  /// Without settings nothing is built, not even the rest.
  mutating func refuse(_ sources: Sources, _ options: BuildOptions) {
    diagnostics = leveled(sources.diagnostics, sources.settings, isStrict: options.isStrict)
  }

  func allowsWriting(_ options: BuildOptions) -> Bool {
    errorCount == 0 || options.keepsGoing
  }

  // MARK: Timing

  /// Runs a stage, unless the task of the build is cancelled.
  mutating func time<Value>(
    _ name: String, _ work: () async throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    onStage?(name)
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await work()
    stages.append(Stage(name: name, duration: clock.now - start))
    return value
  }

  /// Runs a stage, unless the task of the build is cancelled.
  mutating func time<Value>(_ name: String, _ work: () throws -> Value) throws -> Value {
    try Task.checkCancellation()
    onStage?(name)
    let clock = ContinuousClock()
    let start = clock.now
    let value = try work()
    stages.append(Stage(name: name, duration: clock.now - start))
    return value
  }
}
