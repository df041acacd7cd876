internal import StoaAddresses
internal import StoaModel

/// What Load is asked for.
package struct LoadOptions: Sendable {
  package var jobs: Int
  /// Markdown files larger than these are refused.
  package var maximumPostSize = 1 << 20
  package var maximumResponseSize = 1 << 16
  package var maximumLineLength = 1 << 16

  package init(jobs: Int) {
    self.jobs = jobs
  }
}

/// Reads a community's repository: stoa.yml, content/, and the theme's own files.
///
/// Whatever is wrong with the content becomes a diagnostic; only a folder that cannot be listed throws.
///
/// - Parameter root: the absolute path of the folder of stoa.yml.
package func load(from root: String, options: LoadOptions) async throws -> Sources {
  var sources = Sources(root: root)
  guard sources.readSettings() else { return sources }
  let files = try ContentFiles(root: root)
  sources.diagnostics += files.diagnostics
  sources.theme = try readTheme(below: root)
  sources.postAssets = files.postAssets
  sources.contributorAssets = files.contributorAssets
  sources.statics = files.statics

  let context = ReadingContext(audiences: sources.settings.audiences, dates: sources.dates)
  let reader = ItemReader(root: root, context: context, options: options)
  let size = options.maximumPostSize
  let posts = await mapInSlices(files.posts, jobs: options.jobs) { item in
    reader.read(item, .post, maximumSize: size) { fields in
      Post(slug: item.name, &fields, context, file: item.file)
    }
  }
  let responseSize = options.maximumResponseSize
  let responses = await mapInSlices(files.responses, jobs: options.jobs) { item in
    reader.read(item, .response, maximumSize: responseSize) { fields in
      Response(postSlug: item.folder, id: item.name, &fields, context, file: item.file)
    }
  }
  let contributors = await mapInSlices(files.contributors, jobs: options.jobs) { item in
    reader.read(item, .contributor, maximumSize: size) { fields in
      Contributor(handle: item.name, &fields, context, file: item.file)
    }
  }
  let topics = await mapInSlices(files.topics, jobs: options.jobs) { item in
    reader.read(item, .topic, maximumSize: size) { fields in
      Topic(slug: item.name, &fields, context, file: item.file)
    }
  }
  let pages = await mapInSlices(files.pages, jobs: options.jobs) { item in
    reader.read(item, .page, maximumSize: size) { fields in
      Page(slug: item.name, &fields, context, file: item.file)
    }
  }
  sources.posts = sources.taking(posts)
  sources.unreadablePosts = Set(zip(files.posts, posts).filter { $1.item == nil }.map(\.0.name))
  sources.responses = sources.taking(responses)
  sources.contributors = sources.taking(contributors)
  sources.topics = sources.taking(topics)
  sources.pages = sources.taking(pages)
  return sources
}

extension Sources {
  /// Reads stoa.yml; false when there is nothing to go on with.
  fileprivate mutating func readSettings() -> Bool {
    let location = SourceLocation(file: "stoa.yml")
    do throws(FileReader.Refusal) {
      let bytes = try FileReader.read("\(root)/stoa.yml", maximumSize: 1 << 16)
      let read = Settings.read(bytes, file: "stoa.yml")
      settings = read.settings
      dates = DateReader(zone: read.zone)
      diagnostics += read.diagnostics
      return true
    } catch {
      diagnostics.append(
        Diagnostic(
          .missingSettings, at: location, "stoa.yml cannot be read: \(error)",
          suggestion: "a community begins with a stoa.yml that has a title"))
      return false
    }
  }

  /// Keeps the items that were read; what became of the others is the build's concern.
  fileprivate mutating func taking<Item>(_ readings: [Reading<Item>]) -> [Loaded<Item>] {
    readings.compactMap { reading in
      if reading.item == nil { diagnostics += reading.diagnostics }
      return reading.item
    }
  }
}

/// The community's own theme files: templates, style sheet, script, strings.
private func readTheme(below root: String) throws(InputError) -> [String: [UInt8]] {
  var theme: [String: [UInt8]] = [:]
  for folder in ["templates", "templates/strings"] {
    for entry in try FolderReader.list("\(root)/\(folder)") ?? [] {
      guard entry.kind == .file, let name = entry.name else { continue }
      guard [".mustache", ".css", ".js", ".yml"].contains(where: { name.hasSuffix($0) }) else {
        continue
      }
      let key = folder == "templates" ? name : "strings/\(name)"
      do throws(FileReader.Refusal) {
        theme[key] = try FileReader.read("\(root)/\(folder)/\(name)", maximumSize: 1 << 20)
      } catch {
        throw InputError(path: "\(root)/\(folder)/\(name)", refusal: error)
      }
    }
  }
  return theme
}
