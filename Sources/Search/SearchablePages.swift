import StoaExternalTools
import StoaHTML
import StoaModel
import StoaRender
import StoaSystem

/// The pages that readers can find: those that mark what Pagefind is to read.
struct SearchablePages: Sendable {
  private let files: [PlannedFile]
  var isEmpty: Bool { files.isEmpty }
  /// Changes when any of the pages does.
  let digest: String

  private static let mark = Array("data-pagefind-body".utf8)

  init(_ plan: Plan, jobs: Int) async throws {
    let candidates = plan.files.filter { $0.path.hasSuffix(".html") }
    let outcomes = await mapInSlices(candidates, jobs: jobs) { file in
      Result { try Self.hash(of: file) }
    }
    var files: [PlannedFile] = []
    var lines = ""
    for (file, outcome) in zip(candidates, outcomes) {
      guard let hash = try outcome.get() else { continue }
      files.append(file)
      lines += "\(hash) \(file.path)\n"
    }
    self.files = files
    digest = SHA256.hexadecimal(of: Array(lines.utf8))
  }

  /// Lays the pages down as a site has them.
  func write(to folder: ScratchFolder, below name: String) throws {
    for file in files {
      try folder.write(try Self.bytes(of: file), to: "\(name)/\(file.path)")
    }
  }

  /// Nil for a page that is not to be found.
  private static func hash(of file: PlannedFile) throws -> String? {
    let bytes = try bytes(of: file)
    return bytes.firstRange(of: mark) == nil ? nil : SHA256.hexadecimal(of: bytes)
  }

  private static func bytes(of file: PlannedFile) throws -> [UInt8] {
    guard case .rendered(let rendering, let context) = file.content else { return [] }
    var buffer = ByteBuffer(capacity: 1 << 15)
    try rendering.write(context, into: &buffer)
    return buffer.bytes
  }
}
