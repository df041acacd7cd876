import StoaImages
import StoaModel
import StoaSystem

extension FileReader {
  /// The size of an image, as its header has it; nil for other files.
  ///
  /// Only a few bytes at a few places are read, however large the file.
  static func imageSize(of path: String, in root: RootFolder) -> ImageSize? {
    guard let file = hold(path, in: root), let size = file.size else { return nil }
    return ImageSize(
      of: ByteSource(count: size) { offset, count in
        (try? file.read(offset: offset, count: count)) ?? []
      })
  }
}
