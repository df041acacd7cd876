import StoaModel
import StoaYAML

/// A file that an import will write, when its text is markdown.
struct ImportedFile: Sendable {
  /// What the text is for: raw HTML is allowed in posts, and shows as text in responses.
  enum Role: Sendable {
    case post
    case comment
    case other
  }

  /// The key of the record of imports.
  let key: String
  /// Relative to the folder of stoa.yml.
  let path: String
  let role: Role
  var frontMatter: FrontMatterText
  var text: SourceMarkup
  /// The old address of the page that the text stood on, which its relative links start from.
  var page = ""
  /// A file to copy in place of a text.
  var copied: SourceFile?
  /// Where the rest of a text goes that is longer than a file may be; nil when there is no place for it.
  var continuation: Continuation?
  var entry: ImportReport.Entry
}

/// Responses that hold what a file had no room for, so that nothing of a long text is lost.
struct Continuation: Sendable {
  /// The voice and date of the text that goes on.
  let frontMatter: FrontMatterText
  /// The slug of the post.
  let slug: String
  /// The id of the response that goes on; empty when it is the post itself.
  let replyTo: String

  /// One of the responses.
  ///
  /// - Parameter number: from 2, because the file itself is the first part.
  func file(_ number: Int, of whole: ImportedFile) -> ImportedFile {
    let digits = "\(number)"
    let padded = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    let hash = SHA256.hexadecimal(of: Array(whole.key.utf8)).prefix(12)
    let path = "content/responses/\(slug)/continued-\(hash)-\(padded).md"
    var matter = frontMatter
    matter.add("reply-to", replyTo)
    return ImportedFile(
      key: "\(whole.key)+\(number)", path: path, role: .comment, frontMatter: matter,
      text: .markdown([]),
      entry: ImportReport.Entry(
        noun: "", source: whole.entry.source, outcome: .imported(path: path),
        notes: ["a text that is longer than a file may be goes on in a response"]))
  }
}
