import StoaExternalTools
import StoaHTML
import StoaLoad
import StoaModel
import StoaParse
import StoaSelect
import StoaSystem

/// One hash of everything that determines a site's bytes: while it is the same, so is the site.
struct BuildDigest: Sendable {
  let hexadecimal: String

  /// - Returns: Nil when a file to copy, or the program itself, cannot be read.
  ///
  /// - Parameter program: the hashes that identify the program; nil when it cannot be read.
  init?(_ selected: Selected, program: [SHA256.Digest]?, _ options: BuildOptions) async {
    guard let program else { return nil }
    let assets = selected.copiedFiles
    let root = RootFolder(selected.root)
    let copied = await mapInSlices(assets, jobs: options.jobs) { asset in
      (try? FileReader.read(asset.file, in: root)).map { SHA256.digest(of: $0) }
    }
    var list = DigestList()
    list.add(program.count)
    for piece in program { list.add(piece) }
    list.add(assets.count)
    for (asset, digest) in zip(assets, copied) {
      guard let digest else { return nil }
      list.add(asset.file, asset.name)
      list.add(digest)
    }
    list.add(selected.settings.fileDigest)
    list.add(
      MarkdownLibrary.version, options.baseURL(for: selected.settings),
      selected.audienceName, selected.asOf.machineReadable,
      options.includesDrafts ? "drafts" : "", options.isStrict ? "strict" : "",
      options.keepsGoing ? "keep going" : "")
    list.add(selected.diagnostics.count)
    for diagnostic in selected.diagnostics { list.add(diagnostic.description) }
    if selected.settings.highlight == .pygments {
      for python in options.tools.pythons { list.add(ExternalTool(path: python).identity) }
    }
    for (isWanted, name) in [
      (selected.settings.math, "pandoc"), (selected.settings.diagrams, "dot"),
    ]
    where isWanted {
      list.add(options.tools.onPath(name).map { ExternalTool(path: $0).identity } ?? "")
    }
    list.add(theme: selected)
    await list.add(selected.posts, jobs: options.jobs) {
      $0.add(
        $1, $1.item.file, dates: $1.item.date, $1.item.updated, $1.item.reviewed, $1.item.reviewBy)
    }
    await list.add(selected.responses, jobs: options.jobs) {
      $0.add($1, $1.item.file, dates: $1.item.date)
    }
    for person in selected.contributors { list.add(person, person.item.file) }
    for topic in selected.topics { list.add(topic, topic.item.file) }
    for page in selected.pages { list.add(page, page.item.file) }
    hexadecimal = SHA256.hexadecimal(of: list.buffer.bytes)
  }
}

extension BuildDigest {
  /// One hash of everything that decides the bytes of a site's files besides what their fingerprints tell.
  ///
  /// It is of whole files, because a stale page is worse than a page that is rendered again.
  ///
  /// - Parameter folder: the absolute path of the site.
  static func rules(
    _ selected: Selected, program: [SHA256.Digest], _ options: BuildOptions, folder: String
  ) -> SHA256.Digest {
    var list = DigestList()
    list.add(program.count)
    for piece in program { list.add(piece) }
    list.add(selected.settings.fileDigest)
    list.add(
      MarkdownLibrary.version, options.baseURL(for: selected.settings), selected.audienceName,
      folder)
    list.add(theme: selected)
    return SHA256.digest(of: list.buffer.bytes)
  }

  /// The hashes that identify the running program, and the worker program if it is a different one.
  ///
  /// - Returns: Nil when one cannot be read.
  static func hashes(ofPrograms options: BuildOptions) async -> [SHA256.Digest]? {
    let running = await running.value
    guard options.worker != Machine.executablePath else { return running }
    let worker = await hashes(ofProgram: options.worker, jobs: options.jobs)
    return running.flatMap { running in worker.map { running + $0 } }
  }

  /// The hashes of the running program, computed once.
  private static let running = Task {
    await hashes(ofProgram: Machine.executablePath, jobs: Machine.coreCount)
  }

  /// The hash of a program's build ID; without one, those of the file's pieces, because a program is too large to be read at once.
  private static func hashes(ofProgram path: String, jobs: Int) async -> [SHA256.Digest]? {
    let size = 1 << 20
    guard let file = FileReader.hold(trusted: path), let count = file.size else {
      return nil
    }
    if let identifier = BuildID.read(from: file) { return [SHA256.digest(of: identifier)] }
    let offsets = Array(stride(from: 0, to: count, by: size))
    let digests = await mapInSlices(offsets, jobs: jobs) { offset in
      (try? file.read(offset: offset, count: min(size, count - offset)))
        .map { SHA256.digest(of: $0) }
    }
    let known = digests.compactMap { $0 }
    return known.count == digests.count ? known : nil
  }
}

extension Selected {
  /// Empty when the community has no audiences.
  var audienceName: String { settings.name(of: audience) }

  /// Every file that the site may copy, in order of its path.
  fileprivate var copiedFiles: [Asset] {
    (assets.posts.values.flatMap { $0 } + assets.contributors + assets.statics)
      .sorted { $0.file.precedes($1.file) }
  }
}
