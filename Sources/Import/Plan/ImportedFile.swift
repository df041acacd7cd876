import StoaModel
import StoaYAML

/// A file that an import will write once its body is markdown.
struct ImportedFile: Sendable {
  /// The kind of document: raw HTML is allowed in posts, and is shown as text in responses.
  enum Role: Sendable {
    case post
    case comment
    case other
  }

  /// The key in the record of imports.
  let key: String
  /// Relative to the folder of stoa.yml.
  let path: String
  let role: Role
  var frontMatter: FrontMatterText
  var text: SourceMarkup
  /// The old URL of the text's page, which relative links start from.
  var page = ""
  /// A file to copy instead of a body.
  var copied: SourceFile?
  /// The place for the rest of a document that is too long for one file; nil when there is none.
  var continuation: Continuation?
  var entry: ImportReport.Entry
}

/// Responses with the rest of a document that was too long, so that nothing is lost.
struct Continuation: Sendable {
  /// The author and date of the document that they continue.
  let frontMatter: FrontMatterText
  /// The slug of the post.
  let slug: String
  /// The id of the response that they continue; empty for the post itself.
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
        notes: ["a document over the size limit continues in a response"]))
  }
}
