import StoaModel

/// The parent of each comment in one conversation, from the references in the source.
struct ThreadPlan {
  /// The index of each comment's parent; nil for a reply to the post.
  private(set) var parents: [Int?]
  private(set) var notes: [[String]]
  /// Comments that are left out but become tombstones, because they have replies.
  private(set) var tombstones: Set<Int> = []

  init(_ comments: [SourceComment]) {
    parents = Array(repeating: nil, count: comments.count)
    notes = Array(repeating: [], count: comments.count)
    resolve(comments)
    breakCycles(comments)
    keepPlaces(comments)
  }

  // MARK: Parents

  private mutating func resolve(_ comments: [SourceComment]) {
    let byIdentifier = identifiers(of: comments)
    let topLevel = comments.indices
      .filter {
        comments[$0].parents.isEmpty && !comments[$0].isMention && comments[$0].date != nil
      }
      .sorted { Self.isEarlier(comments[$0], comments[$1]) }
    for (index, comment) in comments.enumerated() where !comment.parents.isEmpty {
      parents[index] =
        comment.parents.lazy.compactMap { parent -> Int? in
          switch parent {
          case .post: nil
          case .identifier(let identifier): byIdentifier[identifier]
          case .position(let position):
            topLevel.indices.contains(position - 1) ? topLevel[position - 1] : nil
          }
        }.first
      if parents[index] == nil, comment.parents != [.post] {
        notes[index].append("its parent is missing, so it answers the post")
      }
    }
  }

  /// Every comment's first identifier has precedence over all second identifiers; the earliest comment has precedence among equals.
  private mutating func identifiers(of comments: [SourceComment]) -> [String: Int] {
    var found: [String: Int] = [:]
    let order = comments.indices.sorted { Self.isEarlier(comments[$0], comments[$1]) }
    let depth = comments.map(\.identifiers.count).max() ?? 0
    for rank in 0..<depth {
      for index in order where rank < comments[index].identifiers.count {
        let identifier = comments[index].identifiers[rank]
        if let other = found[identifier] {
          if rank == 0, other != index { notes[index].append("another item has the same id") }
        } else {
          found[identifier] = index
        }
      }
    }
    return found
  }

  static func isEarlier(_ left: SourceComment, _ right: SourceComment) -> Bool {
    let first = left.date?.seconds ?? .max
    let second = right.date?.seconds ?? .max
    if first != second { return first < second }
    return left.key.precedes(right.key)
  }

  // MARK: Cycles

  private mutating func breakCycles(_ comments: [SourceComment]) {
    // 0: not visited, 1: on the current path, 2: known to lead to the post.
    var states = [UInt8](repeating: 0, count: comments.count)
    for start in comments.indices where states[start] == 0 {
      var path: [Int] = []
      var current: Int? = start
      while let index = current, states[index] == 0 {
        states[index] = 1
        path.append(index)
        current = parents[index]
      }
      if let index = current, states[index] == 1, let first = path.firstIndex(of: index) {
        let cycle = path[first...]
        if let earliest = cycle.min(by: { Self.isEarlier(comments[$0], comments[$1]) }) {
          parents[earliest] = nil
          notes[earliest].append("it was part of a cycle of replies, so it answers the post")
        }
      }
      for index in path { states[index] = 2 }
    }
  }

  /// The indices in an order in which parents come first.
  static func parentsFirst(_ parents: [Int?]) -> [Int] {
    var order: [Int] = []
    var isDone = [Bool](repeating: false, count: parents.count)
    for start in parents.indices {
      var path: [Int] = []
      var current: Int? = start
      while let index = current, !isDone[index] {
        isDone[index] = true
        path.append(index)
        current = parents[index]
      }
      order += path.reversed()
    }
    return order
  }

  // MARK: Tombstones

  private mutating func keepPlaces(_ comments: [SourceComment]) {
    for index in comments.indices where comments[index].leftOut == nil {
      var current = parents[index]
      while let parent = current, comments[parent].leftOut != nil,
        tombstones.insert(parent).inserted
      {
        current = parents[parent]
      }
    }
  }
}
