internal import StoaYAML

/// A file that an import will write, when its text is markdown.
struct PlannedFile: Sendable {
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
  /// A file to copy in place of a text.
  var copied: String?
  var entry: ReportEntry
}
