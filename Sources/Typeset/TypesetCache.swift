import StoaExternalTools
import StoaModel

/// Answers of earlier builds, valid as long as the same tool would be asked.
struct TypesetCache {
  /// The version of the requests to tools, which changes when they do.
  private static let version = 1

  private let name: String
  private let identity: String
  private var answers: [String: TypesetAnswer] = [:]
  private var hasChanged = false

  /// Reads the answers that an earlier build stored; empty if they are from another tool.
  init(_ cache: CacheFolder, _ name: String, for tool: ExternalTool) {
    self.name = name
    identity = SHA256.hexadecimal(of: Array(tool.identity.utf8))
    guard let bytes = cache.read(name) else { return }
    read(bytes)
  }

  private var firstLine: String { "stoa \(name) \(Self.version) \(identity)\n" }

  private mutating func read(_ bytes: [UInt8]) {
    guard bytes.starts(with: firstLine.utf8) else { return }
    var index = firstLine.utf8.count
    while index < bytes.count {
      // A line such as `key = 120`, followed by that number of bytes.
      guard let end = bytes[index...].firstIndex(of: 0x0A) else { return }
      let words = String(decoding: bytes[index..<end], as: UTF8.self).split(separator: " ")
      guard words.count == 3, let count = Int(words[2]), count >= 0,
        count <= bytes.count - end - 1
      else { return }
      let content = bytes[(end + 1)..<(end + 1 + count)]
      index = end + 1 + count
      switch words[1] {
      case "=": answers[String(words[0])] = .markup(Array(content))
      case "-": answers[String(words[0])] = .refused(String(decoding: content, as: UTF8.self))
      case "!": answers[String(words[0])] = .exhausted
      default: return
      }
    }
  }

  subscript(key: String) -> TypesetAnswer? { answers[key] }

  /// Whether a tool must be asked for it.
  func isUnknown(_ source: some TypesetSource) -> Bool {
    answers[source.key] == nil && !source.isTooLarge
  }

  mutating func add(_ new: [String: TypesetAnswer]) {
    guard !new.isEmpty else { return }
    hasChanged = true
    answers.merge(new) { _, new in new }
  }

  /// Stores the answers that this build used, and older ones up to a limit.
  func store(in cache: CacheFolder, keeping keys: [String]) {
    guard hasChanged else { return }
    var kept = answers
    if answers.count > 2 * keys.count + 1_000 {
      let used = Set(keys)
      kept = answers.filter { used.contains($0.key) }
    }
    var bytes = Array(firstLine.utf8)
    for (key, answer) in kept.sorted(by: { $0.key < $1.key }) {
      let (sign, content): (String, [UInt8]) =
        switch answer {
        case .markup(let markup): ("=", markup)
        case .refused(let reason): ("-", Array(reason.utf8))
        case .exhausted: ("!", [])
        }
      bytes += "\(key) \(sign) \(content.count)\n".utf8
      bytes += content
    }
    cache.store([bytes], as: name)
  }
}
