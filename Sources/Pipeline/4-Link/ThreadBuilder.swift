import StoaAddresses
import StoaModel
import StoaParse

/// Sorts the responses of one post: each is followed by its replies, siblings by date, then id.
struct ThreadBuilder {
  struct Node {
    /// The index in Documents' responses.
    let response: Int
    let depth: Int
    /// The index of its parent in `nodes`.
    let parent: Int?
    var descendants = 0
  }

  private(set) var nodes: [Node] = []
  /// Mentions outside the thread; a mention that is part of an exchange stays in the thread.
  private(set) var mentions: [Int] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Replies to missing responses.
  private(set) var missingParents: [MissingParent] = []

  /// A reply to a response that the post does not have.
  struct MissingParent {
    let replyTo: Located<String>
    /// The id that was probably meant by a file's name or a URL.
    let identifier: String
    /// Whether the post has a response with that id.
    let isMember: Bool
  }

  private let responses: [Parsed<Response>]
  /// The post's responses, as indexes of `responses`; everything else refers to them by their index in this array.
  private let members: [Int]

  /// - Parameter members: the post's responses, as indexes of `responses`, in order of id.
  init(_ responses: [Parsed<Response>], members: [Int], postDate: Timestamp) {
    self.responses = responses
    self.members = members
    var parents = findParents()
    breakCycles(&parents)
    var children = [[Int]](repeating: [], count: members.count)
    var tops: [Int] = []
    for position in members.indices {
      checkDate(of: position, parent: parents[position], postDate: postDate)
      if let parent = parents[position] {
        children[parent].append(position)
      } else {
        tops.append(position)
      }
    }
    for position in children.indices where children[position].count > 1 {
      children[position].sort(by: precedes)
    }
    let firstMention = tops.partition { isMention($0) && children[$0].isEmpty }
    mentions = tops[firstMention...].sorted(by: precedes).map { members[$0] }
    flatten(tops[..<firstMention].sorted(by: precedes), children)
  }

  private func isMention(_ position: Int) -> Bool {
    self[position].item.kind == .mention && self[position].item.removed == nil
  }

  private subscript(position: Int) -> Parsed<Response> { responses[members[position]] }

  /// The index of each response's parent; nil for the post.
  private mutating func findParents() -> [Int?] {
    var parents = [Int?](repeating: nil, count: members.count)
    let replies = members.indices.filter { self[$0].item.replyTo != nil }
    guard !replies.isEmpty else { return parents }
    let byId = Dictionary(
      members.indices.map { (self[$0].item.id, $0) }, uniquingKeysWith: { $1 })
    for reply in replies {
      guard let replyTo = self[reply].item.replyTo else { continue }
      parents[reply] = byId[replyTo.value]
      if parents[reply] == nil {
        let identifier = ContentPath.identifier(in: replyTo.value)
        missingParents.append(
          MissingParent(
            replyTo: replyTo, identifier: identifier, isMember: byId[identifier] != nil))
      }
    }
    return parents
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let firstDate = self[left].item.date?.seconds ?? 0
    let secondDate = self[right].item.date?.seconds ?? 0
    if firstDate != secondDate { return firstDate < secondDate }
    return self[left].item.id.precedes(self[right].item.id)
  }

  /// Preorder with an explicit stack, because threads may be deep.
  private mutating func flatten(_ tops: [Int], _ children: [[Int]]) {
    nodes.reserveCapacity(members.count)
    var stack = tops.reversed().map { (response: $0, depth: 0, parent: Int?.none) }
    while let next = stack.popLast() {
      let position = nodes.count
      nodes.append(Node(response: members[next.response], depth: next.depth, parent: next.parent))
      for child in children[next.response].reversed() {
        stack.append((child, next.depth + 1, position))
      }
    }
    for position in nodes.indices.reversed() {
      guard let parent = nodes[position].parent else { continue }
      nodes[parent].descendants += nodes[position].descendants + 1
    }
  }

  /// The state of a response in the search for cycles.
  private enum Progress {
    case open
    case onPath
    case settled
  }

  /// Breaks each cycle at the member with the first id, which then answers the post, and reports it once.
  private mutating func breakCycles(_ parents: inout [Int?]) {
    var progress = [Progress](repeating: .open, count: members.count)
    for start in members.indices where parents[start] != nil {
      var path: [Int] = []
      var next: Int? = start
      while let position = next, progress[position] != .settled {
        if progress[position] == .onPath {
          reportCycle(path[(path.firstIndex(of: position) ?? 0)...], &parents)
          break
        }
        progress[position] = .onPath
        path.append(position)
        next = parents[position]
      }
      for position in path { progress[position] = .settled }
    }
  }

  private mutating func reportCycle(_ cycle: ArraySlice<Int>, _ parents: inout [Int?]) {
    let first = cycle.min { self[$0].item.id.precedes(self[$1].item.id) }
    guard let first, let replyTo = self[first].item.replyTo else { return }
    parents[first] = nil
    let ids = cycle.map { self[$0].item.id }.sorted { $0.precedes($1) }
    diagnostics.append(
      Diagnostic(
        .replyCycle, at: replyTo.location,
        ids.count == 1
          ? "the response answers itself"
          : "responses answer each other in a circle: \(ids.joined(separator: ", "))",
        suggestion: "take one reply-to out"))
  }

  private mutating func checkDate(of position: Int, parent: Int?, postDate: Timestamp) {
    guard let date = self[position].item.date else { return }
    let answered = parent.flatMap { self[$0].item.date } ?? postDate
    guard date.isBefore(answered) else { return }
    let item = self[position].item
    diagnostics.append(
      Diagnostic(
        .olderThanParent, at: item.dateLocation ?? SourceLocation(file: item.file),
        "the response is dated \(date.machineReadable), before what it answers (\(answered.machineReadable))",
        suggestion: "check the two dates, and the reply-to"))
  }
}
