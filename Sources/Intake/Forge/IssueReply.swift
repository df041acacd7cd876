import StoaAddresses
import StoaLoad
package import StoaModel

extension ReplyMarker {
  /// The post or response that an issue answers.
  struct Found {
    let post: String
    let replyTo: String
    /// Empty when the marker has none.
    let stance: String
    /// The text after the marker.
    let text: Substring
  }

  static func find(in body: String) -> Found? {
    var start = body.startIndex
    while start < body.endIndex {
      let end = body.utf8[start...].firstIndex(where: isLineEnd) ?? body.endIndex
      if let (post, replyTo, stance, isInForm) = read(body[start..<end]) {
        let rest = body[end...]
        return Found(
          post: post, replyTo: replyTo, stance: stance,
          text: isInForm ? withoutHeading(rest) : rest)
      }
      start = end < body.endIndex ? body.utf8.index(after: end) : end
    }
    return nil
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func read(
    _ line: Substring
  ) -> (post: String, replyTo: String, stance: String, isInForm: Bool)? {
    var text = String(line).trimmed
    let isComment = text.hasPrefix("<!--") && text.hasSuffix("-->")
    if isComment { text = String(text.dropFirst(4).dropLast(3)).trimmed }
    guard text.hasPrefix(word) else { return nil }
    // No name has a space in it.
    let words = String(text.dropFirst(word.count)).trimmed
      .split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let target = words[0]
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var replyTo = parts.count > 1 ? String(parts[1]) : ""
    if replyTo.hasPrefix("response-") { replyTo = String(replyTo.dropFirst("response-".count)) }
    return (String(parts[0]), replyTo, words.count > 1 ? String(words[1]).trimmed : "", !isComment)
  }

  /// An issue form writes the name of each field above it.
  private static func withoutHeading(_ text: Substring) -> Substring {
    let start = text.utf8.drop { $0 <= 0x20 }
    guard start.starts(with: "### ".utf8) else { return text }
    return Substring(start.drop { !isLineEnd($0) })
  }
}

extension Submission {
  /// Reads an issue as a reply; nil when it is not one.
  package init?(_ issue: IssueEvent, page: String) {
    guard let found = ReplyMarker.find(in: issue.body) else { return nil }
    self.init()
    post = found.post
    replyTo = found.replyTo
    stance = found.stance
    name = issue.account.fullName.showsNothing ? issue.account.name : issue.account.fullName
    website = issue.account.page.isEmpty ? page : issue.account.page
    // GitHub writes this for an empty field.
    text = String(found.text).trimmed == "_No response_" ? "" : String(found.text)
  }
}

extension Contributor {
  /// The only contributor whose file lists an account; nil when none does, or more than one, since then all but one must be wrong.
  package static func handle(
    of account: String, on forge: Settings.Forge.Kind, among contributors: [Contributor]
  ) -> String? {
    let found = contributors.filter { contributor in
      contributor.accounts.contains { $0.value == Account(forge: forge, name: account) }
    }
    return found.count == 1 ? found[0].handle : nil
  }
}
