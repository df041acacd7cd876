import StoaModel

/// Reads the versions of documents that a log names, in batches, and compares them.
struct TextVersions {
  /// A commit's change to a document, after both versions were read.
  struct Change {
    let touch: FileLives.Touch
    /// Nil when git does not have the content.
    let frontMatter: (before: [UInt8], after: [UInt8])?
    let words: [WordPiece]

    /// Whether the body changed; assumed so if its content is not available.
    var isEdit: Bool { frontMatter == nil ? touch.blobs.old != touch.blobs.new : !words.isEmpty }
  }

  /// What readers of a document do not see of its text, and do not see of its versions either, besides its comments.
  struct Hidden: Hashable {
    /// Whether HTML is HTML in it, so that it may hold comments.
    let showsHTML: Bool
    let mailAddresses: Bool
  }

  /// The body of a version, as readers see it.
  private struct Body: Hashable {
    let blob: BlobID
    let hidden: Hidden
  }

  private struct Job {
    let touches: [FileLives.Touch]
    let hidden: Hidden
    let take: ([Change]) -> Void
  }

  /// How many versions are read at once: enough to make starting git cheap, few enough for memory.
  private static let batch = 500

  private let git: Git
  private let comments: ([CommentFilter.Text]) throws -> [[UInt8]]
  private var jobs: [Job] = []
  private var wanted: [BlobID] = []

  /// - Parameter comments: takes the comments out of texts.
  init(_ git: Git, comments: @escaping ([CommentFilter.Text]) throws -> [[UInt8]]) {
    self.git = git
    self.comments = comments
  }

  /// Passes on the changes of a document, now or when a batch is full.
  mutating func read(
    _ touches: [FileLives.Touch], hidden: Hidden, _ take: @escaping ([Change]) -> Void
  ) throws {
    guard !touches.isEmpty else {
      take([])
      return
    }
    jobs.append(Job(touches: touches, hidden: hidden, take: take))
    for touch in touches where touch.blobs.old != touch.blobs.new {
      for blob in [touch.blobs.new, touch.blobs.old] {
        if let blob, blob != wanted.last { wanted.append(blob) }
      }
    }
    if wanted.count >= Self.batch { try finish() }
  }

  /// Passes on the changes of the remaining documents.
  mutating func finish() throws {
    let jobs = jobs
    let contents = try contents()
    let bodies = try bodies(in: contents)
    self.jobs = []
    wanted = []
    for job in jobs {
      job.take(job.touches.map { Self.change($0, contents, bodies, hidden: job.hidden) })
    }
  }

  /// The bodies of the requested contents, less what readers do not see.
  private func bodies(in contents: [BlobID: ArraySlice<UInt8>]) throws -> [Body: [UInt8]] {
    var keys: [Body] = []
    var seen: Set<Body> = []
    for job in jobs {
      for touch in job.touches where touch.blobs.old != touch.blobs.new {
        for blob in [touch.blobs.old, touch.blobs.new] {
          guard let blob, contents[blob] != nil else { continue }
          let key = Body(blob: blob, hidden: job.hidden)
          if seen.insert(key).inserted { keys.append(key) }
        }
      }
    }
    let texts = keys.map { key in
      CommentFilter.Text(
        Array(Self.parts(of: contents[key.blob] ?? []).body), showsHTML: key.hidden.showsHTML)
    }
    return Dictionary(
      uniqueKeysWithValues: zip(keys, try comments(texts)).map { key, text in
        (key, key.hidden.mailAddresses ? Self.masked(text) : text)
      })
  }

  /// The requested contents that git has.
  private func contents() throws -> [BlobID: ArraySlice<UInt8>] {
    guard !wanted.isEmpty else { return [:] }
    let input = wanted.map { $0.hexadecimal + "\n" }.joined()
    let outcome = try git.run(["cat-file", "--batch", "--buffer"], input: Array(input.utf8))
    var rest = outcome.output[...]
    var contents: [BlobID: ArraySlice<UInt8>] = [:]
    for blob in wanted {
      // `<name> <type> <size>`, a line feed, the content, a line feed; or `<name> missing`.
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { break }
      let fields = rest[..<end].split(separator: UInt8(ascii: " "))
      rest = rest[(end + 1)...]
      guard fields.count == 3, let size = Int(String(decoding: fields[2], as: UTF8.self)),
        size < rest.count
      else { continue }
      if fields[1].elementsEqual("blob".utf8) { contents[blob] = rest.prefix(size) }
      rest = rest.dropFirst(size + 1)
    }
    return contents
  }

  private static func change(
    _ touch: FileLives.Touch, _ contents: [BlobID: ArraySlice<UInt8>], _ bodies: [Body: [UInt8]],
    hidden: Hidden
  ) -> Change {
    guard touch.blobs.old != touch.blobs.new else {
      return Change(touch: touch, frontMatter: touch.isMove ? nil : ([], []), words: [])
    }
    guard let oldBlob = touch.blobs.old, let newBlob = touch.blobs.new,
      let old = contents[oldBlob], let new = contents[newBlob],
      let before = bodies[Body(blob: oldBlob, hidden: hidden)],
      let after = bodies[Body(blob: newBlob, hidden: hidden)]
    else { return Change(touch: touch, frontMatter: nil, words: []) }
    return Change(
      touch: touch,
      frontMatter: (Array(parts(of: old).frontMatter), Array(parts(of: new).frontMatter)),
      words: WordDiff.pieces(from: before[...], to: after[...]))
  }

  private static func masked(_ body: [UInt8]) -> [UInt8] {
    guard body.contains(UInt8(ascii: "@")) else { return body }
    return MailAddress.masked(body) ?? body
  }

  /// The front matter with both of its fences, and the body after it.
  private static func parts(
    of text: ArraySlice<UInt8>
  ) -> (frontMatter: ArraySlice<UInt8>, body: ArraySlice<UInt8>) {
    let start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
    var line = start.startIndex
    var isFirst = true
    while line < text.endIndex {
      let end = text[line...].firstIndex(of: 0x0A) ?? text.endIndex
      var words = text[line..<end]
      while let last = words.last, last == 0x0D || last == 0x20 || last == 0x09 {
        words = words.dropLast()
      }
      let isFence = words.elementsEqual("---".utf8)
      if isFirst, !isFence { break }
      let next = min(end + 1, text.endIndex)
      if isFence, !isFirst { return (text[..<next], text[next...]) }
      isFirst = false
      line = next
    }
    return (text[text.startIndex..<text.startIndex], text)
  }
}
