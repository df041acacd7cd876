import StoaHTML
package import StoaModel

/// What the file system says of all files of a site, in one hash: while it is the same, so are they.
///
/// As git does for its index, this asks for each file's number, size and times instead of reading it, and relies on that only where
/// any later change of a file shows in a time.
package struct SiteStamp: Sendable, Equatable {
  package let digest: SHA256.Digest

  /// Takes over what was recorded.
  package init(digest: SHA256.Digest) {
    self.digest = digest
  }

  /// - Parameter files: in the order of the manifest.
  init(_ files: [FileSystem.Stamp]) {
    var buffer = ByteBuffer(capacity: files.count * 32)
    for file in files {
      for number in [file.number, UInt64(file.size)] {
        withUnsafeBytes(of: number.littleEndian) { buffer.bytes.append(contentsOf: $0) }
      }
      for time in [file.written, file.changed] {
        withUnsafeBytes(of: time.littleEndian) { buffer.bytes.append(contentsOf: $0) }
      }
    }
    digest = SHA256.digest(of: buffer.bytes)
  }

  /// A stamp to rely on from now on.
  ///
  /// - Parameter now: the file system's time, from after the files were seen to be what they should be.
  ///
  /// - Returns: Nil when a file has this time or a later one: the clock of a file system ticks, and what is done to the file next
  ///   may have that time too.
  init?(_ files: [FileSystem.Stamp], asOf now: Int64?) {
    guard let now, files.allSatisfy({ $0.changed < now }) else { return nil }
    self.init(files)
  }
}
