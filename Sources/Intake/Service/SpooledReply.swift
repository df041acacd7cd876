import StoaModel
import StoaYAML

/// An acknowledged reply, as it is stored in the spool until it becomes a commit.
///
/// The file of the response is decided before the reply is acknowledged, so an interrupted step is repeated with the same bytes and
/// the same name.
package struct SpooledReply: Sendable, Equatable {
  /// The state of a reply; it only ever changes to a later one.
  package enum State: String, Sendable, CaseIterable {
    /// It waits to become a pull request.
    case new
    /// It waits for a moderator's decision.
    case doubtful
    /// It is in a pull request.
    case proposed
    /// A moderator has accepted it; it waits to be added to the branch.
    case accepted
    /// It is on the branch.
    case published

    /// Whether a moderator can still decide about it.
    package var isOpen: Bool {
      switch self {
      case .new, .doubtful, .proposed: true
      case .accepted, .published: false
      }
    }
  }

  /// The name of its file in the spool; equal for a form that is sent twice.
  package let key: String
  /// Seconds since 1970.
  package let received: Int64
  package let file: ResponseFile
  /// The reasons why it is doubtful.
  package var reasons: [String]

  package init(key: String, received: Int64, file: ResponseFile, reasons: [String] = []) {
    self.key = key
    self.received = received
    self.file = file
    self.reasons = reasons
  }

  /// The key of a submission, from its token and its content.
  ///
  /// - Parameter secret: the service's own. The response's id begins the key: without the secret, anybody could look for a text
  ///   whose id is that of somebody else's reply, and have it proposed, or withdrawn, in its place.
  package static func key(token: String, submission: Submission, secret: [UInt8]) -> String {
    let parts = [
      token, submission.post, submission.replyTo, submission.name, submission.website,
      submission.stance, submission.text,
    ]
    // Each part with its length, so that two different submissions never give the same input.
    let whole = parts.map { "\($0.utf8.count)\n\($0)" }.joined()
    return String(
      SHA256.authenticationCode(of: Array("reply\n\(whole)".utf8), key: secret).hexadecimal.prefix(
        32))
  }

  /// The author, from the file.
  package var name: String { matter["guest"] ?? matter["author"] ?? "" }

  /// The id of the response that it answers; nil for the post.
  package var replyTo: String? { matter["reply-to"] }

  /// The text.
  package var text: String { String(decoding: parts.text, as: UTF8.self) }

  private var matter: [String: String] {
    let entries = (try? YAMLReader.read(parts.matter)) ?? []
    return Dictionary(entries.compactMap { entry in entry.value.scalar.map { (entry.key, $0) } }) {
      first, _ in first
    }
  }

  /// Splits the file into front matter and text, at a line of three hyphens, which front matter cannot contain.
  private var parts: (matter: ArraySlice<UInt8>, text: ArraySlice<UInt8>) {
    let fence = Array("---\n".utf8)
    var start = fence.count
    while start < file.bytes.count {
      let line = file.bytes[start...]
      if line.starts(with: fence) {
        return (
          file.bytes[fence.count..<start],
          file.bytes[(start + fence.count)...].drop { $0 == 0x0A }
        )
      }
      start = (line.firstIndex(of: 0x0A) ?? line.endIndex - 1) + 1
    }
    return ([], [])
  }

  private static let version = "stoa-spool 1"

  package var bytes: [UInt8] {
    let head = """
      \(Self.version)
      post \(file.post)
      id \(file.id)
      received \(received)
      reasons \(reasons.joined(separator: ","))
      sha256 \(SHA256.hexadecimal(of: file.bytes))


      """
    return Array(head.utf8) + file.bytes
  }

  /// Reads the result of `bytes`; nil for anything else, such as a file that a failing disk truncated.
  package init?(key: String, _ bytes: [UInt8]) {
    var rest = bytes[...]
    var lines: [String] = []
    while let end = rest.firstIndex(of: 0x0A) {
      let line = rest[..<end]
      rest = rest[(end + 1)...]
      if line.isEmpty { break }
      lines.append(String(decoding: line, as: UTF8.self))
    }
    let body = Array(rest)
    func value(_ index: Int, _ name: String) -> String? {
      guard lines.indices.contains(index), lines[index].hasPrefix("\(name) ") else { return nil }
      return String(lines[index].dropFirst(name.count + 1))
    }
    guard lines.count == 6, lines[0] == Self.version, let post = value(1, "post"),
      let id = value(2, "id"), let received = value(3, "received").flatMap({ Int64($0) }),
      let reasons = value(4, "reasons"), let digest = value(5, "sha256"),
      SHA256.digest(of: body).isEqual(toHexadecimal: digest)
    else { return nil }
    self.init(
      key: key, received: received, file: ResponseFile(post: post, id: id, bytes: body),
      reasons: reasons.isEmpty ? [] : reasons.split(separator: ",").map(String.init))
  }
}
