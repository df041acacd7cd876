import StoaAddresses
package import StoaModel
import StoaSystem

/// The options of Load.
package struct LoadOptions: Sendable {
  package var jobs: Int
  /// The absolute path of git; nil when it is not installed.
  package var git: String?
  /// Takes the comments out of versions of documents.
  package var comments: CommentFilter
  /// Larger markdown files are refused.
  package var maximumPostSize = 1 << 20
  package var maximumResponseSize = 1 << 16
  package var maximumLineLength = 1 << 16

  package init(jobs: Int, git: String? = nil, comments: CommentFilter = .cautious) {
    self.jobs = jobs
    self.git = git
    self.comments = comments
  }
}

/// Reads a community's repository: stoa.yml, content/, and the theme's own files.
///
/// Errors in the content become diagnostics; only a folder that cannot be listed throws.
///
/// - Parameters:
///   - root: the absolute path of the folder of stoa.yml.
///   - cache: the files that a preview read before.
package func load(
  from root: String, options: LoadOptions, cache: LoadCache? = nil
) async throws -> Sources {
  var sources = Sources(root: root)
  guard sources.readSettings(cache) else { return sources }
  let settings = sources.settings
  // git runs while the files are read.
  async let history = readHistory(of: root, options, settings, cache)
  let context = ReadingContext(audiences: sources.settings.audiences, dates: sources.dates)
  let files = try await ContentFiles(
    root: sources.folder, context: context, cache: cache, jobs: options.jobs)
  sources.diagnostics += files.diagnostics
  try sources.readTheme()
  sources.postAssets = files.postAssets
  sources.contributorAssets = files.contributorAssets
  sources.statics = files.statics

  let reader = ItemReader(root: sources.folder, context: context, options: options)
  let size = options.maximumPostSize
  // In parallel: when one kind is nearly finished, another keeps the other cores busy.
  async let posts = mapInSlices(files.posts, jobs: options.jobs) { item in
    reader.read(item, .post, maximumSize: size, cache?.posts) { fields in
      Post(slug: item.name, &fields, context, file: item.file)
    }
  }
  let responseSize = options.maximumResponseSize
  async let responses = mapInSlices(files.responses, jobs: options.jobs) { item in
    reader.read(item, .response, maximumSize: responseSize, cache?.responses) { fields in
      Response(postSlug: item.folder, id: item.name, &fields, context, file: item.file)
    }
  }
  async let contributors = mapInSlices(files.contributors, jobs: options.jobs) { item in
    reader.read(item, .contributor, maximumSize: size, cache?.contributors) { fields in
      Contributor(handle: item.name, &fields, context, file: item.file)
    }
  }
  async let topics = mapInSlices(files.topics, jobs: options.jobs) { item in
    reader.read(item, .topic, maximumSize: size, cache?.topics) { fields in
      Topic(slug: item.name, &fields, context, file: item.file)
    }
  }
  async let pages = mapInSlices(files.pages, jobs: options.jobs) { item in
    reader.read(item, .page, maximumSize: size, cache?.pages) { fields in
      Page(slug: item.name, &fields, context, file: item.file)
    }
  }
  sources.unread = files.unread
  sources.posts = sources.taking(await posts, files.posts) { _ in .post }
  sources.responses = sources.taking(await responses, files.responses) {
    .response(post: $0.folder)
  }
  sources.contributors = sources.taking(await contributors, files.contributors) { _ in .contributor
  }
  sources.topics = sources.taking(await topics, files.topics) { _ in .topic }
  sources.pages = sources.taking(await pages, files.pages) { _ in .page }
  await sources.take(history)
  return sources
}

extension Sources {
  /// Reads stoa.yml; false when no content may be read.
  fileprivate mutating func readSettings(_ cache: LoadCache?) -> Bool {
    let file = "stoa.yml"
    let limit = 1 << 16
    do throws(FileReader.Refusal) {
      let bytes = try FileReader.read(file, in: folder, maximumSize: limit)
      if let problem = SourceBytes.textProblem(in: bytes, file: file) {
        diagnostics.append(problem)
        return false
      }
      cache?.use(settings: bytes)
      let read = Settings.read(bytes, file: file)
      settings = read.settings
      dates = DateReader(zone: read.zone)
      diagnostics += read.diagnostics
      hasSettings = read.isSafe
      return hasSettings
    } catch {
      diagnostics.append(
        error.isAbsence
          ? Diagnostic(
            .missingSettings, at: SourceLocation(file: file), "there is no stoa.yml",
            suggestion: "a community begins with one that has a title")
          : Diagnostic(refusal: error, file: file, limit: limit))
      return false
    }
  }

  /// Keeps the items that were read; Select decides about the others.
  fileprivate mutating func taking<Item>(
    _ readings: [Reading<Item>], _ files: [ContentFiles.Item],
    _ kind: (ContentFiles.Item) -> UnreadFile.Kind
  ) -> [Loaded<Item>] {
    var items: [Loaded<Item>] = []
    items.reserveCapacity(readings.count)
    for (file, reading) in zip(files, readings) {
      if let item = reading.item {
        items.append(item)
      } else {
        unread.append(
          UnreadFile(
            kind: kind(file), file: file.file, name: file.name, title: reading.title,
            visibility: reading.visibility, diagnostics: reading.diagnostics))
      }
    }
    return items
  }
}
