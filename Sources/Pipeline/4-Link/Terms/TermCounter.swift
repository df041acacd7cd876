import StoaModel
import StoaWords

/// The weighted count of a term in a conversation.
struct TermCount: Sendable, BitwiseCopyable {
  var term: UInt32
  /// From title, headings, body, topic and responses; saturates at the maximum, beyond which it makes no difference.
  var weight: UInt16
  /// From code; the highest bit tells whether the post's own text has the term.
  fileprivate var codeAndFlag: UInt16

  init(term: UInt32, weight: UInt32, code: UInt32, isOwn: Bool) {
    self.term = term
    self.weight = UInt16(clamping: weight)
    codeAndFlag = UInt16(min(code, 0x7FFF)) | (isOwn ? 0x8000 : 0)
  }

  var code: Int { Int(codeAndFlag & 0x7FFF) }
  var isOwn: Bool { codeAndFlag & 0x8000 != 0 }
}

/// Counts the terms of a few conversations, with term numbers from a separate table.
struct TermCounter: Sendable {
  private(set) var table = WordTable()
  /// The terms of all conversations, one conversation after the other.
  private(set) var counts: [TermCount] = []
  /// The end of each conversation's terms.
  private(set) var ends: [Int] = []

  /// The count of a term in the current conversation, by its number.
  private struct Tally: BitwiseCopyable {
    var own: UInt32 = 0
    var code: UInt32 = 0
    var responses: UInt32 = 0
    /// The last response that has the term, from 1.
    var lastResponse: UInt32 = 0
    var isTouched = false
  }

  private static let titleWeight: UInt32 = 8
  private static let headingWeight: UInt32 = 4
  private static let textWeight: UInt32 = 2
  private static let codeWeight: UInt32 = 1
  private static let topicWeight: UInt32 = 8
  /// No word contains a colon.
  static let topicPrefix = "topic:"

  init(_ community: Community, _ range: Range<Int>) {
    var reader = WordReader()
    var tallies: [Tally] = []
    var touched: [Int] = []
    for position in range {
      let conversation = community.conversations[position]
      count(conversation, in: community, &reader, &tallies, &touched)
      for number in touched {
        let tally = tallies[number]
        counts.append(
          TermCount(
            term: UInt32(number), weight: tally.own &+ tally.responses, code: tally.code,
            isOwn: tally.own > 0))
        tallies[number] = Tally()
      }
      touched.removeAll(keepingCapacity: true)
      ends.append(counts.count)
    }
  }

  /// The terms of one of the conversations.
  func terms(of place: Int) -> ArraySlice<TermCount> {
    counts[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
  }

  /// Replaces the terms' numbers with those of another table.
  mutating func renumber(_ numbers: [Int]) {
    counts.withUnsafeMutableBufferPointer { counts in
      for index in counts.indices {
        counts[index].term = UInt32(numbers[Int(counts[index].term)])
      }
    }
  }

  private mutating func count(
    _ conversation: Conversation, in community: Community, _ reader: inout WordReader,
    _ tallies: inout [Tally], _ touched: inout [Int]
  ) {
    func place(_ number: Int) {
      while tallies.count <= number { tallies.append(Tally()) }
      if !tallies[number].isTouched {
        tallies[number].isTouched = true
        touched.append(number)
      }
    }
    reader.read(conversation.title) { word in
      guard word.isTelling else { return }
      let number = table.number(of: word.bytes)
      place(number)
      tallies[number].own &+= Self.titleWeight
    }
    reader.read(conversation.ownSummary) { word in
      guard word.isTelling else { return }
      let number = table.number(of: word.bytes)
      place(number)
      tallies[number].own &+= Self.textWeight
    }
    reader.read(conversation.body) { word in
      guard word.isTelling else { return }
      let number = table.number(of: word.bytes)
      place(number)
      switch word.field {
      case .text: tallies[number].own &+= Self.textWeight
      case .heading: tallies[number].own &+= Self.headingWeight
      case .code: tallies[number].code &+= Self.codeWeight
      }
    }
    var response: UInt32 = 0
    for threaded in conversation.responses where threaded.isCounted {
      response += 1
      reader.read(threaded.body) { word in
        guard word.isTelling else { return }
        let number = table.number(of: word.bytes)
        place(number)
        guard tallies[number].lastResponse != response else { return }
        tallies[number].lastResponse = response
        tallies[number].responses &+= 1
      }
    }
    for topic in conversation.topics {
      let number = table.number(of: Self.topicPrefix + community.topics[topic].slug)
      place(number)
      tallies[number].responses &+= Self.topicWeight
    }
  }
}

extension WordReader {
  /// Reads the visible words of a body: including code and the titles of wikilinks, without the names of mentioned people.
  fileprivate mutating func read(_ body: LinkedBody, each: (Word) -> Void) {
    // A body that a worker wrote can be read during the build; if the disk fails, its words are missing here.
    guard let bytes = try? body.document.body.load() else { return }
    bytes.withUnsafeBufferPointer { bytes in
      read(body: bytes) { letter, number in
        guard body.targets.indices.contains(number) else { return nil }
        let (slot, target) = (body.document.slots[number], body.targets[number])
        // A missing image is shown as its alternative text.
        let isShown =
          switch target {
          case .image, .medium: false
          default: true
          }
        switch (letter, slot.content) {
        case (UInt8(ascii: "t"), .wikilink):
          return SlotText(Array(LinkedBody.words(of: slot, leadingTo: target).utf8))
        case (UInt8(ascii: "x"), .formula(let source, let form)):
          return (try? source.load()).map { SlotText(form.typed($0), isCode: true) }
        case (UInt8(ascii: "c"), .code(_, let text)), (UInt8(ascii: "c"), .formula(let text, _)),
          (UInt8(ascii: "c"), .diagram(let text)):
          return (try? text.load()).map { SlotText($0, isCode: true) }
        case (UInt8(ascii: "m"), .mention(let handle)):
          if case .site = target { return nil }
          return SlotText(Array(handle.utf8))
        case (UInt8(ascii: "i"), .image(_, let alternative, _, _, _)):
          return isShown ? SlotText(Array(alternative.utf8)) : nil
        case (UInt8(ascii: "i"), .embed(let file, let alternative, _, _)):
          return isShown ? SlotText(Array((alternative.isEmpty ? file : alternative).utf8)) : nil
        default: return nil
        }
      } each: {
        each($0)
      }
    }
  }
}
