internal import Stoa
internal import StoaAddresses
internal import StoaLoad
internal import StoaModel
internal import StoaYAML

extension Workshop {
  /// Makes the file of a response.
  ///
  /// - Parameters:
  ///   - post: a slug, the beginning of a title, a path or an address; an address with a fragment names a response, too.
  ///   - response: the response that is answered: an id, an anchor, a path or an address.
  ///   - handle: who answers; nil: whoever git says this is.
  ///   - folder: the working folder, below which paths may lie.
  /// - Returns: Its path below the folder of stoa.yml.
  package func reply(
    to post: String, response: String?, as handle: String?, from folder: String
  ) throws -> String {
    let search = PostSearch(self, folder: folder)
    let found = try search.find(post)
    guard found.item.acceptsResponses else {
      throw UsageError("\(found.item.file) takes no more responses: it says responses: closed")
    }
    let slug = found.item.slug
    let parent = try (response ?? search.fragment(of: post)).map {
      try search.response($0, to: slug)
    }
    var matter = FrontMatterText()
    try addSpeaker(handle, to: &matter)
    matter.add("date", timestamp)
    if let parent { matter.add("reply-to", parent) }
    var generator = SystemRandomNumberGenerator()
    while true {
      let id = ResponseIdentifier.make(on: now.day, using: &generator)
      let file = "content/responses/\(slug)/\(id).md"
      if try NewFile.create("\(root)/\(file)", framed(matter)) { return file }
    }
  }

  /// Contributors sign with their handle; whoever is none of them is a guest until somebody says otherwise.
  private func addSpeaker(
    _ handle: String?, to matter: inout FrontMatterText
  ) throws(UsageError) {
    if let handle {
      guard let author = author(named: handle) else {
        let nearest = Nearest.match(for: handle, among: knownNames)
        throw UsageError(
          "nobody here is called “\(handle)”: "
            + (nearest.map { "did you mean “\($0)”?" }
              ?? "stoa new contributor makes a file for somebody new"))
      }
      matter.add("author", author)
    } else if let author = knownAuthor {
      matter.add("author", author)
    } else {
      matter.add("guest", userName ?? "Your Name")
    }
  }
}
