import StoaHTML
package import StoaModel

/// What a build records about each file that it rendered, so that the next one can tell which would be the same.
///
/// A file is still what rendering would write if its fingerprint is the same, and if it is the file that was written then.
package struct SiteRecord: Sendable {
  struct File: Sendable, Equatable {
    /// Nil for a file that is not rendered, and for one that has to be rendered each time.
    let fingerprint: SHA256.Digest?
    /// Nil when the file has to be read: its next change might not change its times.
    let stamp: FileSystem.Stamp?
  }

  /// The hash of the manifest that lists the files.
  package let manifest: SHA256.Digest
  /// In the order of the manifest.
  let files: [File]

  init(manifest: SHA256.Digest, files: [File]) {
    self.manifest = manifest
    self.files = files
  }

  /// The records of files by their paths; empty when another build wrote the folder since.
  func byPath(_ manifest: Manifest?, _ digest: SHA256.Digest?) -> [String: File] {
    guard let manifest, digest == self.manifest, manifest.lines.count == files.count else {
      return [:]
    }
    return Dictionary(zip(manifest.lines.map(\.path), files)) { first, _ in first }
  }

  // MARK: Its file

  private static let firstLine = Array("stoa site 1\n".utf8)
  /// The words of a file: its fingerprint, and its stamp.
  private static let wordsOfAFile = 8

  /// Reads a record; nil when it is damaged, or when something else decides the site's bytes now.
  ///
  /// - Parameter rules: as for `bytes`.
  package init?(_ bytes: [UInt8], rules: SHA256.Digest) {
    let head = Self.firstLine.count
    let size = 8
    guard bytes.starts(with: Self.firstLine), (bytes.count - head) % size == 0 else { return nil }
    func word(_ index: Int) -> UInt64 {
      bytes.withUnsafeBytes {
        UInt64(
          littleEndian: $0.loadUnaligned(fromByteOffset: head + index * size, as: UInt64.self))
      }
    }
    func digest(_ index: Int) -> SHA256.Digest {
      SHA256.Digest(
        first: word(index), second: word(index + 1), third: word(index + 2),
        fourth: word(index + 3))
    }
    let words = (bytes.count - head) / size
    let count = (words - 12) / Self.wordsOfAFile
    guard words >= 12, words == 12 + count * Self.wordsOfAFile, digest(0) == rules,
      SHA256.digest(of: Array(bytes.dropLast(4 * size))) == digest(words - 4)
    else { return nil }
    manifest = digest(4)
    files = (0..<count).map { number in
      let start = 8 + number * Self.wordsOfAFile
      let fingerprint = digest(start)
      let stamp = FileSystem.Stamp(
        number: word(start + 4), size: Int(truncatingIfNeeded: word(start + 5)),
        written: Int64(bitPattern: word(start + 6)), changed: Int64(bitPattern: word(start + 7)))
      return File(
        fingerprint: fingerprint == .none ? nil : fingerprint,
        stamp: stamp == .none ? nil : stamp)
    }
  }

  /// The bytes of the record.
  ///
  /// - Parameter rules: the hash of everything that decides the site's bytes besides what fingerprints tell: the program, the
  ///   settings, the theme.
  package func bytes(rules: SHA256.Digest) -> [UInt8] {
    var bytes = Self.firstLine
    bytes.reserveCapacity(bytes.count + 8 * (12 + files.count * Self.wordsOfAFile))
    bytes.append(rules)
    bytes.append(manifest)
    for file in files {
      bytes.append(file.fingerprint ?? .none)
      let stamp = file.stamp ?? .none
      bytes.append(stamp.number)
      bytes.append(UInt64(bitPattern: Int64(stamp.size)))
      bytes.append(UInt64(bitPattern: stamp.written))
      bytes.append(UInt64(bitPattern: stamp.changed))
    }
    bytes.append(SHA256.digest(of: bytes))
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ word: UInt64) {
    Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func append(_ digest: SHA256.Digest) {
    for word in [digest.first, digest.second, digest.third, digest.fourth] { append(word) }
  }
}
