internal import StoaAddresses
internal import StoaModel
internal import StoaParse

/// Puts the responses of one post in reading order: each is followed by its replies, siblings by date, then id.
internal struct ThreadBuilder {
  internal struct Node {
    /// The index in Documents' responses.
    internal let response: Int
    internal let depth: Int
    /// The position in `nodes` of what it answers.
    internal let parent: Int?
    internal var descendants = 0
  }

  internal private(set) var nodes: [Node] = []
  /// Mentions that stand alone; a mention that is part of an exchange stays in the thread.
  internal private(set) var mentions: [Int] = []
  internal private(set) var diagnostics: [Diagnostic] = []
  /// What was answered and is not there.
  internal private(set) var missingParents: [MissingParent] = []

  /// An answer to a response that the post does not have.
  internal struct MissingParent {
    internal let replyTo: Located<String>
    /// The id of the post's own that is most like it.
    internal let nearest: String?
  }

  private let responses: [Parsed<Response>]

  /// - Parameter members: the post's responses, as indexes of `responses`, in order of id.
  internal init(_ responses: [Parsed<Response>], members: [Int], postDate: Moment) {
    self.responses = responses
    var byId: [String: Int] = [:]
    for member in members { byId[responses[member].item.id] = member }
    var parents: [Int: Int] = [:]
    for member in members {
      guard let replyTo = responses[member].item.replyTo else { continue }
      if let parent = byId[replyTo.value] {
        parents[member] = parent
      } else {
        missingParents.append(
          MissingParent(
            replyTo: replyTo, nearest: Nearest.match(for: replyTo.value, among: byId.keys)))
      }
    }
    breakCycles(members, &parents)
    var children: [Int: [Int]] = [:]
    var tops: [Int] = []
    for member in members {
      checkDate(of: member, parent: parents[member], postDate: postDate)
      if let parent = parents[member] {
        children[parent, default: []].append(member)
      } else {
        tops.append(member)
      }
    }
    let isAlone = { (member: Int) in
      responses[member].item.kind == .mention && responses[member].item.removed == nil
        && children[member] == nil
    }
    mentions = tops.filter(isAlone).sorted(by: precedes)
    flatten(
      tops.filter { !isAlone($0) }.sorted(by: precedes),
      children.mapValues { $0.sorted(by: precedes) })
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    let firstDate = responses[left].item.date?.seconds ?? 0
    let secondDate = responses[right].item.date?.seconds ?? 0
    if firstDate != secondDate { return firstDate < secondDate }
    return responses[left].item.id.precedes(responses[right].item.id)
  }

  /// Preorder with an explicit stack: threads are as deep as people make them.
  private mutating func flatten(_ tops: [Int], _ children: [Int: [Int]]) {
    var stack = tops.reversed().map { (response: $0, depth: 0, parent: Int?.none) }
    while let next = stack.popLast() {
      let position = nodes.count
      nodes.append(Node(response: next.response, depth: next.depth, parent: next.parent))
      for child in (children[next.response] ?? []).reversed() {
        stack.append((child, next.depth + 1, position))
      }
    }
    for position in nodes.indices.reversed() {
      guard let parent = nodes[position].parent else { continue }
      nodes[parent].descendants += nodes[position].descendants + 1
    }
  }

  /// Lets the member of each cycle whose id comes first answer the post, and reports it once.
  private mutating func breakCycles(_ members: [Int], _ parents: inout [Int: Int]) {
    var isSettled: Set<Int> = []
    for start in members {
      var path: [Int] = []
      var onPath: Set<Int> = []
      var next: Int? = start
      while let member = next, !isSettled.contains(member) {
        if !onPath.insert(member).inserted {
          let cycle = path[(path.firstIndex(of: member) ?? 0)...]
          reportCycle(cycle, &parents)
          break
        }
        path.append(member)
        next = parents[member]
      }
      isSettled.formUnion(path)
    }
  }

  private mutating func reportCycle(_ cycle: ArraySlice<Int>, _ parents: inout [Int: Int]) {
    let first = cycle.min { responses[$0].item.id.precedes(responses[$1].item.id) }
    guard let first, let replyTo = responses[first].item.replyTo else { return }
    parents[first] = nil
    let ids = cycle.map { responses[$0].item.id }.sorted { $0.precedes($1) }
    diagnostics.append(
      Diagnostic(
        .replyCycle, at: replyTo.location,
        ids.count == 1
          ? "the response answers itself"
          : "responses answer each other in a circle: \(ids.joined(separator: ", "))",
        suggestion: "take one reply-to out"))
  }

  private mutating func checkDate(of member: Int, parent: Int?, postDate: Moment) {
    guard let date = responses[member].item.date else { return }
    let answered = parent.flatMap { responses[$0].item.date } ?? postDate
    let isOlder = date.isDay || answered.isDay ? date.day < answered.day : date < answered
    guard isOlder else { return }
    let item = responses[member].item
    diagnostics.append(
      Diagnostic(
        .olderThanParent, at: item.dateLocation ?? SourceLocation(file: item.file),
        "the response is dated \(date.machineReadable), before what it answers (\(answered.machineReadable))",
        suggestion: "check the two dates, and the reply-to"))
  }
}
