package import StoaModel

// A fingerprint tells that bytes are the same as before without making them. It is the hash of a buffer in which every part that
// was written with its identity is replaced by that identity.

/// All that a part of a buffer is made of, in a form that different inputs never share: every value has a fixed length, or its
/// length before it.
package struct PartIdentity: Sendable {
  fileprivate(set) var bytes: [UInt8]
  /// Whether everything that was added has an identity of its own.
  fileprivate var isComplete = true

  fileprivate init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  package mutating func add(_ number: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) {
      bytes.append(contentsOf: $0)
    }
  }

  package mutating func add(_ flag: Bool) {
    bytes.append(flag ? 1 : 0)
  }

  package mutating func add(_ text: String) {
    add(text, kind: 0)
  }

  /// Adds a text of one of several kinds.
  package mutating func add(_ text: String, kind: UInt8) {
    add(text.utf8.count, kind: kind)
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds a size and the kind of what has it; no size has 56 bits.
  package mutating func add(_ size: Int, kind: UInt8) {
    add(size | Int(kind) << 56)
  }

  package mutating func add(_ data: [UInt8]) {
    add(data.count)
    bytes.append(contentsOf: data)
  }

  /// - Parameter digest: nil where something has no identity, so that the buffer has no fingerprint.
  package mutating func add(_ digest: SHA256.Digest?) {
    guard let digest else {
      isComplete = false
      return
    }
    for word in [digest.first, digest.second, digest.third, digest.fourth] {
      withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }

  /// The hash of what a closure adds; nil when something has no identity.
  package static func digest(of identify: (inout PartIdentity) -> Void) -> SHA256.Digest? {
    var part = PartIdentity(bytes: [])
    identify(&part)
    return part.isComplete ? SHA256.digest(of: part.bytes) : nil
  }

  /// Adds the fingerprint of what a closure writes.
  package mutating func add(fingerprintOf write: (inout ByteBuffer) -> Void) {
    var buffer = ByteBuffer()
    buffer.begin(.fingerprint)
    write(&buffer)
    add(buffer.finishFingerprint())
  }
}

extension ByteBuffer {
  /// What is wanted of a buffer.
  package enum Purpose: Sendable {
    case bytes
    case bytesAndFingerprint
    /// The buffer does not get the bytes, which saves making most of them.
    case fingerprint
  }

  /// The state of a fingerprint.
  struct Fingerprinting: Sendable {
    var purpose = Purpose.bytes
    /// The parts that were written with their identities: where they are among the buffer's bytes.
    var parts: [Range<Int>] = []
    /// The identities, if the buffer's bytes do not include them.
    var identities: [UInt8] = []
    /// Where each identity ends.
    var ends: [Int] = []
    var isComplete = true
  }

  /// Empties the buffer for what is written next.
  package mutating func begin(_ purpose: Purpose) {
    bytes.removeAll(keepingCapacity: true)
    fingerprinting.purpose = purpose
    fingerprinting.parts.removeAll(keepingCapacity: true)
    fingerprinting.identities.removeAll(keepingCapacity: true)
    fingerprinting.ends.removeAll(keepingCapacity: true)
    fingerprinting.isComplete = true
  }

  /// Appends a part of which all bytes follow from its identity, and from what is the same in all files of a site.
  ///
  /// - Parameter identity: adds everything that determines the bytes.
  package mutating func write(
    identifiedBy identity: (inout PartIdentity) -> Void,
    _ content: (inout ByteBuffer) throws -> Void
  ) rethrows {
    switch fingerprinting.purpose {
    case .bytes: try content(&self)
    case .fingerprint:
      let start = bytes.count
      // The array is moved, so that it is not copied.
      var part = PartIdentity(bytes: [])
      swap(&part.bytes, &bytes)
      identity(&part)
      swap(&part.bytes, &bytes)
      if !part.isComplete { fingerprinting.isComplete = false }
      fingerprinting.parts.append(start..<bytes.count)
    case .bytesAndFingerprint:
      let start = bytes.count
      // A part within this one belongs to it.
      fingerprinting.purpose = .bytes
      try content(&self)
      fingerprinting.purpose = .bytesAndFingerprint
      var part = PartIdentity(bytes: [])
      swap(&part.bytes, &fingerprinting.identities)
      identity(&part)
      swap(&part.bytes, &fingerprinting.identities)
      if !part.isComplete { fingerprinting.isComplete = false }
      fingerprinting.parts.append(start..<bytes.count)
      fingerprinting.ends.append(fingerprinting.identities.count)
    }
  }

  /// The fingerprint of what was written since `begin`; nil when a part has no identity, or when the purpose is `bytes`.
  ///
  /// Nothing may be written afterwards.
  package mutating func finishFingerprint() -> SHA256.Digest? {
    guard fingerprinting.isComplete else { return nil }
    switch fingerprinting.purpose {
    case .bytes: return nil
    case .fingerprint:
      Self.append(fingerprinting.parts, to: &bytes)
      return SHA256.digest(of: bytes)
    case .bytesAndFingerprint:
      let (parts, ends) = (fingerprinting.parts, fingerprinting.ends)
      var stream: [UInt8] = []
      stream.reserveCapacity(bytes.count / 2)
      var places: [Range<Int>] = []
      places.reserveCapacity(parts.count)
      var (written, known) = (0, 0)
      for (part, end) in zip(parts, ends) {
        stream += bytes[written..<part.lowerBound]
        let start = stream.count
        stream += fingerprinting.identities[known..<end]
        places.append(start..<stream.count)
        (written, known) = (part.upperBound, end)
      }
      stream += bytes[written...]
      Self.append(places, to: &stream)
      return SHA256.digest(of: stream)
    }
  }

  /// Ends a stream with the places of identities, so that no text can be taken for one.
  private static func append(_ places: [Range<Int>], to stream: inout [UInt8]) {
    for place in places {
      for number in [place.lowerBound, place.upperBound] {
        withUnsafeBytes(of: UInt64(number).littleEndian) { stream.append(contentsOf: $0) }
      }
    }
    withUnsafeBytes(of: UInt64(places.count).littleEndian) { stream.append(contentsOf: $0) }
  }
}
