import StoaModel

/// Arranges messages in threads: by their references, and without references by subject (RFC 5256).
struct MailThreads {
  struct Reply {
    let message: Int
    /// Nil: the answered message is missing, so the message answers the thread.
    let parent: Int?
  }

  struct Thread {
    let root: Int
    let missesRoot: Bool
    /// In order of date.
    let replies: [Reply]
  }

  private(set) var threads: [Thread] = []

  /// Parents by container; containers up to `heads.count` are messages, the others are missing ones.
  private var parents: [Int?]
  private let heads: [MailHead]

  init(_ heads: [MailHead]) {
    self.heads = heads
    parents = Array(repeating: nil, count: heads.count)
    var byIdentifier: [String: Int] = [:]
    for (index, head) in heads.enumerated() where !head.identifier.isEmpty {
      byIdentifier[head.identifier] = byIdentifier[head.identifier] ?? index
    }
    for (index, head) in heads.enumerated() {
      link(head, index, &byIdentifier)
    }
    gather()
  }

  /// RFC 5256, REFERENCES, step 1: each reference is the parent of the next one, and the last is the message's parent.
  private mutating func link(
    _ head: MailHead, _ index: Int, _ byIdentifier: inout [String: Int]
  ) {
    var previous: Int?
    for reference in head.references {
      let container: Int
      if let known = byIdentifier[reference] {
        container = known
      } else {
        container = parents.count
        parents.append(nil)
        byIdentifier[reference] = container
      }
      if let previous, parents[container] == nil, container >= heads.count {
        setParent(of: container, to: previous)
      }
      previous = container
    }
    if let previous { setParent(of: index, to: previous) }
  }

  /// Nothing is its own ancestor: a cycle is broken above its earliest message.
  private mutating func setParent(of child: Int, to parent: Int) {
    var ancestor: Int? = parent
    var earliest = child
    var steps = 0
    while let next = ancestor {
      if next == child {
        if earliest != child {
          parents[earliest] = nil
          parents[child] = parent
        }
        return
      }
      if isEarlier(next, earliest) { earliest = next }
      ancestor = parents[next]
      steps += 1
      // No real thread is this deep.
      if steps > 5_000 { return }
    }
    parents[child] = parent
  }

  /// The nearest ancestor that is not missing.
  private func presentParent(of index: Int) -> Int? {
    var ancestor = parents[index]
    while let next = ancestor, next >= heads.count { ancestor = parents[next] }
    return ancestor
  }

  /// The container at the top of a thread, whether or not its message is missing.
  private func top(of index: Int, _ tops: inout [Int?]) -> Int {
    var path: [Int] = []
    var current = index
    while true {
      if let known = tops[current] {
        current = known
        break
      }
      guard let parent = parents[current] else { break }
      path.append(current)
      current = parent
    }
    for place in path { tops[place] = current }
    tops[current] = current
    return current
  }

  private mutating func gather() {
    var tops = [Int?](repeating: nil, count: parents.count)
    var members: [Int: [Int]] = [:]
    for index in heads.indices { members[top(of: index, &tops), default: []].append(index) }
    mergeBySubject(&members)
    for (top, indices) in members {
      let order = indices.sorted { isEarlier($0, $1) }
      // A reply may be dated before the message that it answers, so messages that answer nothing come first.
      let root = order.first { presentParent(of: $0) == nil } ?? order[0]
      threads.append(
        Thread(
          root: root, missesRoot: top >= heads.count,
          replies: order.filter { $0 != root }.map {
            Reply(message: $0, parent: presentParent(of: $0) ?? (top >= heads.count ? nil : root))
          }))
    }
    threads = threads.sorted { isEarlier($0.root, $1.root) }
  }

  /// Step 5: threads with the same subject are merged if all but the first are marked as replies.
  private func mergeBySubject(_ members: inout [Int: [Int]]) {
    var bySubject: [String: Int] = [:]
    let firsts = members.compactMap { top, indices in
      indices.min(by: isEarlier).map { (top: top, first: $0) }
    }
    for (top, first) in firsts.sorted(by: { isEarlier($0.first, $1.first) }) {
      let subject = MailSubject.base(heads[first].subject).lowercased()
      guard !subject.isEmpty else { continue }
      // Only messages without references: a message whose parent is missing already belongs to a thread.
      let isLoose = heads[first].references.isEmpty
      if let other = bySubject[subject], isLoose, MailSubject.isReply(heads[first].subject) {
        let moved = members.removeValue(forKey: top) ?? []
        members[other]?.append(contentsOf: moved)
      } else if bySubject[subject] == nil {
        bySubject[subject] = top
      }
    }
  }

  private func isEarlier(_ left: Int, _ right: Int) -> Bool {
    let first = left < heads.count ? heads[left].date?.seconds ?? .max : .max
    let second = right < heads.count ? heads[right].date?.seconds ?? .max : .max
    return first == second ? left < right : first < second
  }
}

/// Subjects: their base text, and whether they are marked as replies (RFC 5256, 2.1).
enum MailSubject {
  private static let replies = ["re", "aw", "antw", "sv", "vs", "rif", "tr", "fw", "fwd", "wg"]

  static func isReply(_ subject: String) -> Bool { cut(subject).isReply }

  static func base(_ subject: String) -> String {
    var rest = cut(subject).rest
    while let end = blobEnd(of: rest), end < rest.endIndex {
      let after = CleanText.trim(String(rest[end...]))
      guard !after.isEmpty else { break }
      rest = cut(after).rest
    }
    return rest
  }

  /// The subject as a title: without reply prefixes and the list's name.
  static func shown(_ subject: String, without label: String) -> String {
    var rest = cut(subject).rest
    if !label.isEmpty, rest.hasPrefix(label) {
      rest = cut(CleanText.trim(String(rest.dropFirst(label.count)))).rest
    }
    return rest
  }

  /// The prefix in brackets that most subjects have; empty if there is none.
  static func label(of subjects: [String]) -> String {
    var counts: [String: Int] = [:]
    for subject in subjects {
      let rest = cut(subject).rest
      if let end = blobEnd(of: rest) { counts[String(rest[..<end]), default: 0] += 1 }
    }
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      subjects.count > 2, most.value * 2 > subjects.count
    else { return "" }
    return most.key
  }

  private static func blobEnd(of text: String) -> String.Index? {
    guard text.hasPrefix("["), let close = text.firstIndex(of: "]") else { return nil }
    return text.index(after: close)
  }

  private static func cut(_ subject: String) -> (rest: String, isReply: Bool) {
    var rest = CleanText.trim(subject)
    var isReply = false
    for _ in 0..<64 {
      guard let colon = rest.firstIndex(of: ":") else { break }
      // `Re[2]:` counts.
      let word = rest[..<colon].prefix { $0 != "[" }
      guard replies.contains(CleanText.trim(String(word)).lowercased()) else { break }
      isReply = true
      rest = CleanText.trim(String(rest[rest.index(after: colon)...]))
    }
    return (rest, isReply)
  }
}
