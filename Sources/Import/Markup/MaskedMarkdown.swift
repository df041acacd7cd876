import StoaModel

/// Masks the e-mail addresses in markdown; a link whose target holds one becomes text.
package enum MaskedMarkdown {
  package static func masked(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(where: { "@%&".utf8.contains($0) }) else { return text }
    let text = MarkdownLinks.rewrite(text) { target in
      let bytes = Array(target.utf8)
      let places = MailAddress.ranges(inTarget: bytes)
      guard !places.isEmpty else { return .kept }
      return .masked(
        String(decoding: MailAddress.shown(target: bytes, at: places), as: UTF8.self))
    }
    let places = MailAddress.ranges(in: text, urls: .searched)
    return places.isEmpty ? text : MailAddress.masked(text, at: places, isMarkdown: true)
  }
}
