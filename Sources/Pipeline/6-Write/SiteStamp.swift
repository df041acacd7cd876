internal import StoaHTML
package import StoaModel

/// What the file system says of all files of a site, in one hash: while it is the same, nobody has written to any of them.
///
/// As git does for its index, this asks for each file's number, size and time of change instead of reading it, and believes that
/// only where a later change is sure to have a later time.
package struct SiteStamp: Sendable, Equatable {
  package let digest: SHA256.Digest

  /// Takes over what was recorded.
  package init(digest: SHA256.Digest) {
    self.digest = digest
  }

  /// - Parameters:
  ///   - files: in the order of the manifest.
  ///   - manifest: of the manifest, which is written last.
  ///
  /// - Returns: Nil when a file has the time of the manifest or a later one: the clock of file systems ticks, and what is
  ///   written to the file next may have that time too.
  internal init?(_ files: [FileSystem.Stamp], manifest: FileSystem.Stamp) {
    var buffer = ByteBuffer(capacity: files.count * 32)
    for file in files {
      guard file.time < manifest.time else { return nil }
      for number in [file.number, UInt64(file.size), UInt64(bitPattern: file.time)] {
        withUnsafeBytes(of: number.littleEndian) { buffer.bytes.append(contentsOf: $0) }
      }
    }
    digest = SHA256.digest(of: buffer.bytes)
  }
}
