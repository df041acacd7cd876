import StoaImages
import StoaModel
import StoaSystem

extension FileReader {
  /// The size of an image, from its header; nil for other files.
  ///
  /// Only a few bytes are read, however large the file is.
  static func imageSize(of path: String, in root: RootFolder) -> ImageSize? {
    guard let file = hold(path, in: root), let size = file.size else { return nil }
    return ImageSize(
      of: ByteSource(count: size) { offset, count in
        (try? file.read(offset: offset, count: count)) ?? []
      })
  }
}
