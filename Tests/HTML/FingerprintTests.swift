import StoaModel
import Testing

@testable import StoaHTML

@Suite("Fingerprints of buffers") struct FingerprintTests {
  /// What a file of two parts is made of.
  private struct Content {
    var head = "head"
    var first = "one"
    var between = ", "
    var second = "two"
    var identity: SHA256.Digest? = SHA256.digest(of: [1])

    func write(into buffer: inout ByteBuffer) {
      buffer.write(head)
      part(first, into: &buffer)
      buffer.write(between)
      part(second, into: &buffer)
    }

    private func part(_ name: String, into buffer: inout ByteBuffer) {
      buffer.write { part in
        part.add(name)
        part.add(identity)
        part.add { $0.write(identifiedBy: { $0.add(name.utf8.count) }) { $0.write("not called") } }
      } _: { buffer in
        buffer.write("<")
        buffer.write(identifiedBy: { $0.add(false) }) { $0.write("the text of \(name)") }
        buffer.write(">")
      }
    }

    func written(for purpose: ByteBuffer.Purpose) -> (bytes: String, fingerprint: SHA256.Digest?) {
      var buffer = ByteBuffer()
      buffer.begin(purpose)
      write(into: &buffer)
      let bytes = String(decoding: buffer.bytes, as: UTF8.self)
      return (bytes, buffer.finishFingerprint())
    }
  }

  @Test func areTheSameWithAndWithoutTheBytes() {
    let (plain, none) = Content().written(for: .bytes)
    #expect(plain == "head<the text of one>, <the text of two>" && none == nil)
    let (both, fingerprint) = Content().written(for: .bytesAndFingerprint)
    #expect(both == plain && fingerprint != nil)
    let (outline, same) = Content().written(for: .fingerprint)
    #expect(same == fingerprint && !outline.contains("the text of"))
  }

  @Test func areOthersForAnythingElse() {
    var all: [SHA256.Digest?] = []
    for purpose in [ByteBuffer.Purpose.fingerprint, .bytesAndFingerprint] {
      all = [
        Content(), Content(head: "other"), Content(first: "1"), Content(between: ";"),
        Content(second: "2"), Content(identity: SHA256.digest(of: [2])),
      ].map { $0.written(for: purpose).fingerprint }
      #expect(Set(all).count == all.count && !all.contains(nil))
    }
  }

  @Test func neverTakeATextForAnIdentity() {
    var identified = ByteBuffer()
    identified.begin(.fingerprint)
    identified.write {
      $0.add("abc")
    } _: { _ in
    }
    var typed = ByteBuffer()
    typed.begin(.fingerprint)
    typed.write(identified.bytes)
    #expect(typed.bytes == identified.bytes)
    #expect(typed.finishFingerprint() != identified.finishFingerprint())
  }

  @Test(arguments: [ByteBuffer.Purpose.fingerprint, .bytesAndFingerprint])
  func areMissingWhereAPartHasNoIdentity(_ purpose: ByteBuffer.Purpose) {
    #expect(Content(identity: nil).written(for: purpose).fingerprint == nil)
    var buffer = ByteBuffer()
    buffer.begin(purpose)
    buffer.write { part in
      part.add {
        $0.write {
          $0.add(SHA256.Digest?.none)
        } _: { _ in
        }
      }
    } _: { _ in
    }
    #expect(buffer.finishFingerprint() == nil)
    buffer.begin(purpose)
    #expect(buffer.finishFingerprint() != nil, "a buffer is used again")
  }
}
