/// A word of a text as an index knows it: lower-case, composed (NFC), at most `maximumLength` letters and digits.
///
/// Valid only while it is handed over: the bytes are those of the reader.
package struct Word {
  /// Where in a text a word stands.
  package enum Field: UInt8, Sendable {
    case text
    case heading
    case code
  }

  /// In Unicode scalars; longer ones are addresses, keys and hashes, and are passed over.
  package static let maximumLength = 40

  /// UTF-8.
  package let bytes: UnsafeBufferPointer<UInt8>
  /// In Unicode scalars.
  package let length: Int
  /// Whether it has digits only.
  package let isNumber: Bool
  package let field: Field

  /// Whether it tells what a text is about, as far as its form goes.
  package var isTelling: Bool { length > 1 && !isNumber }

  /// Whether a scalar is of a script that puts no spaces between words, of which pairs stand for words.
  package static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    if case .unspaced = ScalarClass(scalar) { true } else { false }
  }

  /// A copy that stays.
  package var string: String { String(decoding: bytes, as: UTF8.self) }
}
