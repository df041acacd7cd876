internal import StoaImages
internal import StoaModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

extension FileReader {
  /// The size of an image, as its header has it; nil for other files.
  ///
  /// Only a few bytes at a few places are read, however large the file.
  internal static func imageSize(of path: String) -> ImageSize? {
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    let file = HeldFile(descriptor: descriptor)
    guard let size = file.size else { return nil }
    return ImageSize(
      of: ByteSource(count: size) { offset, count in
        (try? file.read(offset: offset, count: count)) ?? []
      })
  }
}
