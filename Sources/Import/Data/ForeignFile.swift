import StoaLoad
import StoaSystem

/// Reads files of a source: only regular files below its folder, through no link, and within a size limit.
enum ForeignFile {
  /// Why a file was refused.
  struct Refusal: Error {
    let reason: String
  }

  static let maximumSize = 16 << 20

  /// The file as clean UTF-8.
  static func text(_ file: String, below root: String) throws(Refusal) -> [UInt8] {
    CleanText.clean(try bytes(file, below: root))
  }

  static func exists(_ file: String, below root: String) -> Bool {
    (try? bytes(file, below: root)) != nil
  }

  static func bytes(_ file: String, below root: String) throws(Refusal) -> [UInt8] {
    do throws(FileReader.Refusal) {
      return try FileReader.read(file, in: RootFolder(root), maximumSize: maximumSize)
    } catch {
      switch error {
      case .notRegular(let kind): throw Refusal(reason: "it is \(kind)")
      case .wrongSize(let size): throw Refusal(reason: "it has \(size) bytes")
      case .system: throw Refusal(reason: "it cannot be read")
      }
    }
  }
}
