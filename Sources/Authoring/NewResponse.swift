import Stoa
import StoaAddresses
import StoaIntake
import StoaLoad
import StoaModel
import StoaSystem

extension AuthoringContext {
  /// Makes the file of a response.
  ///
  /// - Parameters:
  ///   - post: a slug, the beginning of a title, a path or a URL; a URL with a fragment names a response, too.
  ///   - response: the response that is answered: an id, an anchor, a path or a URL.
  ///   - handle: the author; nil for the user that git names.
  ///   - folder: the working folder, which paths are relative to.
  package func reply(
    to post: String, response: String?, as handle: String?, from folder: String
  ) throws -> NewText {
    let search = PostSearch(self, folder: folder)
    let found = try search.find(post)
    guard found.item.acceptsResponses else {
      throw UsageError(
        "\(found.item.file) takes no more responses: its front matter has responses: closed")
    }
    let slug = found.item.slug
    let parent = try (response ?? search.fragment(of: post)).map {
      try search.response($0, to: slug)
    }
    let author = try handle.map { try contributor(named: $0) } ?? signature
    let file = try ResponseFile.create(on: now.day) { id in
      ResponseFile(post: slug, id: id, signature: .author(author), date: now, replyTo: parent)
    } by: { file in
      try RootFolder(root).create(file.path, file.bytes)
    }
    return NewText(file: file.path, hasPlaceholder: PlaceholderName.matches(author))
  }

  /// The value of `author` for a person given by handle or name, who must be a contributor.
  private func contributor(named name: String) throws(UsageError) -> String {
    if let author = author(named: name) { return author }
    let nearest = Nearest.match(for: name, among: knownNames)
    throw UsageError(
      "there is no contributor “\(name)”: "
        + (nearest.map { "did you mean “\($0)”?" }
          ?? "stoa new contributor makes a file for a new person"))
  }
}
