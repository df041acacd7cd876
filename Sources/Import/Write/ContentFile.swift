internal import StoaYAML

/// Front matter and text, as a file of content/.
enum ContentFile {
  /// - Parameter entry: is told when a text had to be cut.
  static func bytes(_ file: PlannedFile, _ markdown: [UInt8], _ entry: inout ReportEntry) -> [UInt8]
  {
    var body = BodyText.finished(markdown)
    let limit = file.role == .comment ? BodyText.maximumResponse : BodyText.maximumPost
    if body.count > limit {
      body = BodyText.cut(body, to: limit)
      entry.notes.append("the text is longer than a file may be and was cut after \(limit) bytes")
    }
    var bytes = Array("---\n".utf8)
    bytes += file.frontMatter.bytes
    bytes += "---\n".utf8
    if !body.isEmpty {
      bytes.append(0x0A)
      bytes += body
    }
    return bytes
  }
}
