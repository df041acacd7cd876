import StoaAddresses
import StoaModel
import StoaParse

/// The responses of each conversation, before they are sorted.
struct ResponseGroups {
  /// The responses of each conversation, as indexes in Documents.
  private(set) var members: [[Int]]
  /// Responses without a post.
  private var orphans: [Int] = []
  private let responses: [Parsed<Response>]

  /// - Parameters:
  ///   - conversations: the number of each post's conversation, by the post's slug.
  ///   - count: how many conversations there are.
  init(_ responses: [Parsed<Response>], _ conversations: [String: Index<Conversation>], count: Int)
  {
    self.responses = responses
    members = [[Int]](repeating: [], count: count)
    // A post's responses are adjacent.
    var last: (slug: String, conversation: Index<Conversation>?) = ("", nil)
    for index in responses.indices {
      let slug = responses[index].item.postSlug
      if slug != last.slug { last = (slug, conversations[slug]) }
      if let conversation = last.conversation {
        members[conversation.position].append(index)
      } else {
        orphans.append(index)
      }
    }
  }

  /// The folders of responses whose post does not exist, without duplicates: a renamed post leaves all of its responses behind.
  ///
  /// - Parameter index: includes the site's posts, pages and aliases.
  func orphanFindings(_ index: SiteIndex) -> [Finding] {
    var folders: [String: [Int]] = [:]
    for orphan in orphans { folders[responses[orphan].item.postSlug, default: []].append(orphan) }
    return folders.map { slug, orphans in
      let files = orphans.map { responses[$0].item.file }
      let advice = Self.advice(forMissing: slug, index)
      return Finding(
        Diagnostic(
          .missingPost, at: SourceLocation(file: files.min { $0.precedes($1) } ?? ""),
          "there is no post “\(slug)” that "
            + (files.count == 1
              ? "this response could answer"
              : "this response and \(files.count - 1) more in its folder could answer"),
          suggestion: advice ?? "name the folder after the post's file"),
        asking: advice == nil ? Finding.Question(slug, among: .posts) : nil)
    }
  }

  /// Nil if a post with a similar name may be meant.
  private static func advice(forMissing slug: String, _ index: SiteIndex) -> String? {
    if index.bySlug[slug] != nil { return "“\(slug)” is a page, and pages have no responses" }
    return index.post(formerly: slug).map {
      "rename the folder to “\($0)”, as the post is called now"
    }
  }

  /// A response is one file: some systems treat folders whose names differ only in case as one folder.
  var sameIdentities: [Diagnostic] {
    var folders: Set<String> = []
    var last = ""
    for response in responses where response.item.postSlug != last {
      last = response.item.postSlug
      folders.insert(last)
    }
    let likes = Dictionary(grouping: folders) { Slug.foldedKey($0) }.filter { $1.count > 1 }
    guard !likes.isEmpty else { return [] }
    var diagnostics: [Diagnostic] = []
    var owners: [String: (name: String, file: String)] = [:]
    for response in responses.lazy.map(\.item) {
      let folder = Slug.foldedKey(response.postSlug)
      guard likes[folder] != nil else { continue }
      let name = "\(response.postSlug)/\(response.id)"
      if let other = owners["\(folder)/\(response.id)"] {
        diagnostics.append(
          Diagnostic(.duplicateId, name, of: response.file, like: other.name, of: other.file))
      } else {
        owners["\(folder)/\(response.id)"] = (name, response.file)
      }
    }
    return diagnostics
  }
}
