import StoaData
import StoaLoad
import StoaModel
import StoaSystem

/// Reads a file of JSON objects: one, several after another, or a list of them.
enum JSONDocuments {
  private static let maximumSize = 512 << 20

  static func read(_ path: String) throws -> [SourceRecord] {
    let parts = path.split(separator: "/").map(String.init)
    let folder = "/" + parts.dropLast().joined(separator: "/")
    var bytes: [UInt8]
    do throws(FileReader.Refusal) {
      bytes = try FileReader.read(
        parts.last ?? "", in: RootFolder(folder), maximumSize: maximumSize)
    } catch {
      switch error {
      case .notRegular(let kind): throw SourceError(path, "it is \(kind)")
      case .wrongSize(let size): throw SourceError(path, "it has \(size) bytes")
      case .system: throw SourceError(path, "it cannot be read")
      }
    }
    bytes = CleanText.clean(bytes)
    var documents: [SourceRecord] = []
    var start = 0
    while let next = bytes[start...].firstIndex(where: { $0 > 0x20 && $0 != 0x1E }) {
      do throws(SourceProblem) {
        let (value, end) = try JSONReader.readStart(of: bytes, from: next)
        documents += records(in: value)
        start = end
      } catch {
        throw ImportFailure(path, line: error.line, column: error.column, error.message)
      }
    }
    return documents
  }

  private static func records(in value: SourceValue) -> [SourceRecord] {
    switch value {
    case .mapping(let entries): [SourceRecord(entries)]
    case .list(let items): items.flatMap(records)
    case .text: []
    }
  }
}
