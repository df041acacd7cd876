import StoaModel

/// The actions of signed links; each link is for one item, and expires.
package enum SignedAction: String, Sendable, CaseIterable {
  case accept
  case reject
  /// Confirms that a mail address belongs to the person who wants notices.
  case confirm
  /// Forgets an address.
  case forget
}

/// Signs links in mails: HMAC-SHA256 over the action, the item and the time at which the link expires.
///
/// Tokens can be used again; the item's state prevents a second effect, because it is decided, confirmed or deleted by then.
package struct ActionTokens: Sendable {
  package enum Verdict: Sendable, Equatable {
    case valid
    case expired
    case forged
  }

  private let key: [UInt8]

  package init(key: [UInt8]) { self.key = key }

  /// - Parameters:
  ///   - item: the key of a reply or of a subscription.
  ///   - end: seconds since 1970.
  package func make(_ action: SignedAction, _ item: String, until end: Int64) -> String {
    "\(end).\(code(action, item, end).hexadecimal)"
  }

  package func verdict(
    on token: String, _ action: SignedAction, _ item: String, at now: Int64
  ) -> Verdict {
    let parts = token.utf8.split(
      separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
    // Only the canonical spelling of a number, so that no two texts are the same token.
    guard parts.count == 2, let end = Int64(String(Substring(parts[0]))), end > 0,
      "\(end)".utf8.elementsEqual(parts[0]),
      code(action, item, end).isEqual(toHexadecimal: String(Substring(parts[1])))
    else { return .forged }
    return now > end ? .expired : .valid
  }

  private func code(_ action: SignedAction, _ item: String, _ end: Int64) -> SHA256.Digest {
    // No action and no number contains a line end, so no two triples give the same text.
    SHA256.authenticationCode(
      of: Array("action\n\(action.rawValue)\n\(end)\n\(item)".utf8), key: key)
  }
}
