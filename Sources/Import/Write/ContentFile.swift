import StoaYAML

/// Writes front matter and body as a file of content/.
enum ContentFile {
  /// The file of an item, and its continuations.
  static func files(
    of file: ImportedFile, _ markdown: [UInt8]
  ) -> [(file: ImportedFile, bytes: [UInt8])] {
    let limit = file.role == .comment ? BodyText.maximumResponse : BodyText.maximumPost
    let parts = BodyText.parts(markdown, first: limit)
    var whole = file
    guard parts.count > 1 else { return [(whole, bytes(whole.frontMatter, parts.first ?? []))] }
    guard let continuation = file.continuation else {
      whole.entry.notes.append(
        "the text is over the limits of a page, and only its first \(parts[0].count) bytes were imported"
      )
      return [(whole, bytes(whole.frontMatter, parts[0]))]
    }
    let count = parts.count - 1
    whole.entry.notes.append(
      "the text is over the size limit and continues in "
        + (count == 1 ? "a response to it" : "\(count) responses to it"))
    return [(whole, bytes(whole.frontMatter, parts[0]))]
      + parts.dropFirst().enumerated().map { index, part in
        let next = continuation.file(index + 2, of: whole)
        return (next, bytes(next.frontMatter, part))
      }
  }

  private static func bytes(_ frontMatter: FrontMatterText, _ body: [UInt8]) -> [UInt8] {
    let bytes = Array("---\n".utf8) + frontMatter.bytes + "---\n".utf8
    return body.isEmpty ? bytes : bytes + [0x0A] + body
  }
}
