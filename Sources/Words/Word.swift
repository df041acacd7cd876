/// A word in the form of the index: lower-case, composed (NFC), at most `maximumLength` letters and digits.
///
/// Valid only during the call that passes it: the bytes belong to the reader.
package struct Word {
  /// The part of a document that a word is in.
  package enum Field: UInt8, Sendable {
    case text
    case heading
    case code
  }

  /// In Unicode scalars; longer ones are URLs, keys and hashes, and are skipped.
  package static let maximumLength = 40

  /// UTF-8.
  package let bytes: UnsafeBufferPointer<UInt8>
  /// In Unicode scalars.
  package let length: Int
  /// Whether it has digits only.
  package let isNumber: Bool
  package let field: Field

  /// Whether it may show the subject of a document, judging by its form.
  package var isTelling: Bool { length > 1 && !isNumber }

  /// Whether a scalar is of a script without spaces between words, whose pairs of scalars are used as words.
  package static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    if case .unspaced = ScalarClass(scalar) { true } else { false }
  }

  /// A copy that outlives the call.
  package var string: String { String(decoding: bytes, as: UTF8.self) }
}
