import StoaModel
import Testing

@testable import StoaWrite

@Suite("The record of a site's files") struct SiteRecordTests {
  private static let rules = SHA256.digest(of: [1])

  private static let record = SiteRecord(
    manifest: SHA256.digest(of: [2]),
    files: [
      SiteRecord.File(
        fingerprint: SHA256.digest(of: [3]),
        stamp: FileSystem.Stamp(number: 4, size: 5, written: -6, changed: 7)),
      SiteRecord.File(fingerprint: SHA256.digest(of: [8]), stamp: nil),
      SiteRecord.File(
        fingerprint: nil, stamp: FileSystem.Stamp(number: .max, size: 0, written: 1, changed: 2)),
    ])

  @Test func comesBackAsItWas() throws {
    let bytes = Self.record.bytes(rules: Self.rules)
    let again = try #require(SiteRecord(bytes, rules: Self.rules))
    #expect(again.manifest == Self.record.manifest && again.files == Self.record.files)
    let empty = SiteRecord(manifest: .none, files: [])
    #expect(SiteRecord(empty.bytes(rules: .none), rules: .none)?.files.isEmpty == true)
  }

  @Test func isNotThereUnderOtherRules() {
    let bytes = Self.record.bytes(rules: Self.rules)
    #expect(SiteRecord(bytes, rules: SHA256.digest(of: [9])) == nil)
  }

  @Test func isNotThereWhenItIsDamaged() {
    let bytes = Self.record.bytes(rules: Self.rules)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(SiteRecord(damaged, rules: Self.rules) == nil)
      #expect(SiteRecord(Array(bytes[..<place]), rules: Self.rules) == nil)
    }
    #expect(SiteRecord(bytes + bytes.suffix(64), rules: Self.rules) == nil)
    #expect(SiteRecord(bytes + [0], rules: Self.rules) == nil)
  }

  @Test func isOfOneManifestAlone() {
    let lines = ["a", "b", "c"].map { Manifest.Line(path: $0, entry: .unfinished) }
    let manifest = Manifest(audience: "", baseURL: "", lines: lines)
    let files = Self.record.byPath(manifest, Self.record.manifest)
    #expect(files.count == 3 && files["b"] == Self.record.files[1])
    #expect(Self.record.byPath(manifest, SHA256.digest(of: [4])).isEmpty)
    let fewer = Manifest(audience: "", baseURL: "", lines: Array(lines.dropLast()))
    #expect(Self.record.byPath(fewer, Self.record.manifest).isEmpty)
    #expect(Self.record.byPath(nil, nil).isEmpty)
  }
}
