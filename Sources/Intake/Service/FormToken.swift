import StoaModel

/// What a form of the service carries: when it was shown, and a proof that the service has shown it.
///
/// It holds for one post, so that what was fetched for one conversation sends nothing into another.
package struct FormTokens: Sendable {
  package enum Verdict: Sendable, Equatable {
    case valid
    /// Sent sooner than a person can read and type.
    case tooSoon
    case expired
    case forged
  }

  /// Nobody reads a page and answers it in less; seconds.
  package static let minimumAge: Int64 = 3
  /// As long as a page may be open before its form is sent; seconds.
  package static let maximumAge: Int64 = 86_400

  private let key: [UInt8]

  package init(key: [UInt8]) { self.key = key }

  /// - Parameters:
  ///   - post: the slug.
  ///   - nonce: different for every form.
  package func make(post: String, at seconds: Int64, nonce: UInt64) -> String {
    let head = "\(seconds).\(String(nonce, radix: 36))"
    return "\(head).\(code(head, post).hexadecimal)"
  }

  package func verdict(on token: String, post: String, at now: Int64) -> Verdict {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let seconds = Int64(parts[0]),
      code("\(parts[0]).\(parts[1])", post).isEqual(toHexadecimal: String(parts[2]))
    else { return .forged }
    let age = now - seconds
    if age > Self.maximumAge { return .expired }
    return age < Self.minimumAge ? .tooSoon : .valid
  }

  private func code(_ head: String, _ post: String) -> SHA256.Digest {
    SHA256.authenticationCode(of: Array("form\n\(head)\n\(post)".utf8), key: key)
  }
}
