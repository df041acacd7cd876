import StoaHTML
package import StoaModel

/// One hash over the metadata of all files of a site: while it is the same, the files are unchanged.
///
/// Like git for its index, this uses each file's inode number, size and times instead of reading it, and is only valid if any later
/// change of a file would change its times.
package struct SiteStamp: Sendable, Equatable {
  package let digest: SHA256.Digest

  /// Restores a recorded stamp.
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

  /// A stamp that is valid from now on.
  ///
  /// - Parameter now: the file system's time, read after the files were verified.
  ///
  /// - Returns: Nil when a file has this time or a later one: a file system's clock has a limited resolution, so the next change
  ///   of the file may have the same time.
  init?(_ files: [FileSystem.Stamp], asOf now: Int64?) {
    guard let now, files.allSatisfy({ $0.changed < now }) else { return nil }
    self.init(files)
  }
}
