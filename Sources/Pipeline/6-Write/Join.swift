import StoaHTML
import StoaModel
import StoaRender
import StoaSystem

/// Writes a site from its parts, each of which a build wrote into a folder of its own.
///
/// Nothing is written unless the parts are all there, each once, of one build, and as their builds left them.
///
/// - Parameter parts: the absolute paths of their folders, in any order.
/// - Throws: `WriteError` with the folder of the part that cannot be used, or what ``write(_:to:)`` throws.
package func join(_ parts: [String], to options: WriteOptions) async throws -> WriteReport {
  let folders = try parts.map(PartFolder.init)
  let first = try PartFolder.checkComplete(folders)
  for folder in folders {
    let wrong = await mapInSlices(folder.manifest.lines, jobs: options.jobs) { line in
      folder.isSound(line) ? nil : line.path
    }
    if let path = wrong.compactMap(\.self).first {
      throw WriteError(folder.path, "is not as its build left it: “\(path)” has changed")
    }
  }
  let files = folders.flatMap { folder in folder.manifest.lines.map { folder.file($0.path) } }
    .sorted { $0.path.precedes($1.path) }
  return try await write(
    Plan(audience: first.manifest.audience, baseURL: first.manifest.baseURL, files: files),
    to: options)
}

/// A folder with a part of a site.
private struct PartFolder {
  let path: String
  let root: RootFolder
  let manifest: Manifest
  let part: SitePart

  init(_ path: String) throws(WriteError) {
    self.path = path
    root = RootFolder(path)
    guard let bytes = try? FileSystem.read(Manifest.fileName, in: root) else {
      throw WriteError(path, "holds no part of a site: stoa build --part writes one")
    }
    guard let manifest = Manifest(bytes) else {
      throw WriteError(path, "holds a manifest that no build wrote")
    }
    guard let part = manifest.part else {
      throw WriteError(path, "holds a whole site, not a part of one")
    }
    guard !manifest.isUnfinished else {
      throw WriteError(
        path,
        "holds part \(part.number) of \(part.count) of a build that did not end: build it again")
    }
    self.manifest = manifest
    self.part = part
  }

  /// Checks that the parts make a whole; returns the first.
  static func checkComplete(_ folders: [PartFolder]) throws(WriteError) -> PartFolder {
    guard let first = folders.first else { throw WriteError("", "there are no parts to join") }
    var byNumber: [Int: PartFolder] = [:]
    for folder in folders {
      guard folder.part.belongs(with: first.part),
        folder.manifest.audience == first.manifest.audience,
        folder.manifest.baseURL == first.manifest.baseURL
      else {
        throw WriteError(
          folder.path,
          "is part of another build than \(first.path): build both of the same commit, with the same "
            + "options and the same program")
      }
      if let other = byNumber[folder.part.number] {
        throw WriteError(
          folder.path,
          "is part \(folder.part.number) of \(folder.part.count), and so is \(other.path)")
      }
      byNumber[folder.part.number] = folder
    }
    let missing = (1...first.part.count).filter { byNumber[$0] == nil }
    guard missing.isEmpty else {
      let numbers = missing.prefix(8).map(String.init).joined(separator: ", ")
      throw WriteError(
        first.path,
        "is part \(first.part.number) of \(first.part.count), of which \(numbers) "
          + "\(missing.count == 1 ? "is" : "are") missing")
    }
    let paths = folders.flatMap { $0.manifest.lines.map(\.path) }.sorted { $0.precedes($1) }
    guard first.part.isWhole(paths) else {
      throw WriteError(
        first.path, "and the other parts do not make the whole site: build them again")
    }
    return first
  }

  /// Whether a file is as the manifest says.
  func isSound(_ line: Manifest.Line) -> Bool {
    guard let bytes = try? FileSystem.read(line.path, in: root) else { return false }
    return bytes.count == line.entry.size && SHA256.digest(of: bytes) == line.entry.digest
  }

  /// A file of the joined site, in the wave that its path determines.
  func file(_ path: String) -> PlannedFile {
    let name = path.split(separator: "/").last ?? ""
    let wave: PlannedFile.Wave =
      path == "index.html" || name.hasSuffix(".xml") || name.hasSuffix("feed.json")
        || path == "addresses.txt"
      ? .entrance : name.hasSuffix(".html") ? .page : .asset
    return PlannedFile(
      path: path, wave: wave, content: .copy(of: path, in: root, strippingMetadata: false))
  }
}
