import StoaExternalTools
import StoaModel
import StoaWrite

/// What a build without diagnostics notes for the next one: what decided the site, and what was left.
///
/// It lies in the cache rather than in the manifest, because the manifest is published with the site, and a site's bytes are the
/// same whichever program file made them.
struct BuildRecord {
  /// A `BuildDigest`.
  let digest: String
  /// The hash of the manifest.
  let manifest: SHA256.Digest
  /// Nil when the site's files have to be read.
  let stamp: SiteStamp?
  let counts: BuildReport.Counts

  private static let firstLine = "stoa build 1"

  init(
    digest: BuildDigest, manifest: SHA256.Digest, stamp: SiteStamp?, counts: BuildReport.Counts
  ) {
    self.digest = digest.hexadecimal
    self.manifest = manifest
    self.stamp = stamp
    self.counts = counts
  }

  /// The last build's record for an audience; nil when it is of another site, or there is none.
  init?(of digest: BuildDigest?, in cache: CacheFolder, audience: String) {
    guard let digest, let bytes = cache.read(Self.name(for: audience)) else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count == 5, lines[0] == Self.firstLine, lines[1] == digest.hexadecimal,
      let manifest = SHA256.Digest(hexadecimal: Array(lines[2].utf8)[...]),
      let counts = BuildReport.Counts(line: lines[4])
    else { return nil }
    self.digest = digest.hexadecimal
    self.manifest = manifest
    stamp = SHA256.Digest(hexadecimal: Array(lines[3].utf8)[...]).map(SiteStamp.init(digest:))
    self.counts = counts
  }

  func store(in cache: CacheFolder, audience: String) {
    let lines = [
      Self.firstLine, digest, manifest.hexadecimal, stamp?.digest.hexadecimal ?? "-", counts.line,
      "",
    ]
    cache.store([Array(lines.joined(separator: "\n").utf8)], as: Self.name(for: audience))
  }

  private static func name(for audience: String) -> String {
    "build-\(audience.isEmpty ? "all" : audience)"
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
