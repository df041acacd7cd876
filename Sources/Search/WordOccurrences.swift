import StoaHTML
import StoaLink
import StoaModel
import StoaWords

/// The words of each document in a slice of the groups, with their weights.
struct WordOccurrences: Sendable {
  /// A word in a document.
  struct Occurrence {
    /// Its number in `terms`.
    let term: UInt32
    /// The document's number in the index.
    let text: UInt32
    /// How often it is in the body; a heading counts more than once.
    var weight: UInt32
    /// The bits of the other places that it is in.
    var places: UInt8
  }

  private(set) var terms = WordTable()
  /// In order of documents; each word once for each document.
  private(set) var occurrences: [Occurrence] = []
  /// The number of words of each text.
  private(set) var lengths: [Int] = []

  /// The last occurrence of each term.
  private var places: [Int] = []

  /// - Parameter firstText: the number of the first group's first document.
  init(_ groups: ArraySlice<SearchableGroup>, firstText: Int, in community: Community) {
    var text = UInt32(firstText)
    for group in groups {
      for (position, searchable) in group.texts.enumerated() {
        add(searchable, of: group, isFirst: position == 0, text, community)
        text += 1
      }
    }
  }

  private mutating func add(
    _ searchable: SearchableGroup.Text, of group: SearchableGroup, isFirst: Bool, _ text: UInt32,
    _ community: Community
  ) {
    var reader = WordReader()
    var length = 0
    if isFirst {
      reader.read(group.title) { count($0, 0, SearchRanking.title, text) }
      if group.kind != .topic {
        for topic in group.topics {
          reader.read(community.topics[topic].title) { count($0, 0, SearchRanking.topic, text) }
        }
      }
    }
    for name in searchable.soughtNames {
      reader.read(name) { count($0, 0, SearchRanking.name, text) }
    }
    reader.read(searchable.summary) { word in
      length += 1
      count(word, SearchRanking.textWeight, 0, text)
    }
    if let body = searchable.body, let bytes = try? body.document.body.load() {
      bytes.withUnsafeBufferPointer { bytes in
        reader.read(body: bytes, slot: { body.searchText(ofSlot: $1, as: $0) }) { word in
          length += 1
          let weight =
            word.field == .heading ? SearchRanking.headingWeight : SearchRanking.textWeight
          count(word, weight, 0, text)
        }
      }
    }
    lengths.append(length)
  }

  private mutating func count(_ word: Word, _ weight: UInt32, _ standing: UInt8, _ text: UInt32) {
    let term = terms.number(of: word.bytes)
    if term == places.count {
      places.append(occurrences.count)
    } else {
      let place = places[term]
      if occurrences[place].text == text {
        occurrences[place].weight += weight
        occurrences[place].places |= standing
        return
      }
      places[term] = occurrences.count
    }
    occurrences.append(Occurrence(term: UInt32(term), text: text, weight: weight, places: standing))
  }
}

extension LinkedBody {
  /// The visible words of a slot.
  func searchText(ofSlot number: Int, as letter: UInt8) -> WordReader.SlotText? {
    guard document.slots.indices.contains(number), targets.indices.contains(number) else {
      return nil
    }
    let slot = document.slots[number]
    switch (letter, slot.content) {
    case (UInt8(ascii: "t"), .wikilink):
      return WordReader.SlotText(Array(Self.words(of: slot, leadingTo: targets[number]).utf8))
    case (UInt8(ascii: "m"), .mention(let handle)): return WordReader.SlotText(Array(handle.utf8))
    case (UInt8(ascii: "x"), .formula(let source, let form)):
      return (try? source.load()).map { WordReader.SlotText(form.typed($0), isCode: true) }
    case (UInt8(ascii: "c"), .code(_, let text)), (UInt8(ascii: "c"), .formula(let text, _)),
      (UInt8(ascii: "c"), .diagram(let text)):
      return (try? text.load()).map { WordReader.SlotText($0, isCode: true) }
    default: return nil
    }
  }
}
