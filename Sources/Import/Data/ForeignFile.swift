internal import StoaLoad
internal import StoaSystem

/// Reads files of a source: regular ones only, and none that is absurdly large.
enum ForeignFile {
  /// Why a file was not taken.
  struct Refusal: Error {
    let reason: String
  }

  static let maximumSize = 16 << 20

  /// The file as clean UTF-8.
  static func text(_ path: String) throws(Refusal) -> [UInt8] {
    SourceText.clean(try bytes(path))
  }

  static func exists(_ path: String) -> Bool { (try? bytes(path)) != nil }

  static func bytes(_ path: String) throws(Refusal) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(path, maximumSize: maximumSize)
    } catch {
      switch error {
      case .notRegular(let kind): throw Refusal(reason: "it is \(kind)")
      case .wrongSize(let size): throw Refusal(reason: "it has \(size) bytes")
      case .system: throw Refusal(reason: "it cannot be read")
      }
    }
  }
}
