import StoaModel
import StoaParse

/// A mark in a body at the beginning or end of a passage, that is, of words that responses are about.
package struct PassageMark: Sendable {
  package enum Kind: Sendable {
    /// The end of a passage, or of its part in one element.
    case close
    /// After a passage: the number of responses about it, and the anchor of the first of them.
    case count(Int, first: String)
    /// The beginning of a passage, with its anchor if this is its first part.
    case open(anchor: String)
    /// The anchor of a passage at a block in which words cannot be marked.
    case point(anchor: String)
  }

  /// The index in the body's bytes.
  package let offset: Int
  package let kind: Kind
}

extension CopyOnWrite<ConversationEntry> {
  /// Whether a response is about words of the post or of another response.
  var isAboutWords: Bool {
    self.responses.contains { $0.response.about != nil && $0.response.removed == nil }
  }
}

extension Community {
  /// Finds the passages that responses are about in the documents that they answer.
  mutating func addPassages(jobs: Int) async {
    let places = conversations.places.filter { conversations[$0].isAboutWords }
    let found = await mapInSlices(places, jobs: jobs) { [conversations] in
      ConversationPassages(conversations[$0])
    }
    for (place, passages) in zip(places, found) {
      conversations[place].passages = passages.ofPost
      conversations[place].responsePassages = passages.ofResponses
      conversations[place].passageAnchors = passages.anchors
      diagnostics += passages.diagnostics
    }
  }
}

/// The passages of one conversation.
private struct ConversationPassages: Sendable {
  private(set) var ofPost: [PassageMark] = []
  private(set) var ofResponses: [Index<ThreadedResponse>: [PassageMark]] = [:]
  private(set) var anchors: [Index<ThreadedResponse>: String] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  /// The maximum number of lost passages for which the nearest sentence is searched.
  private static let mostLookedFor = 64

  init(_ conversation: Conversation) {
    var answers: [Index<ThreadedResponse>?: [Index<ThreadedResponse>]] = [:]
    for place in conversation.responses.places {
      let response = conversation.responses[place]
      guard response.response.about != nil, response.response.removed == nil else { continue }
      answers[response.parent, default: []].append(place)
    }
    for (parent, places) in answers.sorted(by: {
      ($0.key?.position ?? -1) < ($1.key?.position ?? -1)
    }) {
      let body = parent.map { conversation.responses[$0].body } ?? conversation.body
      let marks = find(places, in: body, conversation)
      if let parent { ofResponses[parent] = marks } else { ofPost = marks }
    }
  }

  /// Finds the passages in one document for the responses to it.
  private mutating func find(
    _ places: [Index<ThreadedResponse>], in body: LinkedBody, _ conversation: Conversation
  ) -> [PassageMark] {
    guard !body.document.isUnread else { return [] }
    let text = VisibleText(body)
    /// Each passage as a range of words, with the responses about it.
    var passages: [(words: Range<Int>, responses: [Index<ThreadedResponse>])] = []
    for place in places {
      guard let about = conversation.responses[place].response.about else { continue }
      guard let words = text.range(of: about.value) else {
        reportLost(about, in: text)
        continue
      }
      if let known = passages.firstIndex(where: { $0.words == words }) {
        passages[known].responses.append(place)
      } else {
        passages.append((words, [place]))
      }
    }
    passages.sort {
      ($0.words.lowerBound, $0.words.upperBound) < ($1.words.lowerBound, $1.words.upperBound)
    }
    var anchorsByStart: [Int: String] = [:]
    var marks = PassageMarks()
    for passage in passages {
      let first = conversation.responses[passage.responses[0]]
      // No id of a heading, and no anchor that an author can choose, begins like this.
      let anchor = anchorsByStart[passage.words.lowerBound] ?? "passage:\(first.response.id)"
      anchorsByStart[passage.words.lowerBound] = anchor
      for response in passage.responses { anchors[response] = anchor }
      marks.add(
        text.pieces(of: passage.words), anchor: anchor, count: passage.responses.count,
        first: first.fragment)
    }
    return marks.inOrder
  }

  private mutating func reportLost(_ about: Located<String>, in text: VisibleText) {
    let isLookedFor = diagnostics.count < Self.mostLookedFor
    let nearest = isLookedFor ? text.sentence(near: about.value) : nil
    diagnostics.append(
      Diagnostic(
        .lostPassage, at: about.location,
        "the answered document does not contain the words “\(SlotResolver.shown(about.value))”",
        suggestion: nearest.map { "write the words as they are now, such as “\($0)”" }
          ?? "write words from one paragraph of it, or take the line out"))
  }
}

/// Collects marks, and splits overlapping passages so that every element ends where it began.
private struct PassageMarks {
  private var starts: [Int: String] = [:]
  private var changes: [Int: Int] = [:]
  private var points: [PassageMark] = []
  private var counts: [PassageMark] = []

  mutating func add(_ pieces: [VisibleText.Piece], anchor: String, count: Int, first: String) {
    guard let start = pieces.first, let last = pieces.last else { return }
    if start.isBlock {
      points.append(PassageMark(offset: start.range.lowerBound, kind: .point(anchor: anchor)))
    } else {
      starts[start.range.lowerBound] = anchor
    }
    for piece in pieces where !piece.isBlock {
      changes[piece.range.lowerBound, default: 0] += 1
      changes[piece.range.upperBound, default: 0] -= 1
    }
    counts.append(
      PassageMark(offset: last.range.upperBound, kind: .count(count, first: first)))
  }

  var inOrder: [PassageMark] {
    var marks: [PassageMark] = []
    var depth = 0
    // Every place at which a passage begins or ends, even if another goes on there.
    for (offset, change) in changes.sorted(by: { $0.key < $1.key }) {
      if depth > 0 { marks.append(PassageMark(offset: offset, kind: .close)) }
      depth += change
      marks += counts.filter { $0.offset == offset }
      if depth > 0 {
        marks.append(PassageMark(offset: offset, kind: .open(anchor: starts[offset] ?? "")))
      }
    }
    let placed = Set(changes.keys)
    let others = points + counts.filter { !placed.contains($0.offset) }
    guard !others.isEmpty else { return marks }
    return (marks + others).enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }.map(\.element)
  }
}
