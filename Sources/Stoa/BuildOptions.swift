package import StoaExternalTools
package import StoaLink
package import StoaLoad
package import StoaModel
package import StoaParse
package import StoaRender
package import StoaSelect
import StoaSystem
import StoaWrite

/// Which site to build or to check, and how.
///
/// `BuildOptions(root: "notes")` has the options of `stoa build` in the folder `notes`. Paths may be relative to the working
/// folder.
public struct BuildOptions: Sendable {
  /// The absolute path of the folder of `stoa.yml`.
  public private(set) var root: String
  /// The audience of the site; nil for the widest in `stoa.yml`, or, in a check, for the narrowest.
  public var audience: String?
  /// The date up to which posts and responses are shown, in ISO 8601; nil for today.
  ///
  /// Today is the day of the environment's `SOURCE_DATE_EPOCH` if it is set, in the community's time zone.
  public var asOf: String?
  /// Whether the site has drafts and scheduled items, marked as such.
  public var includesDrafts = false
  /// The folder that the site is written to; nil for `site` beside `stoa.yml`, or `site-<audience>` for a narrower audience.
  public var output: String?
  /// The URL at which the site is published; nil for the `url` of `stoa.yml`.
  public var baseURL: String?
  /// Whether warnings are errors.
  public var isStrict = false
  /// Whether the rest of the site is written in spite of errors.
  public var keepsGoing = false
  /// The part of the site to write, into an ``output`` of its own; nil for all of it.
  ///
  /// Several machines build one site in this way, and ``join(_:into:)`` puts the parts together.
  public var part: Part?
  /// Called with the name of each stage as it begins.
  public var onStage: (@Sendable (_ stage: String) -> Void)?
  /// The folders in which git, Pygments, pandoc and Graphviz are searched, in the form of `PATH`; nil to run no other program.
  ///
  /// Pygments may also be installed in `.venv` beside `stoa.yml`. The default is the environment's `PATH`.
  public var searchPath: String? = Machine.searchPath
  package var workers: WorkerOptions

  /// Makes the options of a build with default values for all but the folder.
  ///
  /// - Parameter root: The path of the folder of `stoa.yml`.
  public init(root: String) {
    self.root = Machine.absolute(root)
    workers = WorkerOptions(executable: Machine.executablePath, jobs: Machine.coreCount)
  }

  /// The path of the program whose processes parse markdown: it must call ``StoaWorker/runIfAsked()``.
  ///
  /// The default is the running program. The `stoa` of the same version also works.
  public var worker: String {
    get { workers.executable }
    set { workers.executable = Machine.absolute(newValue) }
  }

  /// The number of worker processes and of threads, from 1 to 256; the default is the number of cores.
  public var jobs: Int {
    get { workers.jobs }
    set { workers.jobs = min(max(newValue, 1), 256) }
  }
}

extension BuildOptions {
  /// One of the equal parts that a site is built in.
  public struct Part: Sendable {
    /// From 1 to ``count``.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// Makes a part, if there is such a part.
    ///
    /// - Parameters:
    ///   - number: Which part, from 1.
    ///   - count: How many there are, at most 10,000.
    public init?(_ number: Int, of count: Int) {
      guard (1...SitePart.maximumCount).contains(count), (1...count).contains(number) else {
        return nil
      }
      self.number = number
      self.count = count
    }
  }

  /// The same options for another folder.
  func with(root: String) -> BuildOptions {
    var options = self
    options.root = root
    return options
  }
}

extension BuildOptions {
  package var loading: LoadOptions {
    LoadOptions(jobs: jobs, git: tools.onPath("git"), comments: comments)
  }

  /// Takes the comments out of texts, as the parser reads them.
  package var comments: CommentFilter { CommentFilter(workers) }

  /// The other programs that the build may run.
  package var tools: ToolFinder {
    searchPath.map { ToolFinder(root: root, program: worker, searchPath: $0) } ?? .none
  }

  package func rendering(
    _ community: Community, _ highlights: Highlights, _ typesetting: Typesetting = .none
  ) -> RenderOptions {
    RenderOptions(
      baseURL: baseURL(for: community.settings), highlights: highlights, typesetting: typesetting)
  }

  /// The URL at which a site is published, without a slash at its end.
  package func baseURL(for settings: Settings) -> String {
    guard let baseURL else { return settings.url }
    return baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
  }

  /// Validates the options' names for this community.
  package func selection(for sources: Sources) throws(UsageError) -> SelectOptions {
    let day = if let asOf { asOf } else { try Machine.today() }
    guard let asOf = sources.dates.readAsOf(day) else {
      throw UsageError("“\(day)” is not a date: write one such as 2026-03-04")
    }
    var options = SelectOptions(asOf: asOf, includesDrafts: includesDrafts)
    guard let audience else { return options }
    guard let rank = sources.settings.audiences.firstIndex(of: audience) else {
      let names = sources.settings.audiences
      throw UsageError(
        names.isEmpty
          ? "stoa.yml lists no audiences"
          : "there is no audience “\(audience)”: use one of \(names.joined(separator: ", "))")
    }
    options.audience = Audience(rank: rank)
    return options
  }

  /// The output folder: two audiences never share one.
  func destination(for selected: Selected) -> WriteOptions {
    let isWidest = selected.audience == selected.settings.widestAudience
    let name = selected.settings.name(of: selected.audience)
    let folder = output.map(Machine.absolute) ?? "\(root)/\(isWidest ? "site" : "site-\(name)")"
    return WriteOptions(output: folder, contentRoot: root, jobs: jobs)
  }
}

extension DateReader {
  /// Reads the value of `--as-of`, or `@` with the seconds since 1970, which stand for their day; nil when it is neither.
  package func readAsOf(_ text: String) -> Timestamp? {
    guard text.hasPrefix("@") else { return read(text) }
    guard let seconds = Int64(text.dropFirst()), (0..<253_402_214_400).contains(seconds) else {
      return nil
    }
    // Time zones differ in today's date, and items dated today are published.
    return timestamp(of: timestamp(atInstant: seconds).day)
  }
}
