import StoaLink
import StoaLoad
public import StoaModel
import StoaParse
import StoaRender
import StoaSelect
public import StoaWrite

/// The result of a build: the problems of the content, and what was written.
public struct BuildReport: Sendable {
  /// A stage of the build, with its duration.
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
  /// How many drafts and scheduled items of this audience the site does not show.
  package internal(set) var leftOut = LeftOut()
  /// Whether the site's URL is known; without it the site has no feeds and no sitemap.
  private var hasAddress = true
  /// What changed in the site's folder; nil when errors kept the site from being written.
  public internal(set) var written: WriteReport?
  /// The stages that the build went through, in order.
  public internal(set) var stages: [Stage] = []
  private let options: BuildOptions

  init(_ options: BuildOptions) {
    self.options = options
  }

  /// The number of diagnostics that are errors.
  public var errorCount: Int { diagnostics.count { $0.severity == .error } }
  /// The number of diagnostics that are warnings.
  public var warningCount: Int { diagnostics.count { $0.severity == .warning } }

  /// A warning about this machine's markdown library, if a document reached a limit that a newer version might not reach.
  package var libraryAdvice: String? {
    diagnostics.contains { $0.code == .markdownTooComplex } ? MarkdownLibrary.advice : nil
  }

  /// The note about a site without a `url`.
  package var addressAdvice: String? {
    hasAddress
      ? nil
      : "stoa.yml has no url, so the site has no feeds, sitemap and OPML files; "
        + "add a line such as url: https://notes.example"
  }

  /// The report for a stoa.yml that cannot be used: nothing is built, not even with ``BuildOptions/keepsGoing``.
  consuming func refusing(_ sources: Sources) -> BuildReport {
    add(sources.diagnostics, sources.settings)
    return self
  }

  /// Adds the data of a planned site.
  mutating func describe(_ community: Community, _ more: [Diagnostic]) {
    counts.posts = community.conversations.count
    counts.responses = community.conversations.reduce(0) { $0 + $1.responseCount }
    counts.contributors = community.contributors.count
    counts.topics = community.topics.count
    counts.pages = community.pages.count
    audience = community.settings.name(of: community.audience)
    asOf = community.asOf.machineReadable
    hasAddress = !options.baseURL(for: community.settings).isEmpty
    add(community.diagnostics + more, community.settings)
  }

  /// Adds the data of a site that is unchanged since the last build.
  mutating func describe(_ selected: Selected, _ record: BuildRecord) {
    counts = record.counts
    diagnostics = record.diagnostics
    hasAddress = !options.baseURL(for: selected.settings).isEmpty
    audience = selected.audienceName
    asOf = selected.asOf.machineReadable
  }

  mutating func add(_ more: [Diagnostic], _ settings: Settings) {
    diagnostics += leveled(more, settings, isStrict: options.isStrict)
    diagnostics.sort()
  }

  var allowsWriting: Bool { errorCount == 0 || options.keepsGoing }

  // MARK: Stages

  /// Runs a stage and measures its time, unless the task of the build is cancelled.
  mutating func stage<Output>(
    _ name: String, _ work: () async throws -> Output
  ) async throws -> Output {
    try Task.checkCancellation()
    options.onStage?(name)
    let clock = ContinuousClock()
    let start = clock.now
    let output = try await work()
    stages.append(Stage(name: name, duration: clock.now - start))
    return output
  }

  /// Runs the last stage that needs a value, which is deallocated while the build continues.
  mutating func stage<Input: Sendable, Output>(
    _ name: String, of input: consuming Input, _ work: (Input) async throws -> Output
  ) async throws -> Output {
    let input = input
    let output = try await stage(name) { try await work(input) }
    deallocateInBackground(input)
    return output
  }
}
