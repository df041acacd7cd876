import StoaExternalTools
import StoaModel
import StoaWrite

/// The data that a build records for the next one: the digest of its input, the state of its output, and its diagnostics.
///
/// It is in the cache and not in the manifest, because the manifest is published with the site: a site's bytes must not depend on
/// the program file, and diagnostics may mention hidden content.
struct BuildRecord {
  /// A `BuildDigest`.
  let digest: String
  /// The hash of the manifest.
  let manifest: SHA256.Digest
  /// Nil when the site's files have to be read.
  let stamp: SiteStamp?
  let counts: BuildReport.Counts
  /// With the severities from rules and options.
  let diagnostics: [Diagnostic]

  private static let firstLine = "stoa build 3"

  init(
    digest: BuildDigest, manifest: SHA256.Digest, stamp: SiteStamp?, counts: BuildReport.Counts,
    diagnostics: [Diagnostic]
  ) {
    self.digest = digest.hexadecimal
    self.manifest = manifest
    self.stamp = stamp
    self.counts = counts
    self.diagnostics = diagnostics
  }

  /// The last build's record for an audience; nil when it has another digest, or there is none.
  init?(of digest: BuildDigest?, in cache: CacheFolder, audience: String) {
    guard let digest, let bytes = cache.read(Self.name(for: audience)) else { return nil }
    guard let content = Self.content(of: bytes) else { return nil }
    let lines = String(decoding: content, as: UTF8.self).split(separator: "\n")
    guard lines.count >= 5, lines[0] == Self.firstLine, lines[1] == digest.hexadecimal,
      let manifest = SHA256.Digest(hexadecimal: Array(lines[2].utf8)[...]),
      let counts = BuildReport.Counts(line: lines[4])
    else { return nil }
    self.digest = digest.hexadecimal
    self.manifest = manifest
    stamp = SHA256.Digest(hexadecimal: Array(lines[3].utf8)[...]).map(SiteStamp.init(digest:))
    self.counts = counts
    let diagnostics = lines[5...].compactMap { Diagnostic(record: $0) }
    guard diagnostics.count == lines.count - 5 else { return nil }
    self.diagnostics = diagnostics
  }

  func store(in cache: CacheFolder, audience: String) {
    let lines =
      [
        Self.firstLine, digest, manifest.hexadecimal, stamp?.digest.hexadecimal ?? "-", counts.line,
      ] + diagnostics.map(\.record) + [""]
    let content = Array(lines.joined(separator: "\n").utf8)
    let check = Array(SHA256.hexadecimal(of: content).utf8)
    cache.store([content, check], as: Self.name(for: audience))
  }

  /// The record without its own hash, which it ends with; nil when it is damaged.
  private static func content(of bytes: [UInt8]) -> [UInt8]? {
    let content = Array(bytes.dropLast(64))
    let check = SHA256.Digest(hexadecimal: bytes.suffix(64))
    return check == SHA256.digest(of: content) ? content : nil
  }

  static let namePrefix = "build-"

  static func name(for audience: String) -> String {
    namePrefix + (audience.isEmpty ? "all" : audience)
  }
}

extension BuildReport.Counts {
  fileprivate var line: String { "\(posts) \(responses) \(contributors) \(topics) \(pages)" }

  fileprivate init?(line: Substring) {
    let numbers = line.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 5 else { return nil }
    (posts, responses, contributors) = (numbers[0], numbers[1], numbers[2])
    (topics, pages) = (numbers[3], numbers[4])
  }
}

extension Diagnostic {
  /// One line of fields and locations, separated by tabs.
  fileprivate var record: String {
    let fields =
      [String(severity.rawValue), code.rawValue, message, suggestion] + location.record
      + notes.flatMap { $0.location.record + [$0.message] }
    return fields.map { PercentEncoding.encode($0, keeping: PercentEncoding.fragment) }
      .joined(separator: "\t")
  }

  fileprivate init?(record: Substring) {
    let fields = record.split(separator: "\t", omittingEmptySubsequences: false)
      .compactMap { PercentEncoding.decode(String($0)) }
    guard fields.count >= 8, (fields.count - 8) % 5 == 0,
      let severity = Int(fields[0]).flatMap(Severity.init(rawValue:)),
      let code = DiagnosticCode(rawValue: fields[1]),
      let location = SourceLocation(record: fields[4..<8])
    else { return nil }
    var notes: [Note] = []
    for start in stride(from: 8, to: fields.count, by: 5) {
      guard let place = SourceLocation(record: fields[start..<start + 4]) else { return nil }
      notes.append(Note(fields[start + 4], at: place))
    }
    self.init(code, at: location, fields[2], suggestion: fields[3], notes: notes)
    self.severity = severity
  }
}

extension SourceLocation {
  fileprivate var record: [String] { [file, String(line), String(column), String(length)] }

  fileprivate init?(record: ArraySlice<String>) {
    let numbers = record.dropFirst().compactMap { Int($0) }
    guard let file = record.first, numbers.count == 3 else { return nil }
    self.init(file: file, line: numbers[0], column: numbers[1], length: numbers[2])
  }
}
