import StoaModel

/// The token of a form of the service: the time when the form was shown, and a proof that the service showed it.
///
/// It is valid for one post, so that a token from one conversation cannot be used in another.
package struct FormTokens: Sendable {
  package enum Verdict: Sendable, Equatable {
    case valid
    /// Sent faster than a person can read and type.
    case tooSoon
    case expired
    case forged
  }

  /// The minimum age in seconds: a person takes longer to read a page and answer it.
  package static let minimumAge: Int64 = 3
  /// The maximum age in seconds: how long a page may be open before its form is sent.
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
