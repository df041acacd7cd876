package import StoaExternalTools
internal import StoaLink
package import StoaLoad
package import StoaModel
package import StoaParse
package import StoaSelect
internal import StoaWrite

/// What a build is asked for.
package struct BuildOptions: Sendable {
  /// The absolute path of the folder of stoa.yml.
  package private(set) var root: String
  /// The name of the audience; nil: the widest.
  package var audience: String?
  /// ISO 8601, or `@` and seconds since 1970 for that day in the community's zone: nothing dated later is shown.
  package var asOf: String
  package var includesDrafts = false
  /// Nil: `site`, or `site-<audience>` for a narrower audience, beside stoa.yml.
  package var output: String?
  /// Nil: the `url` of stoa.yml.
  package var baseURL: String?
  /// Whether warnings are errors.
  package var isStrict = false
  /// Whether the rest is written in spite of errors.
  package var keepsGoing = false
  /// Told the name of each stage as it begins.
  package var onStage: (@Sendable (String) -> Void)?
  package var jobs: Int
  package var workers: WorkerOptions
  /// Where other people's programs are looked for.
  package var tools: ToolFinder

  package init(
    root: String, asOf: String, jobs: Int, workers: WorkerOptions, searchPath: String
  ) {
    self.root = root
    self.asOf = asOf
    self.jobs = jobs
    self.workers = workers
    tools = ToolFinder(root: root, program: workers.executable, searchPath: searchPath)
  }
}

extension BuildOptions {
  /// The same for another folder; programs are looked for where they were.
  internal func with(root: String) -> BuildOptions {
    var options = self
    options.root = root
    return options
  }
}

/// A wrong option, as opposed to wrong content.
package struct UsageError: Error, CustomStringConvertible {
  package init(_ description: String) {
    self.description = description
  }

  package let description: String
}

extension BuildOptions {
  package var loading: LoadOptions { LoadOptions(jobs: jobs, git: tools.onPath("git")) }

  /// Turns names into what they mean in this community.
  package func selection(for sources: Sources) throws(UsageError) -> SelectOptions {
    guard let asOf = sources.dates.readAsOf(asOf) else {
      throw UsageError("“\(asOf)” is not a date: write one such as 2026-03-04")
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

  /// Where the site goes: a narrower audience never shares a folder with a wider one.
  internal func destination(for selected: Selected) -> WriteOptions {
    let isWidest = selected.audience == selected.settings.widestAudience
    let name = selected.settings.name(of: selected.audience)
    let folder = output ?? "\(root)/\(isWidest ? "site" : "site-\(name)")"
    return WriteOptions(output: folder, contentRoot: root, jobs: jobs)
  }
}

extension DateReader {
  /// Reads what `--as-of` says, or `@` with the seconds since 1970, which stand for their day; nil when it is neither.
  package func readAsOf(_ text: String) -> Moment? {
    guard text.hasPrefix("@") else { return read(text) }
    guard let seconds = Int64(text.dropFirst()), (0..<253_402_214_400).contains(seconds) else {
      return nil
    }
    // Today is another day in Auckland than in Lisbon, and what is dated today is due.
    return moment(of: moment(atInstant: seconds).day)
  }
}
