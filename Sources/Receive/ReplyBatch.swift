import StoaIntake
import StoaModel

/// Several replies that are one proposal.
struct ReplyBatch: Equatable {
  /// The id of the first.
  let id: String
  let commit: String
  let keys: [String]

  var branch: String { "reply/many/\(id)" }
  var title: String { Self.title(keys.count) }

  private static func title(_ count: Int) -> String {
    count == 1 ? "1 doubtful reply" : "\(count) replies at once"
  }

  /// The maximum number of replies that the description lists individually.
  private static let listed = 500

  static func message(of replies: [SpooledReply]) -> String {
    let lines = replies.prefix(listed).map { reply in
      let why = reply.reasons.isEmpty ? "" : " (doubtful: \(reply.reasons.joined(separator: ", ")))"
      return "- \(reply.file.path)\(why)"
    }
    let rest = replies.count > listed ? ["- and \(replies.count - listed) more"] : []
    return "\(title(replies.count))\n\n\((lines + rest).joined(separator: "\n"))\n"
  }

  var bytes: [UInt8] { Array(([commit] + keys).map { "\($0)\n" }.joined().utf8) }

  init(id: String, commit: String, keys: [String]) {
    self.id = id
    self.commit = commit
    self.keys = keys
  }

  init?(id: String, _ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    guard let commit = lines.first, lines.count > 1, bytes.last == 0x0A,
      lines.dropFirst().allSatisfy({ Spool.isKey($0) })
    else { return nil }
    self.init(id: id, commit: commit, keys: Array(lines.dropFirst()))
  }
}
