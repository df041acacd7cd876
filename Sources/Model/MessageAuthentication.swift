extension SHA256 {
  /// HMAC (RFC 2104) with SHA-256: without the key, no valid code can be made.
  package static func authenticationCode(of message: [UInt8], key: [UInt8]) -> Digest {
    let blockSize = 64
    var block = key.count > blockSize ? digest(of: key).bytes : key
    block += [UInt8](repeating: 0, count: blockSize - block.count)
    let inner = digest(of: block.map { $0 ^ 0x36 } + message)
    return digest(of: block.map { $0 ^ 0x5C } + inner.bytes)
  }
}

extension SHA256.Digest {
  package var bytes: [UInt8] {
    [first, second, third, fourth].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
    }
  }

  /// Whether a text is the digest in hexadecimal, compared in constant time.
  package func isEqual(toHexadecimal text: String) -> Bool {
    guard let other = Self(hexadecimal: Array(text.utf8)[...]) else { return false }
    // Both operators have the same precedence.
    let differences =
      (first ^ other.first) | (second ^ other.second) | (third ^ other.third)
      | (fourth ^ other.fourth)
    return differences == 0
  }
}
