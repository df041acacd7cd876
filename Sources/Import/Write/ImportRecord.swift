import StoaModel
import StoaWrite

/// The record of all imports into a community: which file has which item, and the hash of what was written.
///
/// The record is `.stoa-import` beside stoa.yml, and should be committed: from it the next import knows which items are new, which
/// files are unchanged since, and which a person has edited or removed. Each line has a SHA-256, a path and a key, in order of
/// path.
struct ImportRecord: Sendable {
  struct Entry: Sendable, Equatable {
    let hash: String
    let path: String
  }

  static let fileName = ".stoa-import"
  private static let header = "stoa-import 1"

  private var entries: [String: Entry] = [:]
  private var keys: [String: String] = [:]

  init() {}

  /// Reads the file's bytes; nil when they are invalid.
  init?(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }[...]
    guard lines.popFirst() == Self.header else { return nil }
    for line in lines {
      let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, fields[0].utf8.count == 64, Self.isSound(fields[1]) else {
        return nil
      }
      set(String(fields[2]), Entry(hash: String(fields[0]), path: String(fields[1])))
    }
  }

  /// A person may have edited the record: no path in it may lead out of content/.
  private static func isSound(_ path: Substring) -> Bool {
    path.hasPrefix("content/")
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && $0 != "." && $0 != ".."
      }
  }

  func entry(_ key: String) -> Entry? { entries[Self.escaped(key)] }

  func key(ofPath path: String) -> String? { keys[path] }

  mutating func set(_ key: String, _ entry: Entry) {
    let key = Self.escaped(key)
    entries[key] = entry
    keys[entry.path] = key
  }

  /// Keys are untrusted: a tab or line feed in one must not end a field.
  private static func escaped(_ key: String) -> String {
    CleanText.line(key, maximumLength: 2_000)
  }

  var bytes: [UInt8] {
    let lines = entries.sorted { $0.value.path.precedes($1.value.path) }
    var bytes = Array("\(Self.header)\n".utf8)
    for (key, entry) in lines { bytes += "\(entry.hash)\t\(entry.path)\t\(key)\n".utf8 }
    return bytes
  }
}
