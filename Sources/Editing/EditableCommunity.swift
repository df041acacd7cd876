package import Stoa
import StoaAddresses
import StoaLink
import StoaLoad
import StoaModel
import StoaParse
import StoaSelect
import StoaSystem
import StoaWrite

/// The data that an edit needs of a community: every file with its bytes, and the target of each reference.
///
/// It is read for the narrowest audience, with drafts and scheduled items, so that no reference is missed.
package struct EditableCommunity: Sendable {
  /// A document with its references.
  struct Text: Sendable {
    let file: String
    let kind: MarkdownText.Kind
    let takesTitle: Bool
    let address: SiteAddress
    let body: LinkedBody
  }

  package let root: String
  let sources: Sources
  let community: Community
  /// Every document whose references were resolved, in order of file.
  let texts: [Text]
  /// Every markdown file below content, and stoa.yml.
  let files: [String: [UInt8]]
  /// Every file below content, hidden ones too.
  let paths: [String]

  /// Reads a community.
  ///
  /// - Parameter readsHistory: whether to read git's history: it changes no reference, but pages may show old versions.
  package init(_ options: BuildOptions, readsHistory: Bool = false) async throws {
    root = options.root
    var loading = options.loading
    if !readsHistory { loading.git = nil }
    sources = try await load(from: options.root, options: loading)
    guard sources.hasSettings else {
      throw UsageError("there is no community in \(options.root): stoa check reports the problem")
    }
    var selection = try options.selection(for: sources)
    selection.audience = Audience(rank: 0)
    selection.includesDrafts = true
    let documents = try await parse(
      select(sources, options: selection), workers: options.workers)
    community = await link(documents, jobs: options.jobs)
    texts = Self.texts(of: community).sorted { $0.file.precedes($1.file) }
    paths = try Self.paths(below: "content", in: options.root)
    files = try Self.read(paths.filter { $0.hasSuffix(".md") } + ["stoa.yml"], in: options.root)
  }

  private static func texts(of community: Community) -> [Text] {
    var texts: [Text] = []
    for conversation in community.conversations {
      let post = conversation.post
      texts.append(
        Text(
          file: post.file, kind: .post, takesTitle: post.title == nil,
          address: conversation.address, body: conversation.body))
      for response in conversation.responses + conversation.mentions
      where response.response.removed == nil {
        texts.append(
          Text(
            file: response.response.file, kind: .response, takesTitle: false,
            address: conversation.address.with(fragment: response.fragment), body: response.body))
      }
    }
    for page in community.pages {
      texts.append(
        Text(
          file: page.page.file, kind: .page, takesTitle: page.page.title == nil,
          address: page.address, body: page.body))
    }
    for topic in community.topics {
      guard let file = topic.file, let body = topic.description else { continue }
      texts.append(
        Text(
          file: file.file, kind: .description, takesTitle: false, address: topic.address, body: body
        ))
    }
    for person in community.contributors {
      guard let file = person.file, let body = person.bio else { continue }
      texts.append(
        Text(
          file: file.file, kind: .biography, takesTitle: false, address: person.address, body: body)
      )
    }
    return texts
  }

  /// Every regular file below a folder, in order; links are not followed.
  private static func paths(below folder: String, in root: String) throws -> [String] {
    var found: [String] = []
    var waiting = [folder]
    while let folder = waiting.popLast() {
      for name in try FileSystem.names(in: "\(root)/\(folder)") {
        let path = "\(folder)/\(name)"
        switch try FileSystem.kind(of: "\(root)/\(path)") {
        case .folder: waiting.append(path)
        case .file: found.append(path)
        case .link, .other, .missing: break
        }
      }
    }
    return found.sorted { $0.precedes($1) }
  }

  private static func read(_ paths: [String], in root: String) throws -> [String: [UInt8]] {
    let folder = RootFolder(root)
    var files: [String: [UInt8]] = [:]
    for path in paths {
      do throws(FileReader.Refusal) {
        files[path] = try FileReader.read(path, in: folder, maximumSize: 1 << 24)
      } catch {
        throw InputError(path: path, refusal: error)
      }
    }
    return files
  }

  /// The kind of a file, from its folder; nil for a file without front matter.
  static func schema(of path: String) -> Schema? {
    if path == "stoa.yml" { return .settings }
    guard path.hasSuffix(".md") else { return nil }
    switch path.pathParts().dropFirst().first {
    case "posts": return .post
    case "responses": return .response
    case "contributors": return .contributor
    case "topics": return .topic
    case "pages": return .page
    default: return nil
    }
  }
}
