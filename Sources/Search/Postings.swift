import StoaHTML
import StoaModel
import StoaWords

/// The documents that contain each word, as lines of the index.
struct Postings: Sendable {
  /// The maximum number of documents listed for a very common word: those with its highest levels.
  static let mostTexts = 6_000

  /// The terms in byte order, each with the number of its documents.
  private(set) var terms: [(term: [UInt8], count: Int)] = []
  /// For each term: `term `, the number of documents, and for each level, the highest first, the level, the number of its
  /// documents, and the documents, each as its distance to the previous one.
  private(set) var lines: [[UInt8]] = []

  init(_ table: PostingTable, lines: [[UInt8]]) {
    self.lines = lines
    terms = table.order.map { (Array(table.terms[$0]), table.bounds[$0 + 1] - table.bounds[$0]) }
  }

  /// A line with the groups or documents that match a filter.
  static func line(_ name: String, _ numbers: [Int]) -> [UInt8] {
    var line = Array("\(name) ".utf8)
    Digits.write(numbers.count, into: &line)
    write(numbers[...], level: 1, into: &line)
    return line
  }

  fileprivate static func write(_ numbers: ArraySlice<Int>, level: Int, into line: inout [UInt8]) {
    guard !numbers.isEmpty else { return }
    Digits.write(level, into: &line)
    Digits.write(numbers.count, into: &line)
    var last = -1
    for number in numbers {
      Digits.write(number - last - 1, into: &line)
      last = number
    }
  }
}

/// The words of all slices, each with its documents.
struct PostingTable: Sendable {
  fileprivate let terms: WordTable
  /// The numbers of the terms in byte order.
  let order: [Int]
  /// A term's documents, in order, each with its level in the lowest bits.
  private let entries: [UInt32]
  /// The start of each term in `entries`.
  fileprivate let bounds: [Int]

  init(_ counters: [WordOccurrences]) {
    // The slices' terms among all.
    var table = WordTable()
    let numbers = counters.map { table.numbers(of: $0.terms) }
    let order = table.sorted
    var starts = [Int](repeating: 0, count: table.count + 1)
    for (counter, numbers) in zip(counters, numbers) {
      for occurrence in counter.occurrences { starts[numbers[Int(occurrence.term)] + 1] += 1 }
    }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }

    let lengths = counters.flatMap(\.lengths)
    let mean = max(1, lengths.reduce(0, +) / max(1, lengths.count { $0 > 0 }))
    var entries = [UInt32](repeating: 0, count: starts[table.count])
    var next = starts
    for (counter, numbers) in zip(counters, numbers) {
      for occurrence in counter.occurrences {
        let term = numbers[Int(occurrence.term)]
        let level = SearchRanking.level(
          Int(occurrence.weight), places: occurrence.places,
          length: lengths[Int(occurrence.text)], mean: mean)
        entries[next[term]] = occurrence.text << 5 | UInt32(level)
        next[term] += 1
      }
    }

    terms = table
    self.entries = entries
    bounds = starts
    self.order = order
  }

  /// The line of a term.
  func line(_ number: Int) -> [UInt8] {
    entries.withUnsafeBufferPointer {
      Self.line(terms[number], $0[bounds[number]..<bounds[number + 1]])
    }
  }

  private static func line(
    _ term: ArraySlice<UInt8>, _ entries: Slice<UnsafeBufferPointer<UInt32>>
  ) -> [UInt8] {
    var line = Array(term)
    line.reserveCapacity(line.count + 8 + 3 * entries.count)
    line.append(UInt8(ascii: " "))
    Digits.write(entries.count, into: &line)
    var byLevel = [[Int]](repeating: [], count: SearchRanking.highestLevel + 1)
    for entry in entries { byLevel[Int(entry & 31)].append(Int(entry >> 5)) }
    var room = Postings.mostTexts
    for level in (1...SearchRanking.highestLevel).reversed() where room > 0 {
      // If not all fit, keep the newest.
      let texts = byLevel[level].suffix(room)
      Postings.write(texts, level: level, into: &line)
      room -= texts.count
    }
    return line
  }
}
