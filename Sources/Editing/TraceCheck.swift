import Stoa
import StoaLoad
import StoaModel
import StoaSystem

extension Erasure {
  /// Builds the site of the narrowest audience, with drafts, in a separate folder, and searches each file of it: pages, feeds and
  /// the source of the search index.
  ///
  /// - Returns: The files that still have a trace, by their path on the site, in order.
  package func traces(in community: EditableCommunity) async throws -> [String] {
    let folder = try ScratchFolder()
    var options = BuildOptions(root: community.root)
    options.output = "\(folder.path)/site"
    options.audience = community.sources.settings.audiences.first
    options.includesDrafts = true
    options.keepsGoing = true
    _ = try await build(options)
    return folder.files(below: "site").filter { file in
      guard let bytes = try? FileReader.read("\(folder.path)/site/\(file)") else { return true }
      return traces.isFound(in: Array(file.utf8)) || traces.isFound(in: bytes)
    }
  }
}
