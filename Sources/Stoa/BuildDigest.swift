internal import StoaExternalTools
internal import StoaHTML
internal import StoaLoad
internal import StoaModel
internal import StoaParse
internal import StoaSelect

/// Everything that decides a site's bytes, in one hash: while it is the same, so is the site.
internal struct BuildDigest: Sendable {
  internal let hexadecimal: String

  /// - Returns: Nil when there is something to be said about the content, which every build says anew, and when a file that the
  ///   site copies, or the program itself, cannot be read.
  internal init?(_ selected: Selected, _ options: BuildOptions) async {
    guard selected.diagnostics.isEmpty else { return nil }
    let assets = selected.assets
    let copied = await mapInSlices(assets, jobs: options.jobs) { asset in
      (try? FileReader.read("\(selected.root)/\(asset.file)")).map { SHA256.digest(of: $0) }
    }
    let program = await Self.pieces(of: options.workers.executable, jobs: options.jobs)
    guard let program else { return nil }
    var list = DigestList()
    for piece in program { list.add(piece) }
    for (asset, digest) in zip(assets, copied) {
      guard let digest else { return nil }
      list.add(asset.file, asset.name)
      list.add(digest)
    }
    list.add(selected.settings.fileDigest)
    list.add(
      MarkdownParser.libraryVersion, options.baseURL ?? selected.settings.url,
      selected.audienceName, selected.asOf.machineReadable,
      options.includesDrafts ? "drafts" : "")
    if selected.settings.highlight == .pygments {
      for python in options.tools.pythons { list.add(ExternalTool(path: python).identity) }
    }
    if selected.settings.search == .pagefind {
      for pagefind in options.tools.pagefinds { list.add(pagefind.identity) }
    }
    for (name, bytes) in selected.theme.sorted(by: {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }) {
      list.add(name)
      list.add(SHA256.digest(of: bytes))
    }
    for post in selected.posts {
      list.add(post, post.item.file, dates: [post.item.date, post.item.updated])
    }
    for response in selected.responses {
      list.add(response, response.item.file, dates: [response.item.date])
    }
    for person in selected.contributors { list.add(person, person.item.file, dates: []) }
    for topic in selected.topics { list.add(topic, topic.item.file, dates: []) }
    for page in selected.pages { list.add(page, page.item.file, dates: []) }
    hexadecimal = SHA256.hexadecimal(of: list.buffer.bytes)
  }
}

extension BuildDigest {
  /// The hashes of a file's pieces: the program is too large to be held at once.
  fileprivate static func pieces(of path: String, jobs: Int) async -> [SHA256.Digest]? {
    let size = 1 << 20
    guard let file = FileReader.hold(path, followsLinks: true), let count = file.size else {
      return nil
    }
    let offsets = Array(stride(from: 0, to: count, by: size))
    let digests = await mapInSlices(offsets, jobs: jobs) { offset in
      (try? file.read(offset: offset, count: min(size, count - offset)))
        .map { SHA256.digest(of: $0) }
    }
    let known = digests.compactMap { $0 }
    return known.count == digests.count ? known : nil
  }
}

/// The parts of a digest, each with its length before it, so that no two lists are written alike.
private struct DigestList {
  private(set) var buffer = ByteBuffer(capacity: 1 << 16)

  mutating func add(_ digest: SHA256.Digest) { buffer.write(digest.hexadecimal) }

  mutating func add(_ texts: String...) {
    for text in texts {
      buffer.write("\(text.utf8.count):")
      buffer.write(text)
    }
  }

  /// An item: its file, how far it travels, and what a build knows of it besides: dates depend on the zone, and git's on git.
  mutating func add<Item>(_ selected: SelectedItem<Item>, _ file: String, dates: [Moment?]) {
    add(file, "\(selected.audience.rank)", selected.mark.map { "\($0)" } ?? "")
    add(selected.text.fileDigest)
    let history = selected.history
    for date in dates + [history?.created, history?.lastChanged] {
      add(date.map { "\($0.seconds) \($0.offset) \($0.isDay)" } ?? "")
    }
    for person in history?.people ?? [] { add(person) }
    buffer.write("\n")
  }
}

extension Selected {
  /// Empty when the community has no audiences.
  internal var audienceName: String { settings.name(of: audience) }

  /// Every file that the site may copy, in order of where it lies.
  fileprivate var assets: [Asset] {
    (postAssets.values.flatMap { $0 } + contributorAssets + statics)
      .sorted { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }
}
