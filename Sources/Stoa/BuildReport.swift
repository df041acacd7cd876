internal import StoaLink
internal import StoaLoad
package import StoaModel
internal import StoaParse
internal import StoaRender
internal import StoaSelect
package import StoaWrite

/// What a build did, and what is to be said about the content.
package struct BuildReport: Sendable {
  package struct Stage: Sendable {
    package let name: String
    package let duration: Duration
  }

  /// How much there is of everything, as this build shows it.
  package struct Counts: Sendable {
    package internal(set) var posts = 0
    package internal(set) var responses = 0
    package internal(set) var contributors = 0
    package internal(set) var topics = 0
    package internal(set) var pages = 0
  }

  /// In order of file and line, with the severities that the community's rules and `--strict` give them.
  package internal(set) var diagnostics: [Diagnostic] = []
  package internal(set) var counts = Counts()
  /// Empty when the community has no audiences.
  package internal(set) var audience = ""
  package internal(set) var asOf = ""
  /// Nil when errors kept the site from being written.
  package internal(set) var written: WriteReport?
  package internal(set) var stages: [Stage] = []
  private let onStage: (@Sendable (String) -> Void)?

  internal init(onStage: (@Sendable (String) -> Void)? = nil) {
    self.onStage = onStage
  }

  package var errorCount: Int { diagnostics.count { $0.severity == .error } }
  package var warningCount: Int { diagnostics.count { $0.severity == .warning } }

  /// What to know about this machine's markdown library, when a document met a limit that a newer library may not meet.
  package var libraryAdvice: String? {
    diagnostics.contains { $0.code == .markdownTooComplex } ? MarkdownLibrary.advice : nil
  }

  internal mutating func describe(
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
  internal mutating func describe(_ selected: Selected, _ record: BuildRecord) {
    counts = record.counts
    audience = selected.audienceName
    asOf = selected.asOf.machineReadable
  }

  /// What the next build may rely on; nil when it has to look for itself.
  internal func record(_ digest: BuildDigest?) -> BuildRecord? {
    guard diagnostics.isEmpty, let digest, let written else { return nil }
    return BuildRecord(
      digest: digest, manifest: written.manifest, stamp: written.stamp, counts: counts)
  }

  internal mutating func add(
    _ more: [Diagnostic], _ community: Community, _ options: BuildOptions
  ) {
    diagnostics += leveled(more, community.settings, isStrict: options.isStrict)
    diagnostics.sort()
  }

  /// Without settings nothing is built, not even the rest.
  internal mutating func refuse(_ sources: Sources, _ options: BuildOptions) {
    diagnostics = leveled(sources.diagnostics, sources.settings, isStrict: options.isStrict)
  }

  internal func allowsWriting(_ options: BuildOptions) -> Bool {
    errorCount == 0 || options.keepsGoing
  }

  // MARK: Timing

  internal mutating func time<Value>(
    _ name: String, _ work: () async throws -> Value
  ) async rethrows -> Value {
    onStage?(name)
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await work()
    stages.append(Stage(name: name, duration: clock.now - start))
    return value
  }

  internal mutating func time<Value>(_ name: String, _ work: () throws -> Value) rethrows -> Value {
    onStage?(name)
    let clock = ContinuousClock()
    let start = clock.now
    let value = try work()
    stages.append(Stage(name: name, duration: clock.now - start))
    return value
  }
}
