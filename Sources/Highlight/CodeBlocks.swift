import StoaLink
import StoaModel

/// A code block to highlight.
struct CodeBlock: Sendable {
  let key: String
  let language: String
  let text: [UInt8]
  /// The place of the first block with this content.
  let location: SourceLocation
}

extension Community {
  /// Larger blocks are not highlighted: readers do not need it, and lexers take long.
  private static var largestBlock: Int { 1 << 17 }

  /// Every code block with a language, without duplicates, in the order of the site.
  var codeBlocks: [CodeBlock] {
    var blocks: [CodeBlock] = []
    var seen: Set<String> = []
    func add(_ body: LinkedBody?, in file: String?) {
      guard let body, let file else { return }
      for slot in body.document.slots {
        guard case .code(let language, let text) = slot.content, !language.isEmpty,
          text.count > 0, text.count <= Self.largestBlock, let bytes = try? text.load()
        else { continue }
        let key = Highlights.key(language: language, text: bytes)
        guard seen.insert(key).inserted else { continue }
        blocks.append(
          CodeBlock(
            key: key, language: language, text: bytes,
            location: SourceLocation(file: file, line: slot.line, column: slot.column)))
      }
    }
    for conversation in conversations {
      add(conversation.body, in: conversation.post.file)
      for response in conversation.responses { add(response.body, in: response.response.file) }
    }
    for page in pages { add(page.body, in: page.page.file) }
    for topic in topics { add(topic.description, in: topic.file?.file) }
    for contributor in contributors { add(contributor.bio, in: contributor.file?.file) }
    return blocks
  }
}
