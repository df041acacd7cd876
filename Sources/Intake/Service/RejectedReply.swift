import StoaModel

/// The record of a rejected reply, without its content.
package struct RejectedReply: Sendable, Equatable {
  package let key: String
  package let post: String
  package let id: String
  /// Seconds since 1970.
  package let received: Int64
  package let rejected: Int64

  package init(_ reply: SpooledReply, at now: Int64) {
    key = reply.key
    post = reply.file.post
    id = reply.file.id
    received = reply.received
    rejected = now
  }

  private static let version = "stoa-rejected 1"

  package var bytes: [UInt8] {
    Array(
      "\(Self.version)\npost \(post)\nid \(id)\nreceived \(received)\nrejected \(rejected)\n".utf8)
  }

  /// Reads what `bytes` gives.
  package init?(key: String, _ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    func value(_ index: Int, _ name: String) -> String? {
      lines[index].hasPrefix("\(name) ") ? String(lines[index].dropFirst(name.count + 1)) : nil
    }
    guard lines.count == 6, lines[0] == Self.version, lines[5].isEmpty,
      let post = value(1, "post"), let id = value(2, "id"),
      let received = value(3, "received").flatMap({ Int64($0) }),
      let rejected = value(4, "rejected").flatMap({ Int64($0) })
    else { return nil }
    self.key = key
    self.post = post
    self.id = id
    self.received = received
    self.rejected = rejected
  }
}
