import StoaWords
import Testing

@Suite("A table of words") struct WordTableTests {
  private static let words = (0..<5_000).flatMap {
    ["t\($0)", "a word that is longer \($0)", "ab\($0)cdef"]
  }

  @Test("numbers each word once, however long it is") func numbers() {
    var table = WordTable()
    let numbers = Self.words.map { table.number(of: $0) }
    #expect(numbers == Array(0..<Self.words.count))
    #expect(Self.words.map { table.number(of: $0) } == numbers)
    #expect(table.count == Self.words.count && table.text(of: numbers[1]) == Self.words[1])
  }

  @Test("tells words of each length apart by each of their bytes", arguments: 1...25)
  func bytes(length: Int) {
    let plain = String(repeating: "a", count: length)
    let changed = (0..<length).flatMap { place in
      ["b", "z", "0"].map {
        plain.prefix(place) + $0 + String(repeating: "a", count: length - place - 1)
      }
    }
    let words = [plain, plain + "a"] + changed
    var table = WordTable()
    #expect(words.map { table.number(of: String($0)) } == Array(0..<words.count))
    #expect(words.map { table.number(of: String($0)) } == Array(0..<words.count))
  }

  @Test("orders words by their bytes") func order() {
    var table = WordTable()
    let words = Self.words + ["", "é", "z", "ab"]
    for word in words { _ = table.number(of: word) }
    let sorted = table.sorted.map { table.text(of: $0) }
    #expect(sorted == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(table.precedes(table.number(of: "ab"), table.number(of: "é")))
    #expect(!table.precedes(table.number(of: "z"), table.number(of: "ab")))
  }

  @Test("takes in the words of another, under numbers of its own") func merging() {
    var (table, other) = (WordTable(), WordTable())
    for word in ["rope", "wire"] { _ = table.number(of: word) }
    for word in ["wire", "hemp", "rope"] { _ = other.number(of: word) }
    #expect(table.numbers(of: other) == [1, 2, 0])
    #expect(table.text(of: 2) == "hemp" && table.count == 3)
  }
}
